package prescription

import (
	"context"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Extend lets a prescription last until a later time, at most [MaxDays] from
// now, and tells the citizen's side. Errors are those of
// [Service.Cancel], and [ErrNotLonger].
func (s *Service) Extend(ctx context.Context, st Store, ref Ref, by Actor, until time.Time) (Prescription, error) {
	if now := s.now(); !until.After(now) || until.After(now.AddDate(0, 0, MaxDays)) {
		return Prescription{}, refuse([]Fault{{"Until", "a time from now to " + strconv.Itoa(MaxDays) + " days ahead"}})
	}
	return s.change(ctx, st, ref, Change{Event: EventExtend, By: by, Expires: stamp(until), Messages: s.to(EventExtend, ForPortal)})
}

// Transfer lets another therapist follow up a prescription and tells both. It
// keeps its id and history. Errors are those of [Service.Cancel]. Whether the
// other one agrees, and may see the citizen's record, is not checked.
func (s *Service) Transfer(ctx context.Context, st Store, ref Ref, by, therapist Actor, reason string) (Prescription, error) {
	if err := refuse(therapist.therapistFaults("Therapist")); err != nil {
		return Prescription{}, err
	}
	return s.change(ctx, st, ref, Change{Event: EventTransfer, By: by, Reason: reason, Prescriber: therapist,
		Messages: s.to(EventTransfer, ForTherapist)})
}

// MaxNote is how long a note may be, in characters.
const MaxNote = 2_000

// Note keeps a text with a prescription, in any state. The text is personal and
// is not in the audit trail; an identity number in it is refused. Errors are
// those of [Service.Cancel]. A [Notebook] gives it back.
func (s *Service) Note(ctx context.Context, st Store, ref Ref, by Actor, text string) (Prescription, error) {
	if n := utf8.RuneCountInString(text); n == 0 || n > MaxNote || !utf8.ValidString(text) || nationalid.Contains(text) {
		return Prescription{}, refuse([]Fault{{"Text", "1 to " + strconv.Itoa(MaxNote) + " characters without an identity number"}})
	}
	return s.change(ctx, st, ref, Change{Event: EventNote, By: by, Note: text, Messages: s.to(EventNote, ForPortal)})
}

// Renew prescribes the same tool once more in place of a prescription, which it
// ends if it has not ended. The unit may be another. Errors are those of
// [Service.Prescribe] and [Service.Cancel], [ErrOtherPatient], and [ErrOtherTool].
func (s *Service) Renew(ctx context.Context, st Store, ref Ref, r Request) (Prescription, error) {
	return s.supersede(ctx, st, ref, r, ReasonRenewed)
}

// Replace prescribes another tool or unit in place of a prescription, which it
// ends if it has not ended. The two know each other from then on. Errors are
// those of [Service.Renew] but for [ErrOtherTool].
func (s *Service) Replace(ctx context.Context, st Store, ref Ref, r Request) (Prescription, error) {
	return s.supersede(ctx, st, ref, r, ReasonReplaced)
}

func (s *Service) supersede(ctx context.Context, st Store, ref Ref, r Request, reason string) (Prescription, error) {
	c, err := s.completed(ref, Change{Event: EventSupersede, By: r.Prescriber, Reason: reason, Messages: s.to(EventSupersede, ForPortal)})
	if err != nil {
		return Prescription{}, err
	}
	return s.prescribe(ctx, st, r, &c)
}
