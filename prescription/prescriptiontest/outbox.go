package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

func outboxCases() []testCase {
	return []testCase{
		{"a message is handed out when it is due and not before", withOutbox(due)},
		{"a message that is handed out is nobody else's until the lease ends", withOutbox(leases)},
		{"a message that did not come back has been tried", withOutbox(lost)},
		{"messages of a prescription come in order", withOutbox(order)},
		{"a message that is done never comes again", withOutbox(done)},
		{"a message to be retried comes at its time with its code", withOutbox(retry)},
		{"messages for others do not wait", withOutbox(audiences)},
		{"a message that is given up is not handed out and holds up nobody", withOutbox(givenUp)},
		{"the end of a prescription makes its messages due", withOutbox(hurried)},
		{"what a clock that was wrong has put off is due", withOutbox(putOff)},
		{"claims at the same time never share a message", withOutbox(racingClaims)},
	}
}

// withOutbox passes a store that has no outbox.
func withOutbox(check func(context.Context, prescription.Queue) error) func(context.Context, prescription.Store) error {
	return func(ctx context.Context, st prescription.Store) error {
		if q, ok := st.(prescription.Queue); ok {
			return check(ctx, q)
		}
		return nil
	}
}

var (
	muchLater = noon.Add(1000 * time.Hour)
	lease     = time.Minute
)

// waiting counts the prescriptions with a message in the outbox. It leaves
// their messages handed out, so it is a case's last check.
func waiting(ctx context.Context, st prescription.Store, want int) error {
	return withOutbox(func(ctx context.Context, q prescription.Queue) error {
		messages, err := q.Claim(ctx, muchLater, muchLater.Add(lease), 1000)
		return all(err, equal("prescriptions with messages", len(messages), want))
	})(ctx, st)
}

// claim wants exactly these prescriptions' messages, in this order.
func claim(ctx context.Context, q prescription.Queue, now time.Time, n int, want ...prescription.MessageID) error {
	messages, err := q.Claim(ctx, now, now.Add(lease), n)
	if err != nil {
		return err
	}
	got := make([]prescription.MessageID, len(messages))
	for i, m := range messages {
		got[i] = m.ID
	}
	return equal(fmt.Sprintf("claimed at %s", now.UTC().Format(time.TimeOnly)), fmt.Sprint(got), fmt.Sprint(want))
}

// filled stores n prescriptions; the first is due last.
func filled(ctx context.Context, q prescription.Queue, n int) ([]prescription.MessageID, error) {
	ids := make([]prescription.MessageID, n)
	for i := range n {
		one := sample(i)
		one.Messages[0].Due = noon.Add(time.Duration(n-i) * time.Minute)
		p, err := q.Create(ctx, one)
		if err != nil {
			return nil, err
		}
		ids[i] = prescription.MessageID(string(p.ID) + "/1")
	}
	return ids, nil
}

func due(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 3)
	if err != nil {
		return err
	}
	at := noon.Add(time.Minute).UTC().Truncate(time.Microsecond)
	if err := all(claim(ctx, q, at.Add(-time.Microsecond), 10), claim(ctx, q, muchLater, 0)); err != nil {
		return err
	}
	messages, err := q.Claim(ctx, at, at.Add(lease), 10)
	if err != nil || len(messages) != 1 {
		return fmt.Errorf("got %d messages and error %v, want the one that is due", len(messages), err)
	}
	want := prescription.Message{ID: ids[2], Prescription: sample(2).Prescription.ID, Version: 1,
		Audience: prescription.ForPortal, Event: prescription.EventPrescribe, Due: at, Attempts: 1}
	return all(equal("message", messages[0], want), claim(ctx, q, muchLater, 10, ids[2], ids[1], ids[0]))
}

func leases(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 3)
	if err != nil {
		return err
	}
	at := muchLater
	return all(claim(ctx, q, at, 2, ids[2], ids[1]), claim(ctx, q, at, 2, ids[0]),
		claim(ctx, q, at.Add(lease-time.Millisecond), 9), claim(ctx, q, at.Add(lease), 9, ids[2], ids[1], ids[0]))
}

