package approval_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// chance makes random sets, declarations and waivers, the same for a seed.
type chance struct{ *rand.Rand }

func (c chance) of(percent int) bool { return c.Intn(100) < percent }

func pick[T any](c chance, items ...T) T { return items[c.Intn(len(items))] }

func some[T any](c chance, percent int, items ...T) []T {
	var out []T
	for _, item := range items {
		if c.of(percent) {
			out = append(out, item)
		}
	}
	return out
}

var (
	anyText  = catalogue.Text{"nb": "x", "nn": "x", "en": "x"}
	domains  = map[string][]approval.FactValue{"guidance": {"unguided", "guided"}, "b": {false, true}, "n": {0, 1, 2}}
	factList = []string{"guidance", "b", "n"}
)

// set has two to four requirements and up to five rules.
func (c chance) set(t testing.TB, rules func(*approval.RequirementSet) []approval.SetRule) *approval.RequirementSet {
	s := &approval.RequirementSet{ID: "r", Version: "1.0.0", Title: anyText, ValidFrom: "2026-01-01", ReviewMonths: 24,
		Default: pick(c, "", approval.NeedsReview, approval.Rejected), Tracked: c.of(10), Facts: []approval.Fact{
			{ID: "guidance", Question: anyText, Type: approval.TypeChoice, Choices: []approval.Choice{{Code: "unguided", Text: anyText}, {Code: "guided", Text: anyText}}},
			{ID: "b", Question: anyText, Type: approval.TypeBoolean}, {ID: "n", Question: anyText, Type: approval.TypeNumber, Min: n(0), Max: n(2)}}}
	for i := range s.Facts {
		s.Facts[i].Assessed = c.of(4)
	}
	for i := range 2 + c.Intn(3) {
		s.Requirements = append(s.Requirements, c.requirement(s, i))
	}
	if c.of(80) {
		s.Rules = rules(s)
	}
	if c.of(10) { // most of the time would go into this
		require.Zero(t, approval.Mistakes(s))
	}
	return approval.Ready(s)
}

func (c chance) requirement(s *approval.RequirementSet, i int) approval.Requirement {
	r := approval.Requirement{ID: fmt.Sprint("R", i), Group: "g", Title: anyText, Text: catalogue.Text{"nb": fmt.Sprint(i), "nn": "x", "en": "x"},
		Severity: pick(c, approval.Blocker, approval.Major, approval.Minor), Panel: c.of(20),
		Allowed: some(c, 40, approval.Partial, approval.Planned, approval.Alternative)}
	if c.of(40) {
		r.When = c.condition(s, 2, true, false)
	}
	if c.of(40) {
		r.NotApplicable = []approval.NotApplicableReason{{Code: "na", Text: anyText}}
		if c.of(60) {
			r.NotApplicable[0].When = c.condition(s, 1, true, false)
		}
	}
	if c.of(50) {
		r.Evidence = &approval.EvidenceRule{Kinds: []string{"doc"}, MinLevel: pick(c, "", approval.Documented, approval.Checked)}
		if c.of(40) {
			r.Evidence.Raised = []approval.RaisedLevel{{When: c.condition(s, 1, false, false), MinLevel: pick(c, approval.Documented, approval.ThirdParty)}}
		}
		r.Evidence.Assessed = c.of(25) && (r.Evidence.MinLevel == approval.Checked || len(r.Evidence.Raised) > 0 && r.Evidence.Raised[0].MinLevel == approval.ThirdParty)
	}
	if c.of(5) {
		r.From = "2027-01-01"
	}
	return r
}

// condition asks about facts, and about the answers to requirements that are there already.
func (c chance) condition(s *approval.RequirementSet, depth int, answers, counting bool) *approval.Condition {
	if depth > 0 && c.of(40) {
		switch c.Intn(3) {
		case 0:
			return &approval.Condition{Not: c.condition(s, depth-1, answers, counting)}
		case 1:
			return &approval.Condition{All: []approval.Condition{*c.condition(s, depth-1, answers, counting), *c.condition(s, depth-1, answers, counting)}}
		}
		return &approval.Condition{Any: []approval.Condition{*c.condition(s, depth-1, answers, counting), *c.condition(s, depth-1, answers, counting)}}
	}
	if counting && c.of(60) {
		return &approval.Condition{Count: c.count(s)}
	}
	if answers && len(s.Requirements) > 0 && c.of(40) {
		r := pick(c, s.Requirements...)
		return &approval.Condition{Answer: r.ID, Status: append(some(c, 50, append(r.Allowed, approval.No, approval.NotApplicable)...), pick(c, approval.Yes, approval.No))}
	}
	return c.leaf()
}

