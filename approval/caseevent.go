package approval

import (
	"slices"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Actor is who does something. ID is kept in the ledger, so it must be a
// pseudonym or a staff number: 1 to 64 letters, digits and . _ : / - and never
// an identity number. One person has one ID in all roles and in panels. That it
// is the right one is the caller's business.
type Actor struct {
	Role CaseRole `json:"role"`
	ID   string   `json:"id"`
}

// Event is something that happens to a case. Which of the members after By it
// has is in [CaseTransition.Needs].
type Event struct {
	Event CaseEvent `json:"event"`
	// Expected is the version of the case that the caller has seen; 0 is the new case.
	Expected int64 `json:"expected"`
	// At is when it happens, kept in UTC and whole seconds. Days are read in its location.
	At time.Time `json:"at"`
	By Actor     `json:"by"`

	// Declaration is what is submitted.
	Declaration *DeclarationRef `json:"declaration,omitempty"`
	// VendorPeople are the ids of those who signed the declaration or belong to
	// the vendor; at least one. They come on top of those that the case has.
	VendorPeople []string `json:"vendorPeople,omitempty"`
	// Missing are the ids of requirements and facts that the vendor must look at; at least one.
	Missing []string `json:"missing,omitempty"`
	// Findings are those of the actor; at least one.
	Findings []Finding `json:"findings,omitempty"`
	// Decision is what was decided, by the rules or by a panel.
	Decision *Decision  `json:"decision,omitempty"`
	Reason   CaseReason `json:"reason,omitempty"`
}

// CaseReason says why, in a code: the ledger holds no free text.
type CaseReason string

// The reasons.
const (
	ReasonSafety      CaseReason = "safety" // harm to people is feared or has happened
	ReasonPrivacy     CaseReason = "privacy"
	ReasonSecurity    CaseReason = "security"
	ReasonMisleading  CaseReason = "misleading" // what was declared does not hold
	ReasonObligation  CaseReason = "obligation" // a condition of the approval was not kept
	ReasonChanged     CaseReason = "changed"    // the tool has changed
	ReasonRules       CaseReason = "rules"      // law or requirements have changed
	ReasonScheduled   CaseReason = "scheduled"  // the planned next review
	ReasonComplaint   CaseReason = "complaint"
	ReasonVendorAsked CaseReason = "vendor-asked"
	ReasonReplaced    CaseReason = "replaced" // another tool takes its place
	ReasonOther       CaseReason = "other"
)

// CaseReasons are all reasons.
func CaseReasons() []CaseReason {
	return []CaseReason{ReasonSafety, ReasonPrivacy, ReasonSecurity, ReasonMisleading, ReasonObligation, ReasonChanged, ReasonRules,
		ReasonScheduled, ReasonComplaint, ReasonVendorAsked, ReasonReplaced, ReasonOther}
}

// check finds what is wrong with the event itself, whatever the case.
func (ev Event) check() error {
	var r refusal
	row, ok := ev.Event.transition()
	if !ok {
		r.add("/event", problem.NotAllowed, allOf(caseEvents()))
	}
	if ev.At.IsZero() {
		r.missing("/at")
	}
	if !slices.Contains(CaseRoles(), ev.By.Role) {
		r.add("/by/role", problem.NotAllowed, allOf(CaseRoles()))
	}
	r.code("/by/id", ev.By.ID)
	if ok {
		ev.checkContent(&r, row.Needs)
	}
	return r.err(ErrEvent)
}

func caseEvents() []CaseEvent {
	all := make([]CaseEvent, len(caseTransitions))
	for i, t := range caseTransitions {
		all[i] = t.Event
	}
	return all
}

// checkContent wants the members that the event needs and no others, so that nothing goes unnoticed.
func (ev Event) checkContent(r *refusal, needs []string) {
	for _, m := range []struct {
		name  string
		given bool
	}{
		{"declaration", ev.Declaration != nil}, {"vendorPeople", anybody(ev.VendorPeople)}, {"missing", len(ev.Missing) > 0},
		{"findings", len(ev.Findings) > 0}, {"decision", ev.Decision != nil}, {"reason", ev.Reason != ""},
	} {
		needed := slices.Contains(needs, m.name)
		switch {
		case needed && !m.given && m.name == "vendorPeople":
			r.say("/"+m.name, problem.MissingMember, refVendorPeople)
		case needed && !m.given:
			r.missing("/" + m.name)
		case !needed && m.given:
			r.say("/"+m.name, problem.Contradiction, refNotOfEvent)
		}
	}
	ev.checkValues(r)
}

// mostNamed is the most people or ids that one event may name.
const mostNamed = 500

func (ev Event) checkValues(r *refusal) {
	if d := ev.Declaration; d != nil {
		r.code("/declaration/id", d.ID)
		if new(Digest).UnmarshalText([]byte(d.SHA256)) != nil {
			r.say("/declaration/sha256", problem.BadFormat, sayDigest)
		}
	}
	if len(ev.VendorPeople) > mostNamed || len(ev.Missing) > mostNamed || len(ev.Findings) > mostNamed {
		r.add("", problem.TooMany, strconv.Itoa(mostNamed))
		return
	}
	for i, id := range ev.VendorPeople {
		r.code(at("vendorPeople", i, ""), id)
	}
	for i, id := range ev.Missing {
		r.code(at("missing", i, ""), id)
	}
	ev.checkFindings(r)
	if ev.Reason != "" && !slices.Contains(CaseReasons(), ev.Reason) {
		r.add("/reason", problem.NotAllowed, allOf(CaseReasons()))
	}
}
