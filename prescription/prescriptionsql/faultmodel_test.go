package prescriptionsql_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// wholeStore is all that a store can do.
type wholeStore interface {
	prescription.Queue
	prescription.Lister
	prescription.DeadLetters
	prescription.Notebook
	prescription.Eraser
	prescription.Historian
	prescription.Auditor
}

// world is a store with a service of its own: the same ids at the same time.
type world struct {
	name  string
	s     *prescription.Service
	st    wholeStore
	clock *time.Time
}

var errSoon = errors.New("ask again tomorrow")

// atLeastADay is a host's policy.
func atLeastADay(before prescription.Prescription, c prescription.Change) error {
	if c.Event == prescription.EventExtend && c.Expires.Sub(before.Expires) < 24*time.Hour {
		return errSoon
	}
	return nil
}

func newWorld(t *testing.T, name string, st wholeStore, clock *time.Time) world {
	t.Helper()
	n := 0
	s, err := prescription.NewService(prescription.Config{Tools: tools, Synthetic: true, Now: func() time.Time { return *clock },
		TellTherapist: true, TellTool: true, MaxAttempts: 3, ChangePolicy: atLeastADay, Jitter: func(w time.Duration) time.Duration { return w },
		NewID: func() prescription.ID { n++; return prescription.ID(fmt.Sprintf("0193a6f0-%08d", n)) }})
	require.NoError(t, err)
	return world{name, s, st, clock}
}

// moody delivers, fails or gives up, as the message's id says.
type moody struct{}

func (moody) Deliver(_ context.Context, d prescription.Delivery) error {
	h := fnv.New32()
	_, _ = fmt.Fprint(h, d.Message.ID, d.Message.Attempts)
	switch h.Sum32() % 6 {
	case 0:
		return errors.New("not now")
	case 1:
		return prescription.ErrUndeliverable
	}
	return nil
}

// draw is what a random operation draws from.
type draw struct {
	t       *testing.T
	r       *rand.Rand
	model   world
	known   []prescription.ID
	claimed []prescription.MessageID
}

