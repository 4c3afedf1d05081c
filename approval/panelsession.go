package approval

import (
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Session is what a panel knows and says in one case.
type Session struct {
	// Case is the id of the case; required.
	Case string
	// VendorPeople are the ids, as members have them, of those who signed the
	// declaration or belong to the vendor; at least one. [Case.VendorPeople] has
	// them. None of them may vote.
	VendorPeople []string
	// Conflicts are the interests that members have declared, also in other cases.
	Conflicts []Conflict
	Votes     []Vote
	// Conditions are what the panel asks for if it approves: what is to be done,
	// in nb at least, and by which day. The requirement may be empty.
	Conditions []Obligation
	// ValidUntil is the last day of an approval: on the day of At or later, and
	// neither beyond the set's review months, nor the evidence that is relied on,
	// nor the day before the first condition is due. For other outcomes it is not used.
	ValidUntil catalogue.Date
	// NextReview is the day on which an approval should be looked at again, up to
	// ValidUntil. Empty means the set's days of reminder before ValidUntil, but
	// not before the day of At.
	NextReview catalogue.Date
	// At is the moment of the decision.
	At time.Time
}

// Conflict is an interest that a member has in a case.
type Conflict struct {
	Member string `json:"member"`
	Case   string `json:"case"`
	// Why is one of [Interests].
	Why Interest `json:"why"`
}

// Interest is the sort of interest that makes a member stand aside. The list is
// a project rule, after the grounds that public administration usually has.
type Interest string

// The interests.
const (
	InterestEmployed Interest = "employed" // works for the vendor, or did lately
	InterestOwner    Interest = "owner"    // owns a part of it
	InterestPaid     Interest = "paid"     // is paid by it in another way
	InterestMade     Interest = "made"     // has taken part in making or testing the tool
	InterestRelated  Interest = "related"  // is close to somebody with one of these
	InterestRival    Interest = "rival"    // has an interest in a rival tool
	InterestOther    Interest = "other"
)

// Interests are all interests.
func Interests() []Interest {
	return []Interest{InterestEmployed, InterestOwner, InterestPaid, InterestMade, InterestRelated, InterestRival, InterestOther}
}

// incomplete is what [Panel.Decide] needs and [Panel.Review] leaves to the caller.
func (s Session) incomplete() (r refusal) {
	r.code("/case", s.Case)
	if !anybody(s.VendorPeople) {
		r.say("/vendorPeople", problem.MissingMember, refVendorPeople)
	}
	for i, v := range s.Votes {
		if v.At.IsZero() {
			r.missing(at("votes", i, "at"))
		}
	}
	return r
}

// checkConflicts refuses what could hide an interest: a misspelt member, or no reason.
func (p Panel) checkConflicts(s Session, r *refusal) {
	for i, c := range s.Conflicts {
		if _, ok := p.seat(c.Member); !ok && c.Case == s.Case {
			r.say(at("conflicts", i, "member"), problem.Unknown, refNotMember)
		}
		r.code(at("conflicts", i, "case"), c.Case)
		if !slices.Contains(Interests(), c.Why) {
			r.add(at("conflicts", i, "why"), problem.NotAllowed, allOf(Interests()))
		}
	}
}

func allOf[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = string(c)
	}
	return strings.Join(out, ", ")
}

// declared are the interests in this case.
func (s Session) declared() []Conflict {
	var out []Conflict
	for _, c := range s.Conflicts {
		if c.Case == s.Case {
			out = append(out, c)
		}
	}
	return out
}

// interest is the one that a member has declared in this case; "" if none.
func (s Session) interest(member string) Interest {
	for _, c := range s.declared() {
		if c.Member == member {
			return c.Why
		}
	}
	return ""
}
