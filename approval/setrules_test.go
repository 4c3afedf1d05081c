package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func words(s string) document { return document{"nb": s, "nn": s, "en": s} }

func rule(id string, outcome approval.Outcome, when document) document {
	r := document{"id": id, "outcome": string(outcome), "text": words("because of " + id)}
	if when != nil {
		r["when"] = when
	}
	return r
}

func ruled(rules ...any) func(document) { return func(d document) { d["rules"] = rules } }

func counts(c document) document { return document{"count": c} }

func says(id string, statuses ...any) document { return document{"answer": id, "status": statuses} }

func onRequirement(i int, edit func(document)) func(document) {
	return func(d document) { edit(item(d, "requirements", i)) }
}

func inTurn(edits ...func(document)) func(document) {
	return func(d document) {
		for _, edit := range edits {
			edit(d)
		}
	}
}

// Each case makes one mistake in what sets of the second form may have, and one problem comes of it.
func TestSecondFormMistakes(t *testing.T) {
	notMet := document{"results": []any{"not-met"}, "atLeast": 1}
	member := func(name string, v any) func(document) { return func(d document) { d[name] = v } }
	raise := func(when any) func(document) {
		return func(d document) {
			one := document{"minLevel": "checked"}
			if when != nil {
				one["when"] = when
			}
			part(item(d, "requirements", 1), "evidence")["raised"] = []any{one}
		}
	}
	cases := []struct {
		name, pointer, code string
		edit                func(document)
	}{
		{"ends before it begins", "/validTo", "contradiction", member("validTo", "2025-12-31")},
		{"group twice", "/groups/1/id", "repeated", inTurn(member("groups", []any{
			document{"id": "general", "title": words("a")}, document{"id": "general", "title": words("b")}}), allInGroup("general"))},
		{"half a heading", "/groups/0/title/nn", "missing-member", inTurn(member("groups", []any{
			document{"id": "general", "title": document{"nb": "a", "en": "a"}}}), allInGroup("general"))},
		{"unknown group", "/requirements/3/group", "unknown", inTurn(member("groups", []any{
			document{"id": "general", "title": words("a")}}), allInGroup("general"), onRequirement(3, member("group", "other")))},
		{"over before it is in force", "/requirements/0/until", "contradiction", onRequirement(0, inTurn(member("from", "2027-01-01"), member("until", "2026-12-31")))},
		{"replaced but not withdrawn", "/requirements/0/replacedBy", "contradiction", onRequirement(0, member("replacedBy", []any{"A-2"}))},
		{"replaced by nothing known", "/requirements/0/replacedBy/1", "unknown", onRequirement(0, inTurn(member("withdrawn", true), member("replacedBy", []any{"A-2", "X-1"})))},
		{"replaced by itself", "/requirements/0/replacedBy/0", "unknown", onRequirement(0, inTurn(member("withdrawn", true), member("replacedBy", []any{"A-1"})))},
		{"a status that follows from the reasons", "/requirements/0/allowed/0", "not-allowed", onRequirement(0, member("allowed", []any{"not-applicable"}))},
		{"an unknown level", "/requirements/1/evidence/minLevel", "not-allowed", func(d document) { part(item(d, "requirements", 1), "evidence")["minLevel"] = "sworn" }},
		{"raised without a condition", "/requirements/1/evidence/raised/0/when", "missing-member", raise(nil)},
		{"raised by an answer", "/requirements/1/evidence/raised/0/when/answer", "contradiction", raise(says("A-1", "yes"))},
		{"raised by a count", "/requirements/1/evidence/raised/0/when/count", "contradiction", raise(counts(notMet))},
		{"raised by an unknown fact", "/requirements/1/evidence/raised/0/when/fact", "unknown", raise(document{"fact": "colour", "in": []any{"blue"}})},
		{"guidance by an answer", "/guidedOnly/answer", "contradiction", member("guidedOnly", says("A-1", "yes"))},
		{"a requirement that counts", "/requirements/0/when/count", "contradiction", when(counts(notMet))},
		{"a reason that counts", "/requirements/4/notApplicable/0/when/count", "contradiction", func(d document) {
			item(item(d, "requirements", 4), "notApplicable", 0)["when"] = counts(notMet)
		}},
		{"an answer to nothing", "/requirements/0/when/answer", "unknown", when(says("X-1", "yes"))},
		{"an answer without statuses", "/requirements/0/when", "bad-value", when(document{"answer": "A-2"})},
		{"statuses without an answer", "/requirements/0/when", "bad-value", when(document{"status": []any{"yes"}})},
		{"an answer that cannot be", "/requirements/0/when/status/1", "not-allowed", when(says("A-2", "yes", "planned"))},
		{"asks itself", "/requirements/0/when/any/0/answer", "contradiction", when(document{"any": []any{says("A-1", "yes")}})},
		{"asks in a circle", "/requirements/3/notApplicable/0/when/answer", "contradiction", inTurn(when(says("B-1", "yes")), onRequirement(3,
			member("notApplicable", []any{document{"code": "x", "text": words("x"), "when": says("A-1", "yes")}})))},
		{"rule twice", "/rules/1/id", "repeated", ruled(rule("a", reject, nil), rule("a", reject, nil))},
		{"half a text", "/rules/0/text/nn", "missing-member", ruled(document{"id": "a", "outcome": "rejected", "text": document{"nb": "x", "en": "x"}})},
		{"a rule that leaves it open", "/rules/0/outcome", "not-allowed", ruled(rule("a", approval.Incomplete, nil))},
		{"a rule by a name that is taken", "/rules/0/id", "not-allowed", ruled(rule("unanswered", reject, nil))},
		{"a default that approves", "/default", "not-allowed", member("default", "approved-with-therapist")},
		{"a count of nothing", "/rules/0/when/count", "bad-value", ruled(rule("a", reject, counts(document{"results": []any{"met"}})))},
		{"a count that never holds", "/rules/0/when/count/below", "out-of-range", ruled(rule("a", reject, counts(document{"results": []any{"met"}, "atLeast": 3, "below": 3})))},
		{"a count of no results", "/rules/0/when/count/results", "too-few", ruled(rule("a", reject, counts(document{"results": []any{}, "atLeast": 3})))},
		{"a count of what is open", "/rules/0/when/count/results/1", "not-allowed", ruled(rule("a", reject, counts(document{"results": []any{"met", "unanswered"}, "atLeast": 3})))},
		{"a count of an unknown result", "/rules/0/when/count/results/0", "not-allowed", ruled(rule("a", reject, counts(document{"results": []any{"good"}, "atLeast": 3})))},
		{"a count of an unknown severity", "/rules/0/when/count/severities/0", "not-allowed", ruled(rule("a", reject, counts(document{"results": []any{"met"}, "severities": []any{"fatal"}, "below": 3})))},
		{"a count of an unknown requirement", "/rules/0/when/count/requirements/0", "unknown", ruled(rule("a", reject, counts(document{"results": []any{"met"}, "requirements": []any{"X-1"}, "below": 3})))},
		{"a rule on an unknown fact", "/rules/0/when/not/fact", "unknown", ruled(rule("a", reject, document{"not": document{"fact": "colour", "in": []any{"blue"}}}))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", c.edit))
			require.ErrorIs(t, err, approval.ErrInvalid)
			var e *approval.SetError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []found{{c.pointer, "", c.code}}, places(e.Problems), "%v", err)
			assert.Nil(t, set)
		})
	}
}