func (c chance) leaf() *approval.Condition {
	switch c.Intn(3) {
	case 0:
		return &approval.Condition{Fact: "guidance", In: []string{pick(c, "unguided", "guided")}}
	case 1:
		return &approval.Condition{Fact: "b", In: []string{pick(c, "true", "false")}}
	}
	if c.of(50) {
		return &approval.Condition{Fact: "n", AtLeast: n(1 + c.Intn(2))}
	}
	return &approval.Condition{Fact: "n", Below: n(1 + c.Intn(2))}
}

func (c chance) count(s *approval.RequirementSet) *approval.Count {
	k := &approval.Count{Severities: some(c, 30, approval.Blocker, approval.Major, approval.Minor), Results: append(some(c, 30, approval.ResultMet, approval.ResultNotApplicable,
		approval.ResultPlanned, approval.ResultWaived), pick(c, approval.ResultNotMet, approval.ResultNeedsPanel, approval.ResultMet))}
	if c.of(20) {
		k.Requirements = []string{pick(c, s.Requirements...).ID}
	}
	if c.of(70) {
		k.AtLeast = n(1 + c.Intn(2))
	} else {
		k.Below = n(1 + c.Intn(3))
	}
	return k
}

// anyRules have no sense in them.
func (c chance) anyRules(s *approval.RequirementSet) []approval.SetRule {
	var out []approval.SetRule
	for i := range 1 + c.Intn(5) {
		out = append(out, approval.SetRule{ID: approval.Rule(fmt.Sprint("rule", i)), Outcome: pick(c, reject, unclear, with, alone), Text: anyText, When: c.condition(s, 2, true, true)})
	}
	return out
}

// soundRules go from strict to free, and what is not met or waits for a panel never helps.
func (c chance) soundRules(s *approval.RequirementSet) []approval.SetRule {
	var out []approval.SetRule
	bad := []approval.Result{approval.ResultNotMet, approval.ResultNeedsPanel}
	most := 3
	for i, o := range []approval.Outcome{reject, unclear, with, alone} {
		k := &approval.Count{Results: bad, Severities: nil, AtLeast: n(1 + c.Intn(3))}
		if o.Approves() {
			most = 1 + c.Intn(most)
			k.AtLeast, k.Below = nil, n(most)
		}
		parts := []approval.Condition{{Count: k}}
		if c.of(50) {
			parts = append(parts, *c.condition(s, 1, true, false))
		}
		out = append(out, approval.SetRule{ID: approval.Rule(fmt.Sprint("rule", i)), Outcome: o, Text: anyText, When: &approval.Condition{All: parts}})
	}
	return out
}

// declaration answers some of a set, well or badly.
func (c chance) declaration(s *approval.RequirementSet, known, well int) *declaration {
	d := &declaration{ID: "d", Set: s.Ref(), Submitted: "2026-11-01", Facts: map[string]approval.FactValue{}, Answers: map[string]approval.Answer{}}
	d.Tool.ID, d.Vendor.OrgNumber, d.Vendor.Name, d.SignedBy.Name = "sovn-steg", "999999999", "Søvnhjelp AS", "Kari"
	for _, id := range factList {
		if c.of(known) {
			d.Facts[id] = pick(c, domains[id]...)
		}
	}
	for _, r := range s.Requirements {
		if c.of(known) {
			c.answer(s, d, r, well)
		}
	}
	return d
}

func (c chance) answer(s *approval.RequirementSet, d *declaration, r approval.Requirement, well int) {
	a := pick(c, answers(s, d, r)...)
	if c.of(50) {
		a = answers(s, d, r)[0]
	}
	if !c.of(well) {
		c.spoil(d, &a)
	}
	if c.of(10) {
		a.Inherited = &approval.Origin{Declaration: "v", Until: pick[catalogue.Date](c, "2027-01-01", "2026-11-21")}
	}
	d.Answers[r.ID] = a
}

func (c chance) spoil(d *declaration, a *approval.Answer) {
	switch c.Intn(5) {
	case 0:
		a.Evidence = nil
	case 1:
		a.Answered, a.Explanation = nil, ""
	case 2:
		a.Status = pick(c, approval.Partial, approval.Alternative, approval.NotApplicable)
	default:
		if i := len(d.Evidence) - 1; i >= 0 {
			e := &d.Evidence[i]
			if c.of(30) {
				e.SHA256 = ""
			}
			e.Expires, e.Level, e.CheckedBy = pick[catalogue.Date](c, "", "2026-11-21", "2026-11-22"), pick(c, approval.Declared, approval.Documented, approval.Checked), ""
		}
	}
}

