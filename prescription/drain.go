package prescription

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/internal/backoff"
	"github.com/verktoykatalog/verktoy/internal/guard"
	"github.com/verktoykatalog/verktoy/internal/unset"
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

// Deliverer tells the citizen's side, the tool or the therapist about a
// prescription. [Routes] brings one for each together.
type Deliverer interface {
	// Deliver may be called several times for one message; the receiver recognises
	// Message.ID. Message.Event says what happened; a cancelled prescription may
	// never have been delivered before. Nil means that the receiver has it. An
	// error that wraps [ErrUndeliverable] means that trying again will not help.
	// Its text is not kept. Only if it has a method Code() string is that code
	// kept: letters, digits and . _ : / - . If it has a method RetryAfter()
	// time.Duration, the next try waits for that long at least, an hour at most. A
	// panic counts as an error with the code "panic".
	Deliver(ctx context.Context, d Delivery) error
}

// Routes hands each message to the deliverer of its audience. A message whose
// audience has none is tried again like one that failed, since it is the set-up
// that lacks it: the code is "no-route-" with the audience, such as
// no-route-portal, and at last it is among the [DeadLetters].
type Routes map[Audience]Deliverer

// Deliver implements [Deliverer].
func (r Routes) Deliver(ctx context.Context, d Delivery) error {
	to, ok := r[d.Message.Audience]
	if !ok || to == nil {
		return noRoute(clip(d.Message.Audience))
	}
	return to.Deliver(ctx, d)
}

// noRoute is the error for an audience that nobody delivers to.
type noRoute Audience

func (a noRoute) Error() string {
	return fmt.Sprintf("prescription: Routes: nobody delivers to %q", string(a))
}

func (a noRoute) Code() string { return "no-route-" + string(a) }

const (
	lease  = 5 * time.Minute  // a message is another's after this
	batch  = 10               // messages claimed at a time
	oneTry = 20 * time.Second // for one delivery
	apart  = time.Minute      // how far clocks of those who drain one outbox may be apart
)

// The last message of a batch is done before its lease ends by any of the clocks.
const _ = uint(lease - batch*oneTry - apart)

// Drain delivers what is due and says how much it delivered. It is meant for a
// store on [database/sql.DB], not in a transaction, since it waits on the
// network; several may run at the same time. Call it from time to time.
//
// A message is its drainer's for five minutes by [Config.Now]. The clocks of those
// that drain one outbox may be a minute apart. If they are further apart, two may
// deliver a message at the same time, and from five minutes on they do: nothing is
// lost, but the receiver gets a message twice, perhaps once more after a later one
// of the prescription, and recognises [Message].ID.
//
// What is delivered for the first time becomes [Delivered]. A delivery that
// fails is tried again, after 30 seconds first and an hour at most; one that
// cannot succeed ends a prescription as [Failed] if it was to announce it and
// the citizen has not got it in another way, with the delivery's code as the
// reason that the therapist sees, and tells them if [Config.TellTherapist] is set;
// [Lister.Ended] lists those; any other message that cannot be
// delivered, and one that was tried [Config.MaxAttempts] times, is given up: it
// is kept among the [DeadLetters] until somebody releases it. What has ended before it
// could be announced is no longer announced; what has expired is given up with the
// code "expired", since it may be a clock that says so.
//
// A message that was handed out so many times and came back from none of them,
// because the program ended each time, is given up with the code "interrupted".
// Those that were handed out together with it are tried before it.
//
// The error joins one for each delivery that failed (id and code, not the
// deliverer's text) and the store's error, if that ended the work. Nothing is
// lost by an error: call Drain again.
func (s *Service) Drain(ctx context.Context, q Queue, d Deliverer) (delivered int, err error) {
	switch {
	case unset.Is(q):
		return 0, errors.New("prescription: Drain: the Queue is nil")
	case unset.Is(d):
		return 0, errors.New("prescription: Drain: the Deliverer is nil")
	}
	var failed []error
	for {
		now := s.now()
		messages, err := q.Claim(ctx, now, now.Add(lease), batch)
		if err != nil || len(messages) == 0 {
			return delivered, errors.Join(append(failed, err)...)
		}
		backoff.Turn(messages, func(m Message) int { return m.Attempts })
		for _, m := range messages {
			fault, err := s.deliver(ctx, q, d, m, &delivered)
			if fault != "" {
				failed = append(failed, fmt.Errorf("prescription: message %s is not delivered: %s", m.ID, fault))
			}
			if err = s.setAside(ctx, q, m, err, &failed); err != nil {
				return delivered, errors.Join(append(failed, err)...)
			}
		}
	}
}

