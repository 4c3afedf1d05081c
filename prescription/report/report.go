package report

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
)

// EventProgress says how far the citizen has come. It is not in the table of
// [prescription.Transitions], because it changes no state.
const EventProgress prescription.Event = "progress"

// Events are those that a tool can report, in the order of a treatment.
func Events() []prescription.Event {
	return []prescription.Event{prescription.EventOpen, prescription.EventStart, EventProgress, prescription.EventPause,
		prescription.EventResume, prescription.EventComplete, prescription.EventDecline, prescription.EventFail,
		prescription.EventConfirmCancel}
}

// Report says that something has happened. It holds nothing personal.
type Report struct {
	// ID names the report for ever: 1 to 128 letters, digits and . _ : / - . Whoever
	// receives it knows by this that it comes again.
	ID      string
	Subject Subject
	// Event is one of [Events].
	Event prescription.Event
	// At is when it happened, in UTC and whole microseconds.
	At time.Time
	// Progress is how far the citizen has come, 0 to 100, for [EventProgress]; 0 for
	// others.
	Progress int
	// Sequence is 1 for a subject's first report and grows by one with each. Of
	// progress, some numbers are never sent, see [Waiting.Replace].
	Sequence int64
}

// Line is how far the reports of a subject have come, as the tool has told it.
type Line struct {
	// State is [prescription.Delivered] before the first report, since a tool that
	// was opened was delivered.
	State prescription.State
	// Progress is the furthest that was reported.
	Progress int
	// Sequence is that of the last report, 0 if there is none.
	Sequence int64
	// Updated is when the last report happened.
	Updated time.Time
}

// NewLine is the line before the first report. For those who write a [Store].
func NewLine() Line { return Line{State: prescription.Delivered} }

// Next is what a report makes of a line, and the report with its sequence. A
// time before that of the last report counts as that. What is so already gives the
// line as it is and the zero Report, since there is nothing to tell: progress that
// was reported before, that it was opened when it was opened or goes on, that it was
// started or resumed when it goes on, and paused when it is paused. Errors: a [prescription.ErrNotAllowed], or for progress
// [prescription.ErrEnded], [ErrNotStarted], [ErrBackwards] or [ErrPercent]. For those who write a [Store].
func (l Line) Next(r Report) (Line, Report, error) {
	if slices.Contains(said[r.Event], l.State) {
		return l, Report{}, nil
	}
	to, err := l.target(r)
	if err != nil {
		return l, Report{}, err
	}
	if r.Event == EventProgress && r.Progress == l.Progress {
		return l, Report{}, nil
	}
	if r.At = stamp(r.At); r.At.Before(l.Updated) {
		r.At = l.Updated
	}
	r.Sequence = l.Sequence + 1
	return Line{State: to, Progress: max(l.Progress, r.Progress), Sequence: r.Sequence, Updated: r.At}, r, nil
}

// said are the states in which an event is so already. An end is not among them:
// that it has ended is for the tool to know.
var said = map[prescription.Event][]prescription.State{
	prescription.EventOpen:   {prescription.Opened, prescription.Started, prescription.Paused},
	prescription.EventStart:  {prescription.Started},
	prescription.EventResume: {prescription.Started},
	prescription.EventPause:  {prescription.Paused},
}

func (l Line) target(r Report) (prescription.State, error) {
	if r.Event == EventProgress {
		return l.State, l.checkProgress(r.Progress)
	}
	from := l.State
	if r.Event == prescription.EventConfirmCancel && !from.Ended() {
		from = prescription.CancelAsked // who asked, told the tool and not this package
	}
	for _, t := range ours {
		if t.Event == r.Event && slices.Contains(t.From, from) {
			return cmp.Or(t.To, from), nil
		}
	}
	return "", prescription.ErrNotAllowed{State: l.State, Event: r.Event, Role: prescription.RoleTool}
}

func (l Line) checkProgress(percent int) error {
	switch {
	case l.State.Ended():
		return prescription.ErrEnded
	case percent < 0 || percent > 100:
		return ErrPercent
	case l.State != prescription.Started:
		return ErrNotStarted
	case percent < l.Progress:
		return ErrBackwards
	}
	return nil
}

// ours are the rows of the table that a tool can report.
var ours = slices.DeleteFunc(prescription.Transitions(), func(t prescription.Transition) bool {
	return !slices.Contains(t.Roles, prescription.RoleTool) || !slices.Contains(Events(), t.Event)
})

// passing are the events whose order matters: each can follow the other.
var passing = []prescription.Event{EventProgress, prescription.EventPause, prescription.EventResume}

// Outdated says whether a report that was not delivered in time must stay
// undelivered, given the sequence of the subject's last report: delivered late,
// it would undo what came after. For those who write a [Store].
func (r Report) Outdated(last int64) bool {
	return r.Sequence < last && slices.Contains(passing, r.Event)
}

var code = regexp.MustCompile(`^[0-9A-Za-z._:/-]+$`)

func isCode(s string, longest int) bool {
	return len(s) <= longest && code.MatchString(s) && !nationalid.Contains(s)
}

// stamp is the precision that every store keeps.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
