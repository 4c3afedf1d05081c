package launch

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Outcome is how a check ended.
type Outcome string

// The outcomes. After the first check that failed none is reached.
const (
	CheckPassed     Outcome = "passed"
	CheckFailed     Outcome = "failed"
	CheckNotReached Outcome = "not reached"
)

// Check is one rule, and how a message fared by it.
type Check struct {
	// Name is stable: "expiry", "signature", …
	Name string `json:"name"`
	// Outcome is how it ended.
	Outcome Outcome `json:"outcome"`
	// Want is what was wanted.
	Want string `json:"want"`
	// Found is what was there, as far as it can be shown: never a person, an
	// id, a token, a key, or a text that only the message's sender vouches
	// for. Empty when there is nothing to show.
	Found string `json:"found,omitempty"`
	// Rule is the paragraph that asks for it.
	Rule string `json:"rule"`
}

// Explanation says, check by check and in the order of deciding, why a message
// is accepted or refused. It is for engineers and may be logged: it holds nothing
// of the person or the message but what [Check.Found] may hold. Policy and replay
// are the [Handler]'s and not part of it.
type Explanation struct {
	// Accepted says whether all checks passed.
	Accepted bool `json:"accepted"`
	// Kind is why the message is refused; "" if it is accepted.
	Kind Kind `json:"kind,omitempty"`
	// At is the time that the message was judged by.
	At time.Time `json:"at"`
	// Checks are all of them, in their order.
	Checks []Check `json:"checks"`
}

// Explainer is what a [Profile] also is that can say how it decides.
type Explainer interface {
	// Explain decides as Accept does, with the same code, and says how.
	Explain(ctx context.Context, form url.Values, now time.Time) *Explanation
}

// Explain says how the profile decides about a form's fields at that time.
// Nothing is remembered: the message can be used afterwards. It may fetch the
// issuer's keys. For a profile that is no [Explainer] there is one check.
func Explain(ctx context.Context, p Profile, form url.Values, now time.Time) *Explanation {
	if e, can := p.(Explainer); can {
		return e.Explain(ctx, form, now)
	}
	_, _, err := p.Accept(ctx, form, now)
	x := NewExplanation(now)
	x.Step(Check{Name: "profile", Want: "a launch of profile " + p.ID(), Rule: "the profile"}, err)
	return x
}

// NewExplanation is for who writes a [Profile]: one without checks, of a message
// judged by now.
func NewExplanation(now time.Time) *Explanation { return &Explanation{Accepted: true, At: now.UTC()} }

// Step adds a check that ended with err: passed if that is nil. What the error
// wanted is put over c.Want. After a check that failed, err is not looked at and
// the check counts as not reached. A nil Explanation takes no notes.
func (x *Explanation) Step(c Check, err error) {
	if x == nil {
		return
	}
	switch {
	case !x.Accepted:
		c.Outcome, c.Found = CheckNotReached, ""
	case err != nil:
		refused := asError(err, KindMalformed, "a launch")
		x.Accepted, x.Kind, c.Outcome, c.Want = false, refused.Kind, CheckFailed, refused.Want
	default:
		c.Outcome = CheckPassed
	}
	x.Checks = append(x.Checks, c)
}

// Cite adds a profile's own paragraph to the rule of the check with this name.
func (x *Explanation) Cite(name, rule string) {
	if x == nil {
		return
	}
	for i := range x.Checks {
		if x.Checks[i].Name == name {
			x.Checks[i].Rule += "; " + rule
		}
	}
}

// Failed gives the one check that failed, if one did.
func (x *Explanation) Failed() (Check, bool) {
	for _, c := range x.Checks {
		if c.Outcome == CheckFailed {
			return c, true
		}
	}
	return Check{}, false
}

// String is a text of one line per check.
func (x *Explanation) String() string {
	var b strings.Builder
	verdict := "accepted"
	if !x.Accepted {
		verdict = "refused: " + string(x.Kind)
	}
	fmt.Fprintf(&b, "%s, judged by %s\n", verdict, x.At.Format(time.RFC3339))
	for _, c := range x.Checks {
		fmt.Fprintf(&b, "%-11s  %-17s  want %s", c.Outcome, c.Name, c.Want)
		if c.Found != "" {
			fmt.Fprintf(&b, "; found %s", c.Found)
		}
		fmt.Fprintf(&b, "  [%s]\n", c.Rule)
	}
	return b.String()
}
