package approval

import (
	"errors"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// ErrNoAim: the wanted outcome is none that a decision can come to by rules.
var ErrNoAim = errors.New("approval: want an outcome that rules can lead to")

// StepKind says what is to be done.
type StepKind string

// The kinds of changes.
const (
	StepAnswer      StepKind = "answer"      // answer a requirement, with evidence where it is asked for
	StepEvidence    StepKind = "evidence"    // the answer stays, with new evidence
	StepPanel       StepKind = "panel"       // the panel of experts must accept an answer
	StepFact        StepKind = "fact"        // answer a question about the tool
	StepWaiver      StepKind = "waiver"      // obtain a waiver of a requirement
	StepDeclaration StepKind = "declaration" // put right the declaration itself
	StepFinding     StepKind = "finding"     // an assessor must find that evidence is good enough, or that a fact is right
)

// Step is one thing to do.
type Step struct {
	Kind StepKind `json:"kind"`
	// Requirement is its id; empty for facts and the declaration.
	Requirement string `json:"requirement,omitempty"`
	// Status is the answer to give.
	Status Status `json:"status,omitempty"`
	// Evidence are the kinds of which one is needed, Level what it must prove.
	Evidence []string `json:"evidence,omitempty"`
	Level    Level    `json:"level,omitempty"`
	// Fact and Value are the question and its answer.
	Fact  string    `json:"fact,omitempty"`
	Value FactValue `json:"value,omitempty"`
	// Declared marks a fact that the vendor has stated differently. It may be
	// changed only if what was stated is wrong.
	Declared bool           `json:"declared,omitempty"`
	Text     catalogue.Text `json:"text"`
}

// StepSet is a set of changes that together lead to an outcome. Without any
// one of them they do not.
type StepSet struct {
	Steps []Step `json:"steps"`
}

// Bounds of the search.
const (
	mostStepSets    = 5
	mostAssignments = 300
	mostAttempts    = 1000
)

// WhyNot says what would have to change for the outcome to be want: at most five
// sets of changes, the smallest first. Each was tried out, and none of its
// changes can be left out. There may be others, and smaller ones: the search is
// bounded. None are given if the outcome is want already, or if nothing was
// found. A fact that is stated already is only changed where nothing else helps,
// and the change is then marked. Whether a change is true or possible is not
// known here: it is advice about the rules, not about the tool.
//
// The errors are those of [Evaluate], and [ErrNoAim].
func WhyNot(d *SelfDeclaration, set *RequirementSet, at time.Time, want Outcome, waivers ...Waiver) ([]StepSet, error) {
	return Input{Declaration: d, Set: set, At: at, Waivers: waivers}.WhyNot(want)
}

// WhyNot is the function [WhyNot] with the findings of assessors, and the errors
// of [Input.Evaluate] besides. Where the declaration must change, its findings
// must be made again about the changed one: here they are taken to be the same,
// and what is new is taken to be as good as an assessor can find it, where the
// step for that is among those given.
func (in Input) WhyNot(want Outcome) ([]StepSet, error) {
	if !slices.Contains(byStrictness, want) {
		return nil, ErrNoAim
	}
	a, err := in.begin()
	if err != nil {
		return nil, err
	}
	if a.verdict(a.read()).outcome == want {
		return nil, nil
	}
	s := &seeker{start: a, want: want}
	s.search()
	return s.worded(), nil
}

// seeker looks for changes that lead to an outcome.
type seeker struct {
	start *assessment
	want  Outcome
	found [][]Step
}

// search goes from everything that could help to what is needed, and stays in
// the first stage that leads there.
func (s *seeker) search() {
	first := 0
	for stage, all := range s.attempts() {
		if len(s.found) > 0 && stage > first || len(s.found) >= mostStepSets {
			break
		}
		if s.take(all); len(s.found) > 0 && first == 0 {
			first = stage
			s.vary(all)
		}
	}
	slices.SortStableFunc(s.found, func(a, b []Step) int { return len(a) - len(b) })
}

// take keeps what is needed of a list of changes, if they lead there at all.
func (s *seeker) take(all []Step) {
	if len(s.found) >= mostStepSets || !s.reaches(all) {
		return
	}
	needed := s.reduced(all)
	if !slices.ContainsFunc(s.found, func(known []Step) bool { return sameSteps(known, needed) }) {
		s.found = append(s.found, needed)
	}
}

// vary looks for other ways, each without one of the changes that were found first.
func (s *seeker) vary(all []Step) {
	for _, c := range s.found[0] {
		s.take(slices.DeleteFunc(slices.Clone(all), func(other Step) bool { return c.same(other) }))
	}
}

func (s *seeker) reaches(changes []Step) bool {
	a := s.start.changed(changes)
	return a.verdict(a.read()).outcome == s.want
}

// reduced leaves out, from the last to the first, what is not needed, until nothing can be.
func (s *seeker) reduced(changes []Step) []Step {
	for again := true; again; {
		again = false
		for i := len(changes) - 1; i >= 0; i-- {
			fewer := slices.Delete(slices.Clone(changes), i, i+1)
			if s.reaches(fewer) {
				changes, again = fewer, true
			}
		}
	}
	return changes
}

func (c Step) same(other Step) bool {
	return c.Kind == other.Kind && c.Requirement == other.Requirement && c.Status == other.Status && c.Fact == other.Fact && sameValue(c.Value, other.Value)
}

func sameSteps(a, b []Step) bool { return slices.EqualFunc(a, b, Step.same) }

func sameValue(a, b FactValue) bool {
	x, list := a.([]string)
	y, lists := b.([]string)
	if list || lists {
		return list && lists && slices.Equal(x, y)
	}
	return a == b
}
