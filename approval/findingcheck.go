package approval

import (
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Check says everything that is wrong with the finding itself, whatever the
// declaration: something is missing or not in its form, or it is about a
// document and a fact at once. The error is a [*RefusedError] of [ErrFinding].
// Whether it counts is not checked; [Input.Evaluate] says so.
func (f Finding) Check() error {
	var r refusal
	f.faults(&r, "")
	return r.err(ErrFinding)
}

// Most characters of a note and of a name: together with a document's title they
// must fit into one text of a decision.
const (
	longestNote   = 4000
	longestPerson = 200
)

// faults are looked for in a finding at a place.
func (f *Finding) faults(r *refusal, at string) {
	r.name(at+"/id", f.ID)
	r.name(at+"/declaration/id", f.Declaration.ID)
	r.digest(at+"/declaration/sha256", f.Declaration.SHA256)
	switch {
	case (f.Evidence == "") == (f.Fact == ""):
		r.say(at+"/evidence", problem.BadValue, refFindingSubject)
	case f.Evidence != "":
		f.evidenceFaults(r, at)
	default:
		f.factFaults(r, at)
	}
	r.proseUpTo(longestNote, at+"/note", f.Note, true)
	r.code(at+"/by/id", f.By.ID)
	r.proseUpTo(longestPerson, at+"/by/name", f.By.Name, true)
	if !slices.Contains(assessing, f.By.Role) {
		r.add(at+"/by/role", problem.NotAllowed, allOf(assessing))
	}
	if !isDay(f.Day) {
		r.say(at+"/day", problem.BadFormat, sayDate)
	}
}

// assessing are the roles of those who can assess.
var assessing = []CaseRole{RoleAssessor, RolePanel}

func (f *Finding) evidenceFaults(r *refusal, at string) {
	r.name(at+"/evidence", f.Evidence)
	if f.SHA256 != "" {
		r.digest(at+"/sha256", f.SHA256)
	}
	if all := []Level{Declared, Documented, Checked, ThirdParty}; !slices.Contains(all, f.Level) {
		r.add(at+"/level", problem.NotAllowed, allOf(all))
	}
	if f.Value != nil {
		r.say(at+"/value", problem.Contradiction, refFindingValue)
	}
}

func (f *Finding) factFaults(r *refusal, at string) {
	r.name(at+"/fact", f.Fact)
	switch v := plain(f.Value); {
	case v == nil:
		r.say(at+"/value", problem.MissingMember, refFindingNoValue)
	case slices.ContainsFunc(spelled(v), holdsNumber):
		r.say(at+"/value", CodePersonalData, refNumber)
	}
	if f.Level != "" {
		r.say(at+"/level", problem.Contradiction, refFindingLevel)
	}
	if f.SHA256 != "" {
		r.say(at+"/sha256", problem.Contradiction, refFindingLevel)
	}
}

// spelled is a plain value as it is written.
func spelled(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []string:
		return append([]string{strings.Join(v, " ")}, v...)
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return nil
}

// refusedFindings names every fault of all of them, those of one id with another
// content, and those by the vendor's own people.
func (a *assessment) refusedFindings(given []Finding) error {
	var r refusal
	first := map[string]int{}
	for i := range given {
		f, at := &given[i], strictjson.Pointer(i)
		f.faults(&r, at)
		if a.own.has(f.By.Name) || a.own.has(f.By.ID) {
			r.say(at+"/by/name", CodeVendorPerson, refVendorFinds)
		}
		if j, known := first[f.ID]; !known {
			first[f.ID] = i
		} else if f.Digest() != given[j].Digest() {
			r.say(at+"/id", problem.Repeated, refFindingTwice)
		}
	}
	return r.err(ErrFinding)
}
