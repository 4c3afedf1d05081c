package prescription

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Queue is where [Service.Drain] finds its work: one store that is both.
type Queue interface {
	Store
	Outbox
}

// Delivery is a message with the prescription as it is now.
type Delivery struct {
	Message      Message
	Prescription Prescription
}

// Deliverer tells the citizen's side about a prescription.
type Deliverer interface {
	// Deliver may be called several times for one message; the receiver recognises
	// Message.ID. Message.Event says what happened; a cancelled prescription may
	// never have been delivered before. Nil means that the receiver has it. An
	// error that wraps [ErrUndeliverable] means that trying again will not help.
	// Its text is not kept. Only if it has a method Code() string is that code
	// kept: letters, digits and . _ : / - .
	Deliver(ctx context.Context, d Delivery) error
}

const (
	lease     = 5 * time.Minute  // a message is another's after this
	batch     = 10               // messages claimed at a time
	oneTry    = 20 * time.Second // for one delivery; batch times oneTry is less than lease
	firstWait = 30 * time.Second // before the second try; doubles each time
	longest   = time.Hour        // wait between tries
)

// Drain delivers what is due and says how much it delivered. It is meant for a
// store on [database/sql.DB], not in a transaction, since it waits on the
// network; several may run at the same time. Call it from time to time.
//
// What is delivered for the first time becomes [Delivered]. A delivery that
// fails is tried again, after 30 seconds first and an hour at most; one that
// cannot succeed ends a prescription as [Failed] if it was to announce it. What
// has ended or expired before it could be announced is no longer announced.
//
// The error joins one for each delivery that failed (id and code, not the
// deliverer's text) and the store's error, if that ended the work. Nothing is
// lost by an error: call Drain again.
func (s *Service) Drain(ctx context.Context, q Queue, d Deliverer) (delivered int, err error) {
	var failed []error
	for {
		now := s.now()
		messages, err := q.Claim(ctx, now, now.Add(lease), batch)
		if err != nil || len(messages) == 0 {
			return delivered, errors.Join(append(failed, err)...)
		}
		for _, m := range messages {
			fault, err := s.deliver(ctx, q, d, m, &delivered)
			if fault != "" {
				failed = append(failed, fmt.Errorf("prescription: message %s is not delivered: %s", m.ID, fault))
			}
			if err != nil {
				return delivered, errors.Join(append(failed, err)...)
			}
		}
	}
}

// deliver gives the code of a delivery that failed and the error of the store.
func (s *Service) deliver(ctx context.Context, q Queue, d Deliverer, m Message, delivered *int) (string, error) {
	p, err := q.Get(ctx, m.Prescription)
	if errors.Is(err, ErrNotFound) || err == nil && s.moot(m, p) {
		return "", q.Done(ctx, m.ID)
	}
	if err != nil {
		return "", err
	}
	switch fault := try(ctx, d, Delivery{m, p}); {
	case fault == nil:
		*delivered++
		return "", s.settle(ctx, q, m, EventDeliver)
	case errors.Is(fault, ErrUndeliverable):
		return codeOf(fault), s.settle(ctx, q, m, EventFail)
	default:
		return codeOf(fault), q.Retry(ctx, m.ID, s.now().Add(wait(m.Attempts)), codeOf(fault))
	}
}

func (s *Service) moot(m Message, p Prescription) bool {
	return m.Event == EventPrescribe && p.StateAt(s.now()).Ended()
}

// settle notes what became of an announcement, then forgets the message. If the
// program ends in between, the delivery is repeated and noted as a duplicate.
func (s *Service) settle(ctx context.Context, q Queue, m Message, e Event) error {
	if m.Event == EventPrescribe {
		_, _, err := s.Apply(ctx, q, Report{ID: "outbox/" + string(e) + "/" + string(m.ID), Prescription: m.Prescription,
			Event: e, At: s.now(), By: Actor{RoleSystem, "outbox"}})
		if err != nil {
			return err
		}
	}
	return q.Done(ctx, m.ID)
}

func try(ctx context.Context, d Deliverer, delivery Delivery) error {
	ctx, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	return d.Deliver(ctx, delivery)
}

func wait(attempts int) time.Duration {
	w := firstWait
	for range min(max(attempts, 1)-1, 12) {
		w *= 2
	}
	return min(w, longest)
}

// codeOf never uses the text of an error: it may hold anything.
func codeOf(err error) string {
	var coded interface{ Code() string }
	switch {
	case errors.As(err, &coded) && isCode(coded.Code(), 64):
		return coded.Code()
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, ErrUndeliverable):
		return "undeliverable"
	}
	return "failed"
}
