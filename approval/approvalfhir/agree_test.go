package approvalfhir_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

var decided = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

// A renderer shows the questions of a requirement when our evaluation says that it applies, and hides them when it does not apply or
// nobody knows, whatever was answered.
func TestARendererShowsWhatApplies(t *testing.T) {
	total := tally{}
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, set := range released(t) {
		total.add(agree(t, rnd, set, underrace.Cases(100)))
	}
	total.add(agree(t, rnd, testSet(t), underrace.Cases(500)))
	for range 25 {
		total.add(agree(t, rnd, randomSet(t, rnd), underrace.Cases(30)))
	}
	t.Logf("%+v", total)
	assert.GreaterOrEqual(t, total.Responses, underrace.Cases(1400))
	assert.Greater(t, total.Shown, underrace.Cases(10_000))
	assert.Greater(t, total.Hidden, underrace.Cases(10_000))
	assert.Greater(t, total.Conditions, 400)
}

type tally struct{ Responses, Conditions, Lost, Shown, Hidden int }

func (t *tally) add(o tally) {
	t.Responses, t.Conditions, t.Lost = t.Responses+o.Responses, t.Conditions+o.Conditions, t.Lost+o.Lost
	t.Shown, t.Hidden = t.Shown+o.Shown, t.Hidden+o.Hidden
}

func agree(t *testing.T, rnd *rand.Rand, set *approval.RequirementSet, times int) (total tally) {
	t.Helper()
	bundle, losses := exported(t, set)
	form := forms(t, bundle)[rnd.IntN(3)]
	var asked []approval.Requirement
	for _, r := range set.Requirements {
		if lost := slices.ContainsFunc(losses, func(l approvalfhir.Loss) bool { return l.Requirement == r.ID && l.Code != approvalfhir.LossReason }); lost || r.Withdrawn {
			total.Lost++
		} else {
			asked = append(asked, r)
		}
		if r.When != nil {
			total.Conditions++
		}
	}
	for range times {
		d := randomDeclaration(rnd, set)
		total.Responses++
		shown := renderer{form, rendered(set, d)}.settle()
		maps.DeleteFunc(d.Answers, func(id string, _ approval.Answer) bool { return !shown["status."+id] }) // as the renderer sends it
		known := answers(t, d, set)
		for _, r := range asked {
			applies := r.When.HoldsWith(d.Facts, known) == approval.True
			if !assert.Equal(t, applies, shown["status."+r.ID], "%s %s %s\n%v %v", set.ID, r.ID, condition(t, r), d.Facts, known) {
				t.FailNow()
			}
			if applies {
				total.Shown++
			} else {
				total.Hidden++
			}
		}
	}
	return total
}

// answers are those that count for our evaluation: what does not apply counts as not-applicable.
func answers(t *testing.T, d *approval.SelfDeclaration, set *approval.RequirementSet) map[string]approval.Answer {
	t.Helper()
	decision, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	out := map[string]approval.Answer{}
	for _, r := range decision.Reasons {
		given, has := d.Answers[r.Requirement]
		switch {
		case r.Result == approval.ResultNotApplicable:
			out[r.Requirement] = approval.Answer{Status: approval.NotApplicable}
		case has:
			out[r.Requirement] = given
		}
	}
	return out
}

// rendered is what a declaration answers, as a renderer has it.
func rendered(set *approval.RequirementSet, d *approval.SelfDeclaration) map[string][]any {
	out := map[string][]any{}
	coding := func(system, code string) any { return object{"system": approvalfhir.Namespace + system, "code": code} }
	for id, v := range d.Facts {
		switch v := v.(type) {
		case string:
			out["fact."+id] = []any{coding("fact/"+set.ID+"/"+id, v)}
		case []string:
			for _, code := range v {
				out["fact."+id] = append(out["fact."+id], coding("fact/"+set.ID+"/"+id, code))
			}
			if len(v) == 0 {
				out["fact."+id] = []any{coding("none", "none")}
			}
		case int:
			out["fact."+id] = []any{float64(v)}
		default:
			out["fact."+id] = []any{v}
		}
	}
	for id, a := range d.Answers {
		out["status."+id] = []any{coding("status", string(a.Status))}
	}
	return out
}

