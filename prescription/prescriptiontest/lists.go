package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// listCases are for what a store may be besides; a store that is not passes.
func listCases() []testCase {
	return []testCase{
		{"an extension makes the prescription last longer", extension},
		{"a transfer changes who follows up", transfer},
		{"a citizen's prescriptions are listed by pages, the newest first", optional(ofPatient)},
		{"what waits too long is listed, and what has expired or ended is not", optional(overdue)},
		{"what waits too long is not asked for without a time", optional(overdueAtNoTime)},
		{"what has ended in a state is listed by pages, the last first", optional(endedIn)},
		{"what goes on with a tool is listed by pages, what expires first first", optional(forTool)},
		{"notes come back in order", optional(notes)},
		{"what is over can be erased, and nothing else", optional(erasure)},
		{"a citizen's data can be erased", optional(patientErasure)},
		{"an erasure of nobody's or at no time is refused", optional(unnamedErasure)},
		{"the whole trail comes with where each prescription stands", optional(audited)},
		{"milestones are those of a time", optional(milestones)},
	}
}

// optional runs a check for a store that has the ability T.
func optional[T any](check func(context.Context, prescription.Store, T) error) func(context.Context, prescription.Store) error {
	return func(ctx context.Context, st prescription.Store) error {
		if able, ok := st.(T); ok {
			return check(ctx, st, able)
		}
		return nil
	}
}

func extension(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	c := change(p, prescription.EventExtend, noon.Add(time.Hour))
	c.Expires = p.Expires
	_, _, same := st.Change(ctx, c)
	c.Expires = p.Expires.Add(time.Hour)
	longer, _, err := st.Change(ctx, c)
	return all(is("the same end", same, prescription.ErrNotLonger), err, equal("expires", longer.Expires, p.Expires.Add(time.Hour)),
		equal("state", longer.State, prescription.Sent), history(ctx, st, longer))
}

func transfer(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	c := change(p, prescription.EventTransfer, noon.Add(time.Hour))
	c.Prescriber = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/other"}
	got, _, err := st.Change(ctx, c)
	return all(err, equal("prescriber", got.Prescriber, c.Prescriber), history(ctx, st, got))
}

func ids(found []prescription.Prescription) string {
	out := make([]prescription.ID, len(found))
	for i, p := range found {
		out[i] = p.ID
	}
	return fmt.Sprint(out)
}

func ofPatient(ctx context.Context, st prescription.Store, l prescription.Lister) error {
	var all5 []prescription.Prescription
	for i := range 5 {
		n := more(i)
		n.Second = true
		p, err := st.Create(ctx, n)
		if err != nil {
			return err
		}
		all5 = append(all5, p)
	}
	elsewhere := sample(7)
	if _, err := st.Create(ctx, elsewhere); err != nil {
		return err
	}
	slices.Reverse(all5)
	of := all5[0]
	pages := []struct {
		after prescription.ID
		n     int
		want  []prescription.Prescription
	}{{"", 2, all5[:2]}, {all5[1].ID, 2, all5[2:4]}, {all5[3].ID, 9, all5[4:]}, {all5[4].ID, 9, nil}, {"", 1, all5[:1]}, {"", 0, all5}, {"", -1, all5}, {"", 5_000, all5}}
	for i, page := range pages {
		got, err := l.ForPatient(ctx, of.Tenant, of.Patient.Pseudonym, page.after, page.n)
		if err := all(err, equal(fmt.Sprintf("page %d", i), ids(got), ids(page.want))); err != nil {
			return err
		}
	}
	none, err := l.ForPatient(ctx, "888888888", of.Patient.Pseudonym, "", 9)
	return all(err, equal("another tenant's", len(none), 0))
}

