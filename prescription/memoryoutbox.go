package prescription

import (
	"cmp"
	"context"
	"slices"
	"time"
)

type memoryMessage struct {
	Message
	leased time.Time
}

func (m *Memory) post(messages []Message, p Prescription) {
	for _, msg := range messages {
		full := msg.For(p)
		m.outbox[full.ID] = &memoryMessage{Message: full}
	}
}

// hurry makes what waits for a later time due at the given one.
func (m *Memory) hurry(id ID, at time.Time) {
	for _, msg := range m.outbox {
		if msg.Prescription == id && msg.Due.After(at) {
			msg.Due = stamp(at)
		}
	}
}

// Claim implements [Outbox].
func (m *Memory) Claim(ctx context.Context, now, until time.Time, n int) ([]Message, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	m.hasten(now, until.Add(LongestWait))
	ready := m.ready(now)
	claimed := make([]Message, 0, len(ready))
	for _, msg := range ready[:min(max(n, 0), len(ready))] {
		msg.Attempts++
		msg.leased = until
		claimed = append(claimed, msg.Message)
	}
	return claimed, nil
}

// hasten makes due what would wait for longer than anything can have to.
func (m *Memory) hasten(now, longest time.Time) {
	for _, msg := range m.outbox {
		if msg.Due.After(longest) {
			msg.Due = stamp(now)
		}
		if msg.leased.After(longest) {
			msg.leased = time.Time{}
		}
	}
}

// line is where messages wait for each other.
type line struct {
	prescription ID
	audience     Audience
	recipient    string
}

func (m Message) before(o Message) bool {
	return cmp.Or(cmp.Compare(m.Version, o.Version), cmp.Compare(m.ID, o.ID)) < 0
}

func (m *Memory) ready(now time.Time) []*memoryMessage {
	first := map[line]*memoryMessage{}
	for _, msg := range m.outbox {
		at := line{msg.Prescription, msg.Audience, msg.Recipient}
		if f := first[at]; msg.Dead.IsZero() && (f == nil || msg.before(f.Message)) {
			first[at] = msg
		}
	}
	var ready []*memoryMessage
	for _, msg := range first {
		if !msg.Due.After(now) && !msg.leased.After(now) {
			ready = append(ready, msg)
		}
	}
	slices.SortFunc(ready, func(a, b *memoryMessage) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return ready
}

// Done implements [Outbox].
func (m *Memory) Done(ctx context.Context, id MessageID) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	delete(m.outbox, id)
	return nil
}

// Retry implements [Outbox].
func (m *Memory) Retry(ctx context.Context, id MessageID, at time.Time, code string) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if msg := m.outbox[id]; msg != nil {
		msg.Due, msg.Code, msg.leased = stamp(at), code, time.Time{}
	}
	return nil
}

// GiveUp implements [Outbox].
func (m *Memory) GiveUp(ctx context.Context, id MessageID, at time.Time, code string) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if msg := m.outbox[id]; msg != nil {
		msg.Dead, msg.Code, msg.leased = stamp(at), code, time.Time{}
	}
	return nil
}

// Dead implements [DeadLetters].
func (m *Memory) Dead(ctx context.Context, n int) ([]Message, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var dead []Message
	for _, msg := range m.outbox {
		if !msg.Dead.IsZero() {
			dead = append(dead, msg.Message)
		}
	}
	slices.SortFunc(dead, func(a, b Message) int { return cmp.Or(a.Dead.Compare(b.Dead), cmp.Compare(a.ID, b.ID)) })
	return dead[:min(cmp.Or(max(n, 0), DefaultListed), len(dead))], nil
}

// Release implements [DeadLetters].
func (m *Memory) Release(ctx context.Context, id MessageID, at time.Time) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	msg := m.outbox[id]
	if msg == nil || msg.Dead.IsZero() {
		return ErrNotFound
	}
	msg.Dead, msg.Due, msg.Attempts = time.Time{}, stamp(at), 0
	return nil
}