// randomDeclaration answers four of five questions.
func randomDeclaration(rnd *rand.Rand, set *approval.RequirementSet) *approval.SelfDeclaration {
	d := &approval.SelfDeclaration{ID: "d", Set: set.Ref(), Submitted: "2026-11-01", SignedBy: approval.Signatory{Name: "Kari Nordmann"},
		Facts: map[string]approval.FactValue{}, Answers: map[string]approval.Answer{},
		Evidence: []approval.Evidence{{ID: "e1", Kind: "report", Title: "Rapport", Issued: "2026-10-01"}}}
	d.Tool.ID, d.Vendor.OrgNumber, d.Vendor.Name = "sovn-steg", "999999999", "Søvnhjelp AS"
	for _, f := range set.Facts {
		if rnd.IntN(5) > 0 {
			d.Facts[f.ID] = randomValue(rnd, f)
		}
	}
	for _, r := range set.Requirements {
		statuses := append([]approval.Status{approval.Yes, approval.No}, r.Allowed...)
		if len(r.NotApplicable) > 0 {
			statuses = append(statuses, approval.NotApplicable)
		}
		if rnd.IntN(5) > 0 && !r.Withdrawn {
			d.Answers[r.ID] = usable(r, statuses[rnd.IntN(len(statuses))])
		}
	}
	return d
}

// usable is an answer that counts: the last reason of a requirement has no condition.
func usable(r approval.Requirement, s approval.Status) approval.Answer {
	a := approval.Answer{Status: s, Answered: &approval.Answered{By: "Ola", At: answeredAt, Wording: r.Wording()}}
	switch s {
	case approval.NotApplicable:
		a.Reason = r.NotApplicable[len(r.NotApplicable)-1].Code
	case approval.Planned:
		a.Due = "2027-02-01"
	}
	a.Explanation = "Fordi."
	if r.Evidence != nil {
		a.Evidence = []string{"e1"}
	}
	return a
}

func randomValue(rnd *rand.Rand, f approval.Fact) approval.FactValue {
	switch f.Type {
	case approval.TypeBoolean:
		return rnd.IntN(2) == 0
	case approval.TypeNumber:
		return []int{0, 12, 13, 15, 16, 17, 18, 66, 67, 120}[rnd.IntN(10)]
	case approval.TypeChoice:
		return f.Choices[rnd.IntN(len(f.Choices))].Code
	}
	codes := []string{}
	for _, c := range f.Choices {
		if rnd.IntN(2) == 0 {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// randomSet is the test set with conditions nobody would write, each about facts and about requirements before.
func randomSet(t *testing.T, rnd *rand.Rand) *approval.RequirementSet {
	t.Helper()
	data, err := os.ReadFile("testdata/form@1.0.0.json")
	require.NoError(t, err)
	var set object
	require.NoError(t, json.Unmarshal(data, &set))
	var before []object
	for _, each := range set["requirements"].([]any) {
		r := each.(object)
		delete(r, "when")
		if rnd.IntN(4) > 0 {
			r["when"] = randomCondition(rnd, before, 3)
		}
		if r["withdrawn"] == nil {
			before = append(before, r)
		}
	}
	data, err = json.Marshal(set)
	require.NoError(t, err)
	out, err := approval.ParseRequirementSet(data)
	require.NoError(t, err)
	return out
}

func randomCondition(rnd *rand.Rand, before []object, depth int) object {
	kind := rnd.IntN(4)
	switch {
	case depth == 0 || kind == 0:
		return randomLeaf(rnd, before)
	case kind == 1:
		return object{"not": randomCondition(rnd, before, depth-1)}
	}
	parts := []any{}
	for range 1 + rnd.IntN(3) {
		parts = append(parts, randomCondition(rnd, before, depth-1))
	}
	return object{[]string{"all", "any"}[kind-2]: parts}
}

func randomLeaf(rnd *rand.Rand, before []object) object {
	leaves := []string{
		`{"fact":"guidance","in":["guided"]}`, `{"fact":"guidance","in":["guided","both"]}`, `{"fact":"login","in":["true"]}`,
		`{"fact":"login","in":["false"]}`, `{"fact":"platforms","in":["web"]}`, `{"fact":"platforms","in":["mobile","none"]}`,
		`{"fact":"minimumAge","below":16}`, `{"fact":"minimumAge","atLeast":13,"below":67}`, `{"fact":"minimumAge","atLeast":18}`,
	}
	if at := rnd.IntN(len(leaves) + 4); at >= len(leaves) && len(before) > 0 {
		r := before[rnd.IntN(len(before))]
		return object{"answer": r["id"], "status": randomStatuses(rnd, r)}
	}
	var out object
	if err := json.Unmarshal([]byte(leaves[rnd.IntN(len(leaves))]), &out); err != nil {
		panic(fmt.Sprint(err))
	}
	return out
}

// randomStatuses are some that the requirement allows.
func randomStatuses(rnd *rand.Rand, r object) []any {
	all := []any{"yes", "no"}
	if more, has := r["allowed"].([]any); has {
		all = append(all, more...)
	}
	if r["notApplicable"] != nil {
		all = append(all, "not-applicable")
	}
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+rnd.IntN(len(all))]
}

func condition(t *testing.T, r approval.Requirement) string {
	t.Helper()
	text, err := json.Marshal(r.When)
	require.NoError(t, err)
	return string(text)
}
