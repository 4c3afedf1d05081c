package approval_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// short is a change in a few signs.
func short(c approval.Step) string {
	s := string(c.Kind) + " " + c.Requirement + c.Fact
	if c.Kind == approval.StepAnswer {
		s += " " + string(c.Status)
	}
	if c.Fact != "" {
		s += "=" + encodeValue(c.Value)
	}
	if c.Declared {
		s += "!"
	}
	return s
}

func encodeValue(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, _ := json.Marshal(v)
	return string(data)
}

func shorts(sets []approval.StepSet) [][]string {
	var out [][]string
	for _, s := range sets {
		var one []string
		for _, c := range s.Steps {
			one = append(one, short(c))
		}
		out = append(out, one)
	}
	return out
}

// takeStep does what a change says, with the public types alone.
func takeStep(d *declaration, c approval.Step) []approval.Waiver {
	switch c.Kind {
	case approval.StepFact:
		d.Facts[c.Fact] = c.Value
	case approval.StepWaiver:
		w := waiver
		w.Requirement = c.Requirement
		return []approval.Waiver{w}
	case approval.StepDeclaration:
		d.SignedBy.Name, d.Submitted = "Kari Nordmann", "2026-11-22"
	case approval.StepAnswer, approval.StepEvidence:
		a := approval.Answer{Status: c.Status}
		if len(c.Evidence) > 0 {
			d.Evidence = append(d.Evidence, approval.Evidence{ID: "x" + c.Requirement, Kind: c.Evidence[0], Title: "x", Issued: d.Submitted,
				Level: c.Level, URL: "https://example.no", CheckedBy: "Ola", Issuer: "Kontroll AS"})
			a.Evidence = []string{"x" + c.Requirement}
		}
		d.Answers[c.Requirement] = a
	}
	return nil
}

func TestWhyNot(t *testing.T) {
	levels := raised("checked", document{"fact": "login", "in": []any{"true"}})
	cases := []struct {
		name string
		set  []func(document)
		edit func(*declaration)
		want approval.Outcome
		sets [][]string
	}{
		{"as it is", nil, nil, alone, nil},
		{"one blocker", nil, answer("A-1", no), alone, [][]string{{"answer A-1 yes"}, {"waiver A-1"}}},
		{"a blocker and a major", nil, both(answer("A-1", no), answer("A-2", no)), alone,
			[][]string{{"answer A-1 yes", "answer A-2 yes"}, {"answer A-2 yes", "waiver A-1"}, {"answer A-1 yes", "waiver A-2"}}},
		{"a minor is not in the way", nil, both(answer("A-1", no), answer("A-3", no)), alone, [][]string{{"answer A-1 yes"}, {"waiver A-1"}}},
		{"an answer is missing", nil, drop("A-3"), alone, [][]string{{"answer A-3 yes"}}},
		{"evidence is over", nil, func(d *declaration) { d.Evidence[1].Expires = "2026-11-21" }, alone, [][]string{{"evidence B-1"}}},
		{"evidence proves too little", []func(document){levels}, nil, alone, [][]string{{"evidence A-2"}}},
		{"the panel", nil, forPanel, alone, [][]string{{"panel C-1"}}},
		{"the panel and an answer", nil, both(forPanel, drop("C-1")), alone, [][]string{{"panel C-1", "answer C-1 yes"}}},
		{"a question is open", nil, forget("guidance"), alone, [][]string{{"fact guidance=unguided"}, {"fact guidance=both"}}},
		{"a question is open, the other way", nil, forget("guidance"), with, [][]string{{"fact guidance=guided"}}},
		{"a number is open", nil, forget("minimumAge"), alone, [][]string{{"fact minimumAge=16"}}},
		{"only another fact helps", nil, guided, alone, [][]string{{"fact guidance=unguided!"}, {"fact guidance=both!"}}},
		{"another fact and an answer", nil, both(guided, answer("A-1", no)), alone, [][]string{{"fact guidance=unguided!", "answer A-1 yes"}, {"fact guidance=unguided!", "waiver A-1"}, {"fact guidance=both!", "answer A-1 yes"}}},
		{"nobody signed", nil, func(d *declaration) { d.SignedBy.Name = "" }, alone, [][]string{{"declaration "}}},
		{"down to a review", nil, nil, unclear, [][]string{{"answer A-2 no"}, {"answer B-2 no"}, {"answer D-1 no"}}},
		{"down to a rejection", nil, nil, reject, [][]string{{"answer A-1 no"}, {"answer B-1 no"}}},
		{"up to a review", nil, both(forPanel, drop("A-3")), unclear, [][]string{{"answer A-3 yes"}}},
		{"nothing leads there", []func(document){ruled(rule("all", reject, nil))}, nil, alone, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set := setOf(t, c.set...)
			d := good(t, small(t), c.edit)
			before := encode(t, d)
			found, err := approval.WhyNot(d, set, decided, c.want)
			require.NoError(t, err)
			assert.Equal(t, c.sets, shorts(found))
			assert.Equal(t, before, encode(t, d))
			for _, s := range found {
				leadsThere(t, set, d, s, c.want)
			}
		})
	}
}