// setAside lets a message that the store cannot settle wait like one that is not
// delivered, so that it neither holds up the others nor comes back at once. It
// gives the error that ends the work: a context that is over, a database that
// is busy or away.
func (s *Service) setAside(ctx context.Context, q Queue, m Message, err error, failed *[]error) error {
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrBusy) {
		return err
	}
	*failed = append(*failed, fmt.Errorf("prescription: message %s is not settled: %w", m.ID, err))
	return s.again(ctx, q, m, "store", 0)
}

// deliver gives the code of a delivery that failed and the error of the store.
func (s *Service) deliver(ctx context.Context, q Queue, d Deliverer, m Message, delivered *int) (string, error) {
	if m.Attempts > s.attempts {
		return "interrupted", q.GiveUp(ctx, m.ID, s.now(), "interrupted")
	}
	p, err := q.Get(ctx, m.Prescription)
	switch {
	case errors.Is(err, ErrNotFound), err == nil && m.Event == EventPrescribe && p.State.Ended():
		return "", q.Done(ctx, m.ID)
	case err != nil:
		return "", err
	case m.Event == EventPrescribe && p.StateAt(s.now()) == Expired:
		return string(Expired), q.GiveUp(ctx, m.ID, s.now(), string(Expired))
	}
	switch fault := s.try(ctx, d, Delivery{m, p}); {
	case fault == nil:
		*delivered++
		return "", s.settle(ctx, q, m, EventDeliver, "")
	case errors.Is(fault, ErrUndeliverable) && m.announces():
		return codeOf(fault), s.settle(ctx, q, m, EventFail, codeOf(fault))
	case errors.Is(fault, ErrUndeliverable):
		return codeOf(fault), q.GiveUp(ctx, m.ID, s.now(), codeOf(fault))
	default:
		return codeOf(fault), s.again(ctx, q, m, codeOf(fault), backoff.Asked(fault, backoff.Longest))
	}
}

// again lets a message wait for its next try, for the time asked at least, or gives it up.
func (s *Service) again(ctx context.Context, q Queue, m Message, code string, asked time.Duration) error {
	if m.Attempts >= s.attempts {
		return q.GiveUp(ctx, m.ID, s.now(), code)
	}
	return q.Retry(ctx, m.ID, s.now().Add(max(s.jitter(backoff.Wait(m.Attempts)), asked)), code)
}

// announces says whether the citizen's portal hears of the prescription by this message.
func (m Message) announces() bool { return m.Event == EventPrescribe && m.Audience == ForPortal }

// settle notes what became of an announcement, then forgets the message. If the
// program ends in between, the delivery is repeated and noted as a duplicate.
// What has gone on meanwhile, because an earlier delivery came through and only
// its answer was lost, is not changed: both events are for what is merely sent.
func (s *Service) settle(ctx context.Context, q Queue, m Message, e Event, reason string) error {
	if m.announces() {
		outbox := Actor{RoleSystem, "outbox"}
		found, err := rows(e, outbox.Role)
		if err != nil {
			return err
		}
		now := s.now()
		var tell []Message
		if e == EventFail {
			tell = s.told(now, e, outbox)
		}
		_, _, err = q.Change(ctx, Change{ID: m.Prescription, Event: e, Rows: onlySent(found), At: now, Received: now, Messages: tell,
			By: outbox, Reason: reason, Report: "outbox/" + string(e) + "/" + string(m.ID)})
		if err != nil {
			return err
		}
	}
	return q.Done(ctx, m.ID)
}

// onlySent leaves of the rows what concerns a prescription that is merely sent.
func onlySent(rows []Transition) []Transition {
	for i := range rows {
		rows[i].From = []State{Sent}
	}
	return rows
}

func (s *Service) try(ctx context.Context, d Deliverer, delivery Delivery) error {
	ctx, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	err := guard.Call(func() error { return d.Deliver(ctx, delivery) })
	var p *guard.Panic
	if errors.As(err, &p) {
		s.logger.ErrorContext(ctx, "prescription: the deliverer panicked", "message", delivery.Message.ID, "stack", p.Stack)
	}
	return err
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