func overdue(ctx context.Context, st prescription.Store, l prescription.Lister) error {
	var waits []prescription.Prescription
	for i, e := range []prescription.Event{prescription.EventDeliver, prescription.EventOpen, prescription.EventStart,
		prescription.EventPause, prescription.EventCancel, ""} {
		n := sample(i)
		n.Prescription.Expires = noon.Add(time.Duration(100-i) * time.Hour)
		p, err := st.Create(ctx, n)
		if err == nil && e != "" {
			p, _, err = st.Change(ctx, change(p, e, noon.Add(time.Hour)))
		}
		if err != nil {
			return err
		}
		waits = append(waits, p)
	}
	waits = slices.Delete(waits, 4, 5) // the cancelled one
	slices.Reverse(waits)              // the one that expires first comes first
	since := noon.Add(2 * time.Hour)
	q := prescription.Overdue{At: noon.Add(3 * time.Hour), Undelivered: since, Unopened: since, Unstarted: since, Silent: since, Unconfirmed: since}
	tenant := waits[0].Tenant
	first, err := l.Overdue(ctx, tenant, q, prescription.Prescription{}, 2)
	if err := all(err, equal("first page", ids(first), ids(waits[:2]))); err != nil {
		return err
	}
	rest, err := l.Overdue(ctx, tenant, q, first[1], 0)
	some := q
	some.Silent, some.Undelivered, some.Unopened = time.Time{}, noon.Add(time.Hour), noon.Add(time.Hour)
	fewer, fewerErr := l.Overdue(ctx, tenant, some, prescription.Prescription{}, 9)
	q.At = waits[2].Expires
	late, lateErr := l.Overdue(ctx, tenant, q, prescription.Prescription{}, 9)
	return all(err, fewerErr, lateErr, equal("second page", ids(rest), ids(waits[2:])),
		equal("some states", ids(fewer), ids([]prescription.Prescription{waits[0], waits[3]})), equal("later", ids(late), ids(waits[3:])))
}

// overdueAtNoTime: what has expired would be among it.
func overdueAtNoTime(ctx context.Context, st prescription.Store, l prescription.Lister) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	_, err = l.Overdue(ctx, p.Tenant, prescription.Overdue{Undelivered: muchLater}, prescription.Prescription{}, 9)
	return is("zero At", err, prescription.ErrNoTime)
}

func endedIn(ctx context.Context, st prescription.Store, l prescription.Lister) error {
	var failed []prescription.Prescription
	for i, e := range []prescription.Event{prescription.EventFail, prescription.EventDecline, prescription.EventFail, prescription.EventFail,
		prescription.EventFail, prescription.EventOpen} {
		p, err := created(ctx, st, i)
		if err == nil {
			hour := min(i, 3) // the last two of them at the same time
			p, _, err = st.Change(ctx, report(p, e, noon.Add(time.Duration(hour)*time.Hour), "r1"))
		}
		if err != nil {
			return err
		}
		if e == prescription.EventFail {
			failed = append(failed, p)
		}
	}
	elsewhere := sample(9).Prescription
	elsewhere.Tenant = "888888888"
	other, err := st.Create(ctx, newOf(elsewhere))
	if err == nil {
		_, _, err = st.Change(ctx, report(other, prescription.EventFail, noon.Add(time.Hour), "r1"))
	}
	if err != nil {
		return err
	}
	slices.Reverse(failed)
	nobody := prescription.Prescription{}
	for i, page := range []struct {
		state prescription.State
		since time.Time
		after prescription.Prescription
		n     int
		want  []prescription.Prescription
	}{{prescription.Failed, noon, nobody, 9, failed}, {prescription.Failed, noon, nobody, 0, failed}, {prescription.Failed, time.Time{}, nobody, 2, failed[:2]},
		{prescription.Failed, noon, failed[0], 1, failed[1:2]}, {prescription.Failed, noon, failed[1], 9, failed[2:]},
		{prescription.Failed, failed[2].Ended, nobody, 9, failed[:3]}, {prescription.Failed, failed[2].Ended.Add(time.Microsecond), nobody, 9, failed[:2]},
		{prescription.Opened, noon, nobody, 9, nil}, {prescription.Completed, noon, nobody, 9, nil}} {
		got, err := l.Ended(ctx, failed[0].Tenant, page.state, page.since, page.after, page.n)
		if err := all(err, equal(fmt.Sprintf("page %d", i), ids(got), ids(page.want))); err != nil {
			return err
		}
	}
	return nil
}