// leadsThere makes the changes of a set, and all but each one.
func leadsThere(t *testing.T, set *approval.RequirementSet, d *declaration, s approval.StepSet, want approval.Outcome) {
	t.Helper()
	assert.Equal(t, want, after(t, set, d, s.Steps))
	for i, c := range s.Steps {
		assert.NotEqual(t, want, after(t, set, d, without(s.Steps, i)), "without %s", short(c))
		wordedInThree(t, c.Text)
	}
}

// after is the outcome when changes are made. A panel is taken to accept what it has before it.
func after(t *testing.T, set *approval.RequirementSet, d *declaration, changes []approval.Step) approval.Outcome {
	t.Helper()
	d = clone(d)
	var waivers []approval.Waiver
	panel := map[string]bool{}
	for _, c := range changes {
		waivers = append(waivers, takeStep(d, c)...)
		panel[c.Requirement] = panel[c.Requirement] || c.Kind == approval.StepPanel
	}
	dec, err := approval.Evaluate(d, set, decided, waivers...)
	require.NoError(t, err)
	for _, r := range dec.Reasons {
		if r.Result == approval.ResultNeedsPanel && !panel[r.Requirement] {
			return dec.Outcome
		}
	}
	if dec.Outcome != unclear || !slices.ContainsFunc(changes, func(c approval.Step) bool { return c.Kind == approval.StepPanel }) {
		return dec.Outcome
	}
	out, err := board().Review(dec, votes(alone, alone, alone), "2026-12-01", met)
	require.NoError(t, err)
	return out.Outcome
}

func TestWhyNotInTrackedSets(t *testing.T) {
	set := setOf(t, sets("tracked", true))
	found, err := approval.WhyNot(good(t, small(t), nil), set, decided, alone)
	require.NoError(t, err)
	require.Len(t, found, 1)
	assert.Len(t, found[0].Steps, 6, "every answer must be given anew")
}

func TestWhyNotRefuses(t *testing.T) {
	d, set := good(t, small(t), nil), small(t)
	for _, want := range []approval.Outcome{"", approval.Incomplete, "approved"} {
		_, err := approval.WhyNot(d, set, decided, want)
		require.ErrorIs(t, err, approval.ErrNoAim)
	}
	_, err := approval.WhyNot(nil, set, decided, alone)
	require.ErrorIs(t, err, approval.ErrNoDeclaration)
	_, err = approval.WhyNot(d, set, time.Time{}, alone)
	require.ErrorIs(t, err, approval.ErrNoTime)
}

// An empty draft of the largest set is answered too, within bounds.
func TestWhyNotOfAnEmptyDraft(t *testing.T) {
	set := sixty(t)
	d := complete(set)(func(d *declaration) { d.Facts, d.Answers, d.Evidence = nil, nil, nil })
	found, err := approval.WhyNot(d, set, decided, alone)
	require.NoError(t, err)
	require.NotEmpty(t, found)
	assert.LessOrEqual(t, len(found), 5)
	for _, c := range found[0].Steps {
		wordedInThree(t, c.Text)
	}
	again, err := approval.WhyNot(d, set, decided, alone)
	require.NoError(t, err)
	assert.Equal(t, encode(t, found), encode(t, again))
}
