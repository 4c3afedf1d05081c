package approval

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// CheckDeclaration reads a self-declaration of at most 1 MiB against the set
// that it answers. Three steps find the problems, and all of them come at once
// in a [*DeclarationError], one for each mistake: the JSON itself (of which
// nothing more is looked at if it is broken), the form as [RequirementSet.Schema]
// has it, and the sense: evidence that does not exist, is missing, of the wrong
// kind, too old or expired on the day of submission; a reason for
// not-applicable that contradicts a fact; days in the wrong order; and what
// [vendor.Vendor.Check] finds. A declaration of another set or version has that one problem.
//
// An answer or fact that is left out is no problem here: [Evaluate] then finds
// the declaration [Incomplete]. Answers to requirements that do not apply are
// fine. The error is [ErrSet] if set does not come from [ParseRequirementSet].
func CheckDeclaration(data []byte, set *RequirementSet) (*SelfDeclaration, error) {
	if set == nil || set.own == nil {
		return nil, ErrSet
	}
	set = set.own
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, newError(set, structural(err))
	}
	if ref, found := setRef(v); found && ref != set.Ref() {
		return nil, newError(set, otherSet(ref, set))
	}
	d, fs := set.read(v)
	if len(fs) > 0 {
		return nil, newError(set, fs)
	}
	return d, nil
}

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

// read goes through form and sense.
func (s *RequirementSet) read(v *strictjson.Value) (*SelfDeclaration, []finding) {
	d := &SelfDeclaration{}
	fs := violations(s.compiled, v.Any())
	if err := v.Decode(d); err != nil {
		fs = merged(fs, structural(err))
	}
	fs = merged(fs, texts(v, ""))
	c := &declarationCheck{set: s, d: d, facts: s.usable(d.Facts), found: fs}
	c.run()
	c.explain()
	if d.Version == 0 {
		d.Version = DeclarationVersion
	}
	return d, c.found
}

// explain puts the words of a self-declaration in place of the general ones.
func (c *declarationCheck) explain() {
	for i := range c.found {
		if f := &c.found[i]; f.say == nil {
			c.explainOne(f)
		}
	}
}

func (c *declarationCheck) explainOne(f *finding) {
	r, isAnswer := f.about(c.set)
	answer := strictjson.Pointer("answers", r.ID)
	switch {
	case f.Code == problem.BadFormat:
		f.say = badForm(f.Pointer)
	case f.Code == problem.UnknownMember && parent(f.Pointer) == "/answers":
		f.say = sayUnknownRequirement.text()
	case f.Code == problem.UnknownMember && parent(f.Pointer) == "/facts":
		f.say = sayUnknownFact.text()
	case !isAnswer:
	case f.Pointer == answer+"/reason" && f.Code == problem.Contradiction:
		f.say = sayReasonNotNeeded.text()
	case f.Pointer == answer+"/reason" && f.Code == problem.MissingMember:
		f.say = sayReasonMissing.text(list(r.reasons()))
	case f.Pointer == answer+"/status" && f.Code == problem.NotAllowed && c.d.Answers[r.ID].Status == NotApplicable:
		f.say = sayNoReasons.text()
	}
}

// badForm gives the words for a value in the wrong form, or nil where the general ones do.
func badForm(pointer string) catalogue.Text {
	if pointer == "/tool/id" {
		return sayToolID.text()
	}
	switch pointer[strings.LastIndexByte(pointer, '/')+1:] {
	case "orgNumber":
		return sayOrgNumber.text()
	case "submitted", "issued", "expires", "agreed":
		return sayDate.text()
	case "url":
		return sayURL.text()
	case "sha256":
		return sayDigest.text()
	}
	return nil
}