// answers are all that a requirement may get, with all that they need, the yes first.
func answers(s *approval.RequirementSet, d *declaration, r approval.Requirement) []approval.Answer {
	out := []approval.Answer{{Status: approval.Yes}, {Status: approval.No}}
	for _, n := range r.NotApplicable {
		out = append(out, approval.Answer{Status: approval.NotApplicable, Reason: n.Code})
	}
	for _, status := range r.Allowed {
		out = append(out, approval.Answer{Status: status, Explanation: "x", Due: "2027-01-01"})
		if status == approval.Planned {
			out = append(out, approval.Answer{Status: status, Due: "2027-12-01"})
		}
		if status == approval.Alternative {
			out = append(out, approval.Answer{Status: status, Explanation: "x", Evidence: []string{"none"}})
		}
	}
	d.Evidence = append(d.Evidence, approval.Evidence{ID: r.ID, Kind: "doc", Title: "x", Issued: "2026-10-01", Level: approval.ThirdParty, Issuer: "Kontroll AS", URL: "https://example.no", SHA256: pentest})
	for i := range out {
		if out[i].Evidence == nil {
			out[i].Evidence = []string{r.ID}
		}
		if s.Tracked {
			out[i].Answered = &approval.Answered{By: "Kari", At: decided.AddDate(0, 0, -22), Wording: r.Wording()}
		}
	}
	return out
}

func (c chance) waivers(s *approval.RequirementSet) []approval.Waiver {
	var out []approval.Waiver
	for _, r := range some(c, 25, s.Requirements...) {
		w := waiver
		w.Requirement, w.Until = r.ID, pick[catalogue.Date](c, "2026-11-21", "2026-11-22", "2027-06-01")
		out = append(out, w)
	}
	return out
}

// findings are about what is declared: mostly in its favour, and mostly such as count.
func (c chance) findings(s *approval.RequirementSet, d *declaration) []aFinding {
	var out []aFinding
	base := finds(d)
	add := func(edit func(*aFinding)) {
		f := base
		both2(edit, onDay(fmt.Sprint("f", len(out)), pick[catalogue.Date](c, "2026-11-10", "2026-11-10", "2026-11-22")))(&f)
		if c.of(5) {
			f = spoilt[c.Intn(len(spoilt))](f)
		}
		out = append(out, f)
	}
	for _, e := range d.Evidence {
		for range c.Intn(3) {
			add(about(e, pick(c, approval.ThirdParty, approval.ThirdParty, approval.Checked, approval.Checked, approval.Documented, approval.Declared)))
		}
	}
	for _, f := range s.Facts {
		for range c.Intn(4) {
			v, stated := d.Facts[f.ID]
			if !stated || c.of(20) {
				v = pick(c, domains[f.ID]...)
			}
			if f.Assessed || c.of(20) {
				add(ofFact(f.ID, v))
			}
		}
	}
	return out
}

// someFindings are none for most sets that ask for none: digests take long.
func (c chance) someFindings(s *approval.RequirementSet, d *declaration) []aFinding {
	if !asks(s) && c.of(80) {
		return nil
	}
	return c.findings(s, d)
}

// asks says whether a set asks for findings.
func asks(s *approval.RequirementSet) bool {
	return slices.ContainsFunc(s.Facts, func(f approval.Fact) bool { return f.Assessed }) ||
		slices.ContainsFunc(s.Requirements, func(r approval.Requirement) bool { return r.Evidence != nil && r.Evidence.Assessed })
}

// about makes a finding one about a piece of evidence.
func about(e approval.Evidence, l approval.Level) func(*aFinding) {
	return func(f *aFinding) { f.Evidence, f.SHA256, f.Level = e.ID, e.SHA256, l }
}

// spoilt are ways in which a finding does not count.
var spoilt = []func(aFinding) aFinding{
	func(f aFinding) aFinding { f.Declaration.ID = "other"; return f },
	func(f aFinding) aFinding { f.Declaration.SHA256 = approval.DigestOf([]byte(f.ID)); return f },
	func(f aFinding) aFinding { f.Day = "2026-10-31"; return f },
	func(f aFinding) aFinding { f.Day = "2026-11-23"; return f },
	func(f aFinding) aFinding {
		if f.Fact != "" {
			f.Value = "no such value"
		} else {
			f.SHA256 = approval.DigestOf([]byte(f.ID))
		}
		return f
	},
}

// rebound makes findings about a changed declaration.
func rebound(given []aFinding, before, now *declaration) []aFinding {
	if len(given) == 0 {
		return nil
	}
	was, is := finds(before).Declaration, finds(now).Declaration
	out := slices.Clone(given)
	for i := range out {
		if out[i].Declaration == was {
			out[i].Declaration = is
		}
	}
	return out
}