func forTool(ctx context.Context, st prescription.Store, l prescription.Lister) error {
	var going []prescription.Prescription
	for i, e := range []prescription.Event{"", prescription.EventOpen, "", prescription.EventDecline, prescription.EventPause, ""} {
		n := sample(i)
		hour := min(6-i, 4) // the first three of them expire at the same time
		n.Prescription.Expires = noon.Add(time.Duration(hour) * time.Hour)
		if i == 5 {
			n.Prescription.Tool = "another-tool"
		}
		p, err := st.Create(ctx, n)
		if err == nil && e != "" {
			p, _, err = st.Change(ctx, report(p, e, noon.Add(time.Minute), "r1"))
		}
		if err != nil {
			return err
		}
		if !p.State.Ended() && p.Tool == sample(1).Prescription.Tool {
			going = append(going, p)
		}
	}
	elsewhere := sample(9).Prescription
	elsewhere.Tenant = "888888888"
	if _, err := st.Create(ctx, newOf(elsewhere)); err != nil {
		return err
	}
	return toolPages(ctx, l, append(going[3:], going[:3]...))
}

// toolPages: the first expires two hours after noon, and the others two hours later.
func toolPages(ctx context.Context, l prescription.Lister, going []prescription.Prescription) error {
	nobody, p := prescription.Prescription{}, going[0]
	for i, page := range []struct {
		at    time.Time
		after prescription.Prescription
		n     int
		want  []prescription.Prescription
	}{{noon, nobody, 9, going}, {noon, nobody, 2, going[:2]}, {noon, going[0], 1, going[1:2]}, {noon, going[1], 9, going[2:]},
		{noon, going[3], 9, nil}, {p.Expires.Add(-time.Microsecond), nobody, 9, going}, {p.Expires, nobody, 9, going[1:]},
		{p.Expires, going[0], 9, going[1:]}, {going[3].Expires, nobody, 9, nil}} {
		got, err := l.ForTool(ctx, p.Tenant, p.Tool, page.at, page.after, page.n)
		if err := all(err, equal(fmt.Sprintf("page %d", i), ids(got), ids(page.want))); err != nil {
			return err
		}
	}
	_, err := l.ForTool(ctx, p.Tenant, p.Tool, time.Time{}, nobody, 9)
	return is("no time", err, prescription.ErrNoTime)
}

func notes(ctx context.Context, st prescription.Store, b prescription.Notebook) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	for _, text := range []string{"Ring når du vil – æøå.", "Takk!"} {
		c := change(p, prescription.EventNote, noon.Add(time.Hour))
		c.Note = text
		if p, _, err = st.Change(ctx, c); err != nil {
			return err
		}
	}
	got, err := b.Notes(ctx, p.ID)
	if err != nil || len(got) != 2 {
		return fmt.Errorf("got %d notes and error %v, want 2", len(got), err)
	}
	want := prescription.Note{Version: 3, At: p.Updated, By: therapist, Text: "Takk!"}
	_, missing := b.Notes(ctx, "unknown")
	return all(equal("first", got[0].Text, "Ring når du vil – æøå."), equal("second", got[1], want),
		is("unknown", missing, prescription.ErrNotFound), history(ctx, st, p))
}

// erased checks that nothing personal is left and the rest is as it was.
func erased(ctx context.Context, st prescription.Store, p prescription.Prescription) error {
	p.Patient.NationalID, p.Text = prescription.NationalID{}, ""
	if b, ok := st.(prescription.Notebook); ok {
		left, err := b.Notes(ctx, p.ID)
		if err := all(err, equal("notes left", len(left), 0)); err != nil {
			return err
		}
	}
	return history(ctx, st, p)
}

func erasure(ctx context.Context, st prescription.Store, e prescription.Eraser) error {
	var three []prescription.Prescription
	for i := range 3 {
		p, err := created(ctx, st, i)
		if err != nil {
			return err
		}
		c := change(p, prescription.EventNote, noon.Add(time.Hour))
		c.Note = "Takk!"
		if p, _, err = st.Change(ctx, c); err != nil {
			return err
		}
		three = append(three, p)
	}
	ended, _, err := st.Change(ctx, change(three[0], prescription.EventCancel, noon.Add(2*time.Hour)))
	if err != nil {
		return err
	}
	none, noneErr := e.EraseEnded(ctx, ended.Ended, 9)
	one, oneErr := e.EraseEnded(ctx, ended.Ended.Add(time.Second), 9)
	again, againErr := e.EraseEnded(ctx, ended.Ended.Add(time.Second), 9)
	if err := all(noneErr, oneErr, againErr, equal("too early", none, 0), equal("erased", one, 1), equal("again", again, 0),
		erased(ctx, st, ended), history(ctx, st, three[1])); err != nil {
		return err
	}
	if err := erasedAgain(ctx, st, e, ended); err != nil {
		return err
	}
	limited, err := e.EraseEnded(ctx, three[1].Expires.Add(time.Second), 1)
	rest, restErr := e.EraseEnded(ctx, three[1].Expires.Add(time.Second), 9)
	return all(err, restErr, equal("one of the expired", limited, 1), equal("the other", rest, 1), erased(ctx, st, three[1]), erased(ctx, st, three[2]))
}