// lost: a message whose program ended is known by its attempts.
func lost(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 1)
	if err := all(err, claim(ctx, q, muchLater, 9, ids...)); err != nil {
		return err
	}
	messages, err := q.Claim(ctx, muchLater.Add(lease), muchLater.Add(2*lease), 9)
	if err != nil || len(messages) != 1 {
		return fmt.Errorf("got %d messages and error %v, want the one whose lease ended", len(messages), err)
	}
	return equal("attempts", messages[0].Attempts, 2)
}

func order(ctx context.Context, q prescription.Queue) error {
	p, err := created(ctx, q, 1)
	if err != nil {
		return err
	}
	cancel := change(p, prescription.EventCancel, noon.Add(time.Hour))
	cancel.Messages[0].Due = noon.Add(-time.Hour)
	if _, _, err := q.Change(ctx, cancel); err != nil {
		return err
	}
	first, second := prescription.MessageID(p.ID+"/1"), prescription.MessageID(p.ID+"/2")
	at := muchLater
	return all(claim(ctx, q, at, 9, first), claim(ctx, q, at, 9), q.Retry(ctx, first, at.Add(time.Hour), "timeout"),
		claim(ctx, q, at, 9), claim(ctx, q, at.Add(time.Hour), 9, first), q.Done(ctx, first), claim(ctx, q, at, 9, second))
}

// audiences: what the portal does not take must not keep the therapist waiting.
func audiences(ctx context.Context, q prescription.Queue) error {
	p, err := created(ctx, q, 1)
	if err != nil {
		return err
	}
	other := prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/other"}
	c := change(p, prescription.EventTransfer, noon.Add(time.Hour))
	c.Prescriber, c.Messages[0].Audience = other, prescription.ForTherapist
	if _, _, err := q.Change(ctx, c); err != nil {
		return err
	}
	base := prescription.MessageID(p.ID)
	err = claim(ctx, q, muchLater, 9, base+"/1", prescription.MessageID(string(base)+"/2/therapist/"+therapist.ID), base+"/2/therapist/hpr/other")
	return all(err, q.Done(ctx, base+"/1"))
}

func givenUp(ctx context.Context, q prescription.Queue) error {
	p, err := created(ctx, q, 1)
	if err != nil {
		return err
	}
	first, second := prescription.MessageID(p.ID+"/1"), prescription.MessageID(p.ID+"/2")
	if _, _, err := q.Change(ctx, change(p, prescription.EventCancel, noon.Add(time.Hour))); err != nil {
		return err
	}
	err = all(claim(ctx, q, muchLater, 9, first), q.GiveUp(ctx, first, muchLater, "2118"), q.GiveUp(ctx, "unknown/1", muchLater, "2118"),
		claim(ctx, q, muchLater.Add(2*lease), 9, second), q.Done(ctx, second), claim(ctx, q, muchLater.Add(4*lease), 9))
	if err != nil {
		return err
	}
	return deadLetter(ctx, q, first)
}

// deadLetter passes a store that has no dead letters.
func deadLetter(ctx context.Context, q prescription.Queue, id prescription.MessageID) error {
	d, ok := q.(prescription.DeadLetters)
	if !ok {
		return nil
	}
	dead, err := d.Dead(ctx, 0) // a page
	if err != nil || len(dead) != 1 {
		return fmt.Errorf("got %d dead letters and error %v, want the one that was given up", len(dead), err)
	}
	at := muchLater.Add(time.Hour)
	return all(equal("dead letter", dead[0].ID, id), equal("code", dead[0].Code, "2118"), equal("dead", dead[0].Dead, muchLater.UTC().Truncate(time.Microsecond)),
		is("released unknown", d.Release(ctx, "unknown/1", at), prescription.ErrNotFound), d.Release(ctx, id, at),
		is("released twice", d.Release(ctx, id, at), prescription.ErrNotFound), claim(ctx, q, at, 9, id))
}