// act is an operation: its name, and what to do in a world.
type act struct {
	name string
	do   func(context.Context, world) (any, error)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (d *draw) id() prescription.ID {
	if len(d.known) == 0 || d.r.IntN(20) == 0 {
		return "nobody"
	}
	return d.known[max(0, len(d.known)-1-d.r.IntN(12))] // mostly of the newest
}

// ref is mostly of the newest version.
func (d *draw) ref() prescription.Ref {
	ref := prescription.Ref{ID: d.id(), Version: int64(1 + d.r.IntN(3))}
	if p, err := d.model.st.Get(d.t.Context(), ref.ID); err == nil && d.r.IntN(8) > 0 {
		ref.Version = p.Version
	}
	return ref
}

func (d *draw) request() prescription.Request {
	r := request(d.t, fmt.Sprintf("visit-%d", d.r.IntN(400)))
	r.Patient.Pseudonym = fmt.Sprintf("patient-%d", d.r.IntN(12))
	r.Days = d.r.IntN(40)
	r.Tool = pick(d.r, []catalogue.ToolID{"sleep", "sleep", "sleep", "withdrawn", "unknown"})
	r.Second = pick(d.r, []string{"", prescription.ReasonOther})
	return r
}

func (d *draw) actor() prescription.Actor {
	return prescription.Actor{Role: pick(d.r, prescription.Roles()), ID: "someone"}
}

func (d *draw) next() act {
	writes := []func() act{d.prescribe, d.prescribe, d.apply, d.apply, d.apply, d.change, d.cancel, d.follow, d.supersede}
	works := []func() act{d.drain, d.claim, d.settle, d.settle, d.dead, d.erase, d.wait}
	return pick(d.r, slices.Concat(writes, writes, works, []func() act{d.read, d.list, d.list}))()
}

func (d *draw) prescribe() act {
	r := d.request()
	return act{"prescribe", func(ctx context.Context, w world) (any, error) { return w.s.Prescribe(ctx, w.st, r) }}
}

func (d *draw) apply() act {
	report := prescription.Report{ID: fmt.Sprintf("r%d", d.r.IntN(5)), Prescription: d.id(), By: d.actor(),
		At: d.model.clock.Add(time.Duration(d.r.IntN(48)-36) * time.Hour), Event: pick(d.r, prescription.Transitions()).Event}
	return act{"apply", func(ctx context.Context, w world) (any, error) {
		p, applied, err := w.s.Apply(ctx, w.st, report)
		return []any{p, applied}, err
	}}
}

func (d *draw) change() act {
	ref, by, e := d.ref(), d.actor(), pick(d.r, prescription.Transitions()).Event
	return act{"change", func(ctx context.Context, w world) (any, error) {
		return w.s.Change(ctx, w.st, ref, e, by, prescription.ReasonOther)
	}}
}

func (d *draw) cancel() act {
	ref := d.ref()
	return act{"cancel", func(ctx context.Context, w world) (any, error) {
		return w.s.Cancel(ctx, w.st, ref, therapist, prescription.ReasonPatientAsked)
	}}
}

func (d *draw) follow() act {
	ref, until, what := d.ref(), d.model.clock.AddDate(0, 0, d.r.IntN(60)), d.r.IntN(3)
	to := prescription.Actor{Role: prescription.RoleTherapist, ID: fmt.Sprintf("hpr/%d", d.r.IntN(3))}
	return act{"follow up", func(ctx context.Context, w world) (any, error) {
		switch what {
		case 0:
			return w.s.Extend(ctx, w.st, ref, therapist, until)
		case 1:
			return w.s.Transfer(ctx, w.st, ref, therapist, to, prescription.ReasonOther)
		}
		return w.s.Note(ctx, w.st, ref, therapist, "Går bra.")
	}}
}

func (d *draw) supersede() act {
	ref, r, renew := d.ref(), d.request(), d.r.IntN(2) == 0
	if p, err := d.model.st.Get(d.t.Context(), ref.ID); err == nil && d.r.IntN(4) > 0 {
		r.Patient.Pseudonym = p.Patient.Pseudonym
	}
	return act{"supersede", func(ctx context.Context, w world) (any, error) {
		if renew {
			return w.s.Renew(ctx, w.st, ref, r)
		}
		return w.s.Replace(ctx, w.st, ref, r)
	}}
}

func (d *draw) drain() act {
	return act{"drain", func(ctx context.Context, w world) (any, error) { return w.s.Drain(ctx, w.st, moody{}) }}
}

func (d *draw) claim() act {
	until, n := d.model.clock.Add(time.Duration(1+d.r.IntN(60))*time.Minute), d.r.IntN(4)
	return act{"claim", func(ctx context.Context, w world) (any, error) {
		found, err := w.st.Claim(ctx, *w.clock, until, n)
		if w.name == d.model.name {
			for _, m := range found {
				d.claimed = append(d.claimed, m.ID)
			}
		}
		return append([]prescription.Message{}, found...), err
	}}
}

func (d *draw) settle() act {
	m, what, later := prescription.MessageID("nobody/1"), d.r.IntN(4), d.model.clock.Add(time.Duration(d.r.IntN(90))*time.Minute)
	if len(d.claimed) > 0 {
		m = pick(d.r, d.claimed)
	}
	return act{"settle", func(ctx context.Context, w world) (any, error) {
		switch what {
		case 0:
			return nil, w.st.Done(ctx, m)
		case 1:
			return nil, w.st.Retry(ctx, m, later, "E1")
		case 2:
			return nil, w.st.GiveUp(ctx, m, later, "E2")
		}
		return nil, w.st.Release(ctx, m, later)
	}}
}

func (d *draw) dead() act {
	n := d.r.IntN(20)
	return act{"dead", func(ctx context.Context, w world) (any, error) {
		found, err := w.st.Dead(ctx, n)
		return append([]prescription.Message{}, found...), err
	}}
}

func (d *draw) erase() act {
	before, who := d.model.clock.AddDate(0, 0, -d.r.IntN(60)), fmt.Sprintf("patient-%d", d.r.IntN(12))
	if d.r.IntN(3) > 0 {
		return d.wait()
	}
	return act{"erase", func(ctx context.Context, w world) (any, error) {
		n, err := w.st.EraseEnded(ctx, before, 1_000_000)
		if err != nil {
			return n, err
		}
		erased, kept, err := w.st.ErasePatient(ctx, "999999999", who, before)
		return []int{n, erased, kept}, err
	}}
}

func (d *draw) wait() act {
	*d.model.clock = d.model.clock.Add(time.Duration(d.r.IntN(600)) * time.Minute)
	return d.read()
}

func (d *draw) read() act {
	id := d.id()
	return act{"read", func(ctx context.Context, w world) (any, error) {
		p, err := w.s.Get(ctx, w.st, id)
		entries, err2 := w.st.Audit(ctx, id)
		notes, err3 := w.st.Notes(ctx, id)
		return []any{p, append([]prescription.AuditEntry{}, entries...), append([]prescription.Note{}, notes...)}, errors.Join(err, err2, err3)
	}}
}

func (d *draw) list() act {
	who, after, n := fmt.Sprintf("patient-%d", d.r.IntN(12)), d.id(), 1+d.r.IntN(6)
	long := d.model.clock.Add(-time.Duration(d.r.IntN(100)) * time.Hour)
	state, since := pick(d.r, prescription.States()), long.Add(-time.Duration(d.r.IntN(60*24))*time.Hour)
	tool := pick(d.r, []catalogue.ToolID{"sleep", "unknown"})
	q := prescription.Overdue{At: *d.model.clock, Undelivered: long, Unopened: long, Silent: long, Unconfirmed: long}
	return act{"list", func(ctx context.Context, w world) (any, error) {
		mine, err := w.st.ForPatient(ctx, "999999999", who, "", n)
		older, err2 := w.st.ForPatient(ctx, "999999999", who, after, n)
		late, err3 := w.st.Overdue(ctx, "999999999", q, prescription.Prescription{}, n)
		over, err4 := w.st.Ended(ctx, "999999999", state, since, prescription.Prescription{}, n)
		if len(over) > 0 && err4 == nil {
			var rest []prescription.Prescription
			rest, err4 = w.st.Ended(ctx, "999999999", state, since, over[0], n)
			over = append(over, rest...)
		}
		going, err5 := w.st.ForTool(ctx, "999999999", tool, *w.clock, prescription.Prescription{}, n)
		if len(going) > 0 && err5 == nil {
			var rest []prescription.Prescription
			rest, err5 = w.st.ForTool(ctx, "999999999", tool, *w.clock, going[0], n)
			going = append(going, rest...)
		}
		return slices.Concat([]prescription.Prescription{}, mine, older, late, over, going), errors.Join(err, err2, err3, err4, err5)
	}}
}

// compared does n random operations in all worlds and gives where they first
// differ from the first one, and how often each operation succeeded or failed.
func compared(t *testing.T, seed uint64, n int, worlds []world) (tally map[string]int, fault error) {
	t.Helper()
	d := &draw{t: t, r: rand.New(rand.NewPCG(seed, 1)), model: worlds[0]}
	tally = map[string]int{}
	for i := range n {
		a := d.next()
		want, failed := a.do(t.Context(), worlds[0])
		tally[a.name+outcome(failed)]++
		if p, ok := want.(prescription.Prescription); ok && failed == nil && !slices.Contains(d.known, p.ID) {
			d.known = append(d.known, p.ID)
		}
		for _, w := range worlds[1:] {
			got, err := a.do(t.Context(), w)
			if fmt.Sprint(err) != fmt.Sprint(failed) {
				return tally, fmt.Errorf("operation %d, %s on %s: %v, the model says %v", i, a.name, w.name, err, failed)
			}
			if failed == nil && !assert.ObjectsAreEqual(want, got) {
				return tally, fmt.Errorf("operation %d, %s on %s: %+v, the model says %+v", i, a.name, w.name, got, want)
			}
		}
	}
	return tally, nil
}

func outcome(err error) string {
	if err != nil {
		return " refused"
	}
	return ""
}

// trail is the whole audit trail and all milestones, to be compared.
func trail(t *testing.T, w world) (all []string) {
	t.Helper()
	require.NoError(t, w.st.AuditAll(t.Context(), func(h prescription.AuditHead, e prescription.AuditEntry) error {
		all = append(all, fmt.Sprintf("%+v %+v", h, e))
		return nil
	}))
	require.NoError(t, w.st.Milestones(t.Context(), noon, noon.AddDate(10, 0, 0), func(m prescription.Milestones) error {
		all = append(all, fmt.Sprintf("%+v", m))
		return nil
	}))
	slices.Sort(all)
	_, err := prescription.VerifyAll(t.Context(), w.st, nil)
	require.NoError(t, err)
	return all
}

// D19, random operations. Pass: SQLite, PostgreSQL and the store in memory, which
// is the model, give the same answers and the same errors, and have the same
// audit trail at the end; each operation succeeds at times.
func TestD19AllStoresAnswerLikeTheModel(t *testing.T) {
	t.Parallel()
	n := often(200+underrace.Cases(800), 10_000)
	clock := noon
	worlds := []world{newWorld(t, "memory", prescription.NewMemory(), &clock)}
	for _, e := range engines {
		if e.Name == "postgres" && !sqltest.HasPostgres(t) {
			continue
		}
		worlds = append(worlds, newWorld(t, e.Name, prescriptionsql.New(e.Migrated(t)), &clock),
			newWorld(t, e.Name+" that is known", prescriptionsql.NewFor(e.Dialect, e.Migrated(t)), &clock))
	}
	tally, fault := compared(t, uint64(number10(t, "VERKTOY_TEST_SEED", 1)), n, worlds)
	require.NoError(t, fault)
	want := trail(t, worlds[0])
	require.NotEmpty(t, want)
	for _, w := range worlds[1:] {
		require.Equal(t, want, trail(t, w), w.name)
	}
	for _, name := range strings.Split("prescribe,apply,change,cancel,follow up,supersede,drain,claim,settle,dead,erase,read,list", ",") {
		assert.NotZero(t, tally[name], name)
	}
	for _, name := range []string{"prescribe", "apply", "change", "cancel", "follow up", "supersede", "drain", "read"} {
		assert.NotZero(t, tally[name+" refused"], name)
	}
	t.Log(len(worlds), "stores,", n, "operations:", tally)
}

// forgetful is a store with a small fault: it forgets that messages are done.
type forgetful struct{ *prescription.Memory }

func (forgetful) Done(context.Context, prescription.MessageID) error { return nil }

// lenient takes every version for the right one.
type lenient struct{ *prescription.Memory }

func (l lenient) Change(ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	if p, err := l.Get(ctx, c.ID); err == nil && c.Version != 0 {
		c.Version = p.Version
	}
	return l.Memory.Change(ctx, c)
}

// The control of D19: small faults of a store are found.
func TestD19ControlAFaultyStoreDiffers(t *testing.T) {
	for _, faulty := range []wholeStore{forgetful{prescription.NewMemory()}, lenient{prescription.NewMemory()}} {
		clock := noon
		_, fault := compared(t, 1, 1_000, []world{newWorld(t, "model", prescription.NewMemory(), &clock), newWorld(t, "faulty", faulty, &clock)})
		require.ErrorContains(t, fault, "the model says")
	}
}
