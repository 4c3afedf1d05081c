package approval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// secondForm checks what sets may have besides facts and plain requirements:
// groups, days in force, levels, and rules.
func (c *setCheck) secondForm() {
	s := c.set
	if s.ValidTo != "" && s.ValidTo < s.ValidFrom {
		c.add("/validTo", problem.Contradiction, "/validFrom")
	}
	c.unique("/groups", len(s.Groups), func(i int) string { return s.Groups[i].ID }, "id")
	for i, g := range s.Groups {
		c.text(strictjson.Pointer("groups", i, "title"), g.Title, true)
	}
	for i := range s.Requirements {
		c.life(strictjson.Pointer("requirements", i), &s.Requirements[i])
		c.levels(strictjson.Pointer("requirements", i, "evidence", "raised"), s.Requirements[i].Evidence)
	}
	c.unique("/rules", len(s.Rules), func(i int) string { return string(s.Rules[i].ID) }, "id")
	for i := range s.Rules {
		c.rule(strictjson.Pointer("rules", i), &s.Rules[i])
	}
	c.circle()
}

// life checks where a requirement belongs, when it is in force and what follows it.
func (c *setCheck) life(at string, r *Requirement) {
	inGroup := func(g Group) bool { return g.ID == r.Group }
	if len(c.set.Groups) > 0 && !slices.ContainsFunc(c.set.Groups, inGroup) {
		c.add(at+"/group", problem.Unknown, "the id of one of the groups")
	}
	if r.From != "" && r.Until != "" && r.Until < r.From {
		c.add(at+"/until", problem.Contradiction, at+"/from")
	}
	if len(r.ReplacedBy) > 0 && !r.Withdrawn {
		c.add(at+"/replacedBy", problem.Contradiction, at+"/withdrawn")
		return
	}
	for i, id := range r.ReplacedBy {
		if id == r.ID || c.set.index(id) < 0 {
			c.add(at+strictjson.Pointer("replacedBy", i), problem.Unknown, "the id of another requirement")
		}
	}
}

// levels asks for conditions where a level is raised: without one, it is the least level.
func (c *setCheck) levels(at string, rule *EvidenceRule) {
	if rule == nil {
		return
	}
	if rule.Assessed && !rule.asksMore() {
		c.add(strings.TrimSuffix(at, "/raised")+"/assessed", problem.Contradiction, strings.TrimSuffix(at, "/raised")+"/minLevel")
	}
	for i, raised := range rule.Raised {
		place := at + strictjson.Pointer(i)
		if raised.When == nil {
			c.add(place+"/when", problem.MissingMember, "")
		}
		c.condition(place+"/when", raised.When, asksFacts)
	}
}

func (c *setCheck) rule(at string, r *SetRule) {
	c.text(at+"/text", r.Text, true)
	c.condition(at+"/when", r.When, asksCounts)
	if slices.Contains(ownRules, r.ID) {
		c.add(at+"/id", problem.NotAllowed, "an id that no rule of the software has")
	}
}

// ownRules are the ids that say that something else than a set's rule decided.
var ownRules = []Rule{RuleDeclaration, RuleUnanswered, RuleUnassessed, RuleDefault, RulePanelMajority, RulePanelUndecided}

// rules are those of the set, or the ones that every set has without any.
func (s *RequirementSet) rules() []SetRule {
	if len(s.Rules) > 0 {
		return s.Rules
	}
	return commonRules(s.guidedOnly())
}

// byDefault is the outcome when no rule holds.
func (s *RequirementSet) byDefault() Outcome { return cmp.Or(s.Default, NeedsReview) }

// commonRules are the rules that [Evaluate] names, as data.
func commonRules(guided *Condition) []SetRule {
	found := func(result Result, severities ...Severity) *Condition {
		one := 1
		return &Condition{Count: &Count{Results: []Result{result}, Severities: severities, AtLeast: &one}}
	}
	return []SetRule{
		{RuleBlocker, found(ResultNotMet, Blocker), Rejected, nil},
		{RuleNeedsPanel, found(ResultNeedsPanel), NeedsReview, nil},
		{RuleMajor, found(ResultNotMet, Major), NeedsReview, nil},
		{RuleGuidedOnly, guided, ApprovedWithTherapist, nil},
		{RuleAllMet, nil, ApprovedWithoutTherapist, nil},
	}
}