// erasedAgain: what is written to a prescription that was erased goes too.
func erasedAgain(ctx context.Context, st prescription.Store, e prescription.Eraser, p prescription.Prescription) error {
	c := change(p, prescription.EventNote, p.Updated.Add(time.Hour))
	c.Note = "Ringte etterpå."
	noted, _, err := st.Change(ctx, c)
	if err != nil {
		return err
	}
	n, err := e.EraseEnded(ctx, p.Ended.Add(time.Second), 9)
	return all(err, equal("erased again", n, 1), erased(ctx, st, noted))
}

func patientErasure(ctx context.Context, st prescription.Store, e prescription.Eraser) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	other, err := created(ctx, st, 2)
	if err != nil {
		return err
	}
	over, _, err := st.Change(ctx, change(p, prescription.EventCancel, noon.Add(time.Hour)))
	if err != nil {
		return err
	}
	n := more(3)
	going, err := st.Create(ctx, n)
	if err != nil {
		return err
	}
	gone, kept, err := e.ErasePatient(ctx, p.Tenant, p.Patient.Pseudonym, noon.Add(2*time.Hour))
	return all(err, equal("erased", gone, 1), equal("kept", kept, 1), erased(ctx, st, over), history(ctx, st, going), history(ctx, st, other))
}

// unnamedErasure: it must not look as if it were done.
func unnamedErasure(ctx context.Context, st prescription.Store, e prescription.Eraser) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	who, at := p.Patient.Pseudonym, muchLater
	_, _, noTenant := e.ErasePatient(ctx, "", who, at)
	_, _, nobody := e.ErasePatient(ctx, p.Tenant, "", at)
	_, _, never := e.ErasePatient(ctx, p.Tenant, who, time.Time{})
	return all(is("no tenant", noTenant, prescription.ErrNoTenant), is("no pseudonym", nobody, prescription.ErrNoPseudonym),
		is("zero time", never, prescription.ErrNoTime), history(ctx, st, p))
}

func milestones(ctx context.Context, st prescription.Store, h prescription.Historian) error {
	var want []prescription.Milestones
	for i := range 3 {
		n := sample(i)
		n.Prescription.Issued = noon.Add(time.Duration(i) * time.Hour)
		p, err := st.Create(ctx, n)
		if err == nil {
			p, _, err = st.Change(ctx, change(p, prescription.EventStart, noon.Add(4*time.Hour)))
		}
		if err != nil {
			return err
		}
		want = append(want, p.Milestones())
	}
	var got []prescription.Milestones
	err := h.Milestones(ctx, want[1].Issued, want[2].Issued, func(m prescription.Milestones) error {
		got = append(got, m)
		return nil
	})
	if err := all(err, equal("how many", len(got), 1), equal("milestones", got[0], want[1])); err != nil {
		return err
	}
	stop := errors.New("stop")
	return is("the error of each", h.Milestones(ctx, noon, muchLater, func(prescription.Milestones) error { return stop }), stop)
}

func audited(ctx context.Context, st prescription.Store, a prescription.Auditor) error {
	var kept strings.Builder
	for i := range 3 {
		p, err := created(ctx, st, i)
		if err != nil {
			return err
		}
		for _, e := range []prescription.Event{prescription.EventDeliver, prescription.EventStart}[:i] {
			if p, _, err = st.Change(ctx, change(p, e, noon.Add(time.Duration(p.Version)*time.Hour))); err != nil {
				return err
			}
		}
	}
	want := prescription.AuditSummary{Prescriptions: 3, Entries: 6}
	wrote, err := prescription.WriteCheckpoint(ctx, a, &kept)
	if err := all(err, equal("written", wrote, want)); err != nil {
		return err
	}
	found, err := prescription.VerifyAll(ctx, a, strings.NewReader(kept.String()))
	stop := errors.New("stop")
	return all(err, equal("verified", found, want), is("the error of each", a.AuditAll(ctx, func(prescription.AuditHead, prescription.AuditEntry) error { return stop }), stop))
}