// putOff: one message waits for its time and one for the end of a lease, which
// only a clock that was years ahead can have set; two others wait for long enough.
func putOff(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 4)
	if err != nil {
		return err
	}
	at, ahead := muchLater, muchLater.AddDate(4, 0, 0)
	longest := at.Add(lease).Add(prescription.LongestWait)
	return all(claim(ctx, q, at, 2, ids[3], ids[2]), q.Retry(ctx, ids[3], ahead, "timeout"), q.Retry(ctx, ids[2], longest, "timeout"),
		leasedUntil(ctx, q, at, longest, ids[1]), leasedUntil(ctx, q, at, ahead, ids[0]),
		claim(ctx, q, at, 9, ids[0], ids[3]), claim(ctx, q, at, 9), claim(ctx, q, longest, 9, ids[1], ids[0], ids[3], ids[2]))
}

// leasedUntil hands out the message that is to be next, until a time.
func leasedUntil(ctx context.Context, q prescription.Queue, now, until time.Time, want prescription.MessageID) error {
	messages, err := q.Claim(ctx, now, until, 1)
	if err != nil || len(messages) != 1 {
		return fmt.Errorf("got %d messages and error %v, want one", len(messages), err)
	}
	return equal("handed out", messages[0].ID, want)
}

// hurried: a cancellation must not wait behind an announcement that is to be tried again in an hour.
func hurried(ctx context.Context, q prescription.Queue) error {
	p, err := created(ctx, q, 1)
	if err != nil {
		return err
	}
	first, second := prescription.MessageID(p.ID+"/1"), prescription.MessageID(p.ID+"/2")
	at := noon.Add(time.Hour)
	if err := all(claim(ctx, q, at, 9, first), q.Retry(ctx, first, at.Add(time.Hour), "timeout"), claim(ctx, q, at.Add(lease), 9)); err != nil {
		return err
	}
	cancel := change(p, prescription.EventCancel, at.Add(lease))
	cancel.Messages[0].Due = at.Add(lease)
	if _, _, err := q.Change(ctx, cancel); err != nil {
		return err
	}
	return all(claim(ctx, q, at.Add(lease), 9, first), q.Done(ctx, first), claim(ctx, q, at.Add(lease), 9, second))
}

func done(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 1)
	if err != nil {
		return err
	}
	return all(claim(ctx, q, muchLater, 9, ids[0]), q.Done(ctx, ids[0]), q.Done(ctx, ids[0]), q.Done(ctx, "unknown/1"),
		q.Retry(ctx, ids[0], noon, "timeout"), q.Retry(ctx, "unknown/1", noon, "timeout"), claim(ctx, q, muchLater.Add(time.Hour), 9))
}

func retry(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 1)
	if err != nil {
		return err
	}
	again := muchLater.Add(time.Second)
	if err := all(claim(ctx, q, muchLater, 9, ids[0]), q.Retry(ctx, ids[0], again, "timeout"), claim(ctx, q, muchLater, 9)); err != nil {
		return err
	}
	messages, err := q.Claim(ctx, again, again.Add(lease), 9)
	if err != nil || len(messages) != 1 {
		return fmt.Errorf("got %d messages and error %v, want one", len(messages), err)
	}
	m := messages[0]
	return all(equal("code", m.Code, "timeout"), equal("attempts", m.Attempts, 2), equal("due", m.Due, again.UTC().Truncate(time.Microsecond)))
}

func racingClaims(ctx context.Context, q prescription.Queue) error {
	ids, err := filled(ctx, q, 20)
	if err != nil {
		return err
	}
	const n = 8
	got, errs := make([][]prescription.Message, n), make([]error, n)
	together(n, func(i int) { got[i], errs[i] = q.Claim(ctx, muchLater, muchLater.Add(lease), 5) })
	if err := errors.Join(errs...); err != nil {
		return err
	}
	seen := map[prescription.MessageID]bool{}
	for _, messages := range append(got, rest(ctx, q)) {
		for _, m := range messages {
			if seen[m.ID] {
				return fmt.Errorf("message %s was handed out twice", m.ID)
			}
			seen[m.ID] = true
		}
	}
	return equal("messages handed out", len(seen), len(ids))
}

// rest is what the racers left.
func rest(ctx context.Context, q prescription.Queue) []prescription.Message {
	messages, _ := q.Claim(ctx, muchLater, muchLater.Add(lease), 1000)
	return messages
}
