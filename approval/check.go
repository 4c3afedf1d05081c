package approval

import (
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// CheckDeclaration reads a self-declaration of at most [MostBytes] against the
// set that it answers. Three steps find the problems, and all of them come at
// once in a [*DeclarationError], one for each mistake: the JSON itself (of which
// nothing more is looked at if it is broken), the form as [RequirementSet.Schema]
// has it, and the sense: evidence that does not exist, is missing, of the wrong
// kind, too old, expired on the day of submission or of too low a level; a
// reason for not-applicable that contradicts a fact; a wording that has changed
// since it was answered; an inherited answer that is over; an answer to a
// requirement that is withdrawn; days in the wrong order; what may be a national
// identity number, anywhere; and what [vendor.Vendor.Check] finds. A declaration
// of another set or version has that one problem.
//
// An answer or fact that is left out is no problem here: [Evaluate] then finds
// the declaration [Incomplete]. One such fact is: where it decides whether the
// evidence of an answer proves enough. Answers to requirements that do not apply are
// fine; [PruneInapplicable] drops them. Not checked: whether what an inherited
// answer comes from exists and says so. The error is [ErrSet] if set does not
// come from [ParseRequirementSet].
func CheckDeclaration(data []byte, set *RequirementSet) (*SelfDeclaration, error) {
	return check(data, set, modeSubmit)
}

// CheckDraft is [CheckDeclaration] for a declaration that is still being
// written. It may lack the day of submission, the signature, facts, answers,
// the evidence of a yes, and of an answer its reason, explanation, due day and
// who gave it; what is there must be right. It must say which set, tool and
// vendor it is about. A level of evidence that hangs on a fact that is not
// given yet is not asked for.
func CheckDraft(data []byte, set *RequirementSet) (*SelfDeclaration, error) {
	return check(data, set, modeDraft)
}

func check(data []byte, set *RequirementSet, m mode) (*SelfDeclaration, error) {
	v, own, err := opened(data, set)
	if err != nil {
		return nil, err
	}
	d := &SelfDeclaration{}
	c := &declarationCheck{set: own, mode: m, d: d}
	if err := c.judge(v, d); err != nil {
		return nil, err
	}
	if d.Version == 0 {
		d.Version = DeclarationVersion
	}
	return d, nil
}

// opened gives the document when it is JSON and answers this set.
func opened(data []byte, set *RequirementSet) (*strictjson.Value, *RequirementSet, error) {
	if set == nil || set.own == nil {
		return nil, nil, ErrSet
	}
	v, err := strictjson.Parse(data, limits())
	if err != nil {
		return nil, nil, newError(set.own, structural(err))
	}
	if ref, found := setRef(v); found && ref != set.own.Ref() {
		return nil, nil, newError(set.own, otherSet(ref, set.own))
	}
	if fs := longNames(v); len(fs) > 0 {
		return nil, nil, newError(set.own, fs)
	}
	if list, _ := v.Member("evidence"); list != nil && len(list.Items) > mostEvidence {
		return nil, nil, newError(set.own, one("/evidence", problem.TooMany, strconv.Itoa(mostEvidence)))
	}
	return v, set.own, nil
}

// mostEvidence is what the schemas allow too. A longer list is not looked into:
// thousands of items with a mistake in each would cost more than anything else
// that a document can hold.
const mostEvidence = 500

func otherSet(ref SetRef, set *RequirementSet) []finding {
	at := "/set/version"
	if ref.ID != set.ID {
		at = "/set/id"
	}
	return []finding{{
		Problem: problem.Problem{Pointer: at, Code: CodeOtherSet},
		say:     sayOtherSet.text(set.ID, set.Version),
	}}
}

// declarationCheck looks for what a schema cannot say. It stays silent about
// places where something is wrong already, so that one mistake is one problem.
type declarationCheck struct {
	set   *RequirementSet
	mode  mode
	d     *SelfDeclaration
	own   *insiders // nil until they are asked for
	facts map[string]FactValue
	found []finding
	at    map[string]bool // the places of found
	// listed is the place of each id under evidence; unlisted says that the list could not be read.
	listed   map[string]int
	unlisted bool
	// wrong are the pieces of evidence that something is wrong with in themselves.
	wrong map[int]bool
}

// judge reads the document into dst, which c.d is or is filled from by fill, and finds everything that is wrong.
func (c *declarationCheck) judge(v *strictjson.Value, dst any, fill ...func()) error {
	schema, err := c.set.compiled[c.mode]()
	if err != nil {
		return err
	}
	c.form(schema, v, dst)
	for _, f := range fill {
		f()
	}
	c.prepare()
	c.run()
	if len(c.found) == 0 {
		return nil
	}
	sortFindings(c.found)
	c.explain(c.found[:min(len(c.found), mostReported)])
	return newError(c.set, c.found)
}

// form is what the schema and the types say. What lies in a place that should not be there is not looked at.
func (c *declarationCheck) form(schema *jsonschema.Schema, v *strictjson.Value, dst any) {
	c.found = fitting(violations(schema, v.Any()), v)
	if err := v.Decode(dst); err != nil {
		c.found = merged(c.found, outside(c.found, structural(err)))
	}
	c.found = merged(c.found, texts(v))
}

// outside leaves out what lies within an answer that nobody asked for.
func outside(known, more []finding) []finding {
	stray := map[string]bool{}
	for _, f := range known {
		if f.Code == problem.UnknownMember && parent(f.Pointer) == "/answers" {
			stray[f.Pointer] = true
		}
	}
	var out []finding
	for _, f := range more {
		if id := member(f.Pointer, "/answers/"); id == "" || !stray["/answers/"+id] {
			out = append(out, f)
		}
	}
	return out
}