func allInGroup(id string) func(document) {
	return func(d document) {
		for i := range d["requirements"].([]any) {
			item(d, "requirements", i)["group"] = id
		}
	}
}

// What looks like a mistake and is none.
func TestSecondFormIsRead(t *testing.T) {
	cases := map[string]func(document){
		"rules out of order":                 ruled(rule("a", alone, counts(document{"results": []any{"not-met"}, "below": 1})), rule("b", reject, nil)),
		"two ask about the same answer":      inTurn(when(says("A-3", "yes")), onRequirement(1, func(d document) { d["when"] = says("A-3", "no") })),
		"one asks by two ways":               inTurn(when(document{"any": []any{says("A-2", "yes"), says("A-3", "yes")}}), onRequirement(1, func(d document) { d["when"] = says("A-3", "no") })),
		"withdrawn without one that follows": onRequirement(0, func(d document) { d["withdrawn"] = true }),
		"in force for one day":               onRequirement(0, func(d document) { d["from"], d["until"] = "2027-01-01", "2027-01-01" }),
		"a planned answer is asked about":    inTurn(when(says("A-2", "planned")), onRequirement(1, func(d document) { d["allowed"] = []any{"planned"} })),
	}
	for name, edit := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", edit))
			require.NoError(t, err)
		})
	}
}

func TestHoldsWith(t *testing.T) {
	type c = approval.Condition
	asks := func(id string, statuses ...approval.Status) c { return c{Answer: id, Status: statuses} }
	answers := map[string]approval.Answer{"A": {Status: approval.Yes}, "B": {Status: approval.Partial}}
	one := 1
	cases := []struct {
		name      string
		cond      c
		want, raw approval.Truth
	}{
		{"answered so", asks("A", approval.No, approval.Yes), approval.True, approval.Unknown},
		{"answered otherwise", asks("B", approval.Yes), approval.False, approval.Unknown},
		{"not answered", asks("C", approval.Yes), approval.Unknown, approval.Unknown},
		{"not answered, turned", c{Not: &c{Answer: "C", Status: []approval.Status{approval.Yes}}}, approval.Unknown, approval.Unknown},
		{"turned", c{Not: &c{Answer: "B", Status: []approval.Status{approval.Yes}}}, approval.True, approval.Unknown},
		{"with a fact", c{All: []c{yes, asks("A", approval.Yes)}}, approval.True, approval.Unknown},
		{"with a fact that decides", c{All: []c{never, asks("A", approval.Yes)}}, approval.False, approval.False},
		{"a count", c{Count: &approval.Count{Results: []approval.Result{approval.ResultMet}, AtLeast: &one}}, approval.Unknown, approval.Unknown},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			assert.Equal(t, tc.want, tc.cond.HoldsWith(facts, answers))
			assert.Equal(t, tc.raw, tc.cond.Holds(facts))
		})
	}
}
