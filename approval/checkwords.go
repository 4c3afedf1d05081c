package approval

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// explain puts the words of a self-declaration in place of the general ones.
func (c *declarationCheck) explain(found []finding) {
	for i := range found {
		if f := &found[i]; f.say == nil {
			c.explainOne(f)
		}
	}
}

func (c *declarationCheck) explainOne(f *finding) {
	r, isAnswer := f.about(c.set)
	switch {
	case f.Code == problem.BadFormat:
		f.say = badForm(f.Pointer)
	case f.Code == problem.UnknownMember && parent(f.Pointer) == "/answers":
		c.stray(f, r, isAnswer)
	case f.Code == problem.UnknownMember && parent(f.Pointer) == "/facts":
		f.say = sayUnknownFact.text()
	case f.Code == problem.MissingMember && strings.HasPrefix(f.Pointer, "/evidence/"):
		f.say = missingOfEvidence(f.Pointer)
	case isAnswer:
		f.say = c.ofAnswer(*f, r)
	}
}

// stray is an answer to what cannot be answered.
func (c *declarationCheck) stray(f *finding, r Requirement, known bool) {
	switch {
	case !known:
		f.say = sayUnknownRequirement.text()
	case r.Withdrawn && len(r.ReplacedBy) > 0:
		f.Code, f.say = CodeWithdrawn, sayReplaced.text(list(r.ReplacedBy))
	case r.Withdrawn:
		f.Code, f.say = CodeWithdrawn, sayWithdrawn.text()
	default:
		f.say = sayNotVendorWide.text()
	}
}

func missingOfEvidence(pointer string) catalogue.Text {
	switch lastPart(pointer) {
	case "checkedBy":
		return sayCheckedByMissing.text()
	case "issuer":
		return sayIssuerMissing.text()
	}
	return nil
}

// ofAnswer gives the words about the parts of an answer that hang on its status.
func (c *declarationCheck) ofAnswer(f finding, r Requirement) catalogue.Text {
	part, inside := strings.CutPrefix(f.Pointer, strictjson.Pointer("answers", r.ID)+"/")
	if !inside {
		return nil
	}
	switch {
	case part == "status" && f.Code == problem.NotAllowed && c.d.Answers[r.ID].Status == NotApplicable:
		return sayNoReasons.text()
	case part == "reason" && f.Code == problem.MissingMember:
		return sayReasonMissing.text(list(r.reasons()))
	case part == "explanation" && (f.Code == problem.MissingMember || f.Code == problem.TooShort):
		return sayExplanationMissing.text()
	}
	if words, known := byPart[part+" "+string(f.Code)]; known {
		return words.text()
	}
	return nil
}

var byPart = map[string]phrase{
	"reason contradiction":    sayReasonNotNeeded,
	"due missing-member":      sayDueMissing,
	"due contradiction":       sayDueNotNeeded,
	"answered missing-member": sayAnsweredMissing,
	"inherited contradiction": sayNotInherited,
}

// badForm gives the words for a value in the wrong form, or nil where the general ones do.
func badForm(pointer string) catalogue.Text {
	if pointer == "/tool/id" {
		return sayToolID.text()
	}
	words, known := byName[lastPart(pointer)]
	if !known {
		return nil
	}
	return words.text()
}

var byName = map[string]phrase{
	"orgNumber": sayOrgNumber,
	"submitted": sayDate, "issued": sayDate, "expires": sayDate, "due": sayDate, "until": sayDate,
	"at": sayMoment, "url": sayURL, "sha256": sayDigest, "wording": sayWordingForm,
}

func lastPart(pointer string) string { return pointer[strings.LastIndexByte(pointer, '/')+1:] }

func parent(pointer string) string { return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)] }
