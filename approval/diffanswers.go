package approval

import (
	"reflect"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// answers compares in the order of the set, and then answers to what the set does not know.
func (d *diff) answers() {
	for _, id := range inOrder(d.set.requirementIDs(), d.a.Answers, d.b.Answers) {
		d.answer(id)
	}
}

func (d *diff) answer(id string) {
	before, had := d.a.Answers[id]
	after, has := d.b.Answers[id]
	r, _ := d.set.Requirement(id)
	r.ID = id
	switch {
	case !had:
		d.addAnswer(r, AddedAnswer, "", r.ifWeighty(&becauseStatus))
	case !has:
		d.addAnswer(r, RemovedAnswer, "", r.ifWeighty(&becauseStatus))
	default:
		d.members(r, before, after)
	}
}

// members compares two answers member by member.
func (d *diff) members(r Requirement, a, b Answer) {
	if a.Status != b.Status {
		d.addAnswer(r, ChangedStatus, "status", r.ifWeighty(&becauseStatus))
	}
	if a.Reason != b.Reason {
		d.addAnswer(r, ChangedReason, "reason", r.ifWeighty(&becauseReason))
	}
	if a.Explanation != b.Explanation {
		d.addAnswer(r, ChangedExplanation, "explanation", r.explains(a, b))
	}
	if a.Due != b.Due {
		d.addAnswer(r, ChangedDue, "due", r.ifWeighty(&becauseDue))
	}
	if !sameIDs(a.Evidence, b.Evidence) {
		d.addAnswer(r, ChangedReferences, "evidence", r.loses(a, b))
	}
	if !reflect.DeepEqual(moment(a.Answered), moment(b.Answered)) {
		d.addAnswer(r, ChangedAnswered, "answered", nil)
	}
	if !reflect.DeepEqual(a.Inherited, b.Inherited) {
		d.addAnswer(r, ChangedOrigin, "inherited", nil)
	}
}

func (d *diff) addAnswer(r Requirement, kind ChangeKind, member string, because *phrase) {
	at := strictjson.Pointer("answers", r.ID)
	if member != "" {
		at += strictjson.Pointer(member)
	}
	d.add(Change{Kind: kind, Requirement: r.ID, Pointer: at}, because, called(r.ID, r.Title))
}

// explains: what an alternative does instead stands in its explanation.
func (r Requirement) explains(a, b Answer) *phrase {
	if a.Status != Alternative && b.Status != Alternative {
		return nil
	}
	return r.ifWeighty(&becauseAlternative)
}

// loses: a blocker no longer points to something that it rested on.
func (r Requirement) loses(a, b Answer) *phrase {
	lost := slices.ContainsFunc(a.Evidence, func(id string) bool { return !slices.Contains(b.Evidence, id) })
	if !lost || !r.rests() {
		return nil
	}
	return &becauseEvidence
}

func (r Requirement) rests() bool { return r.Severity == Blocker && !r.Withdrawn }

// sameIDs compares without regard to order and repetition.
func sameIDs(a, b []string) bool {
	in := func(list []string) func(string) bool {
		return func(id string) bool { return !slices.Contains(list, id) }
	}
	return !slices.ContainsFunc(a, in(b)) && !slices.ContainsFunc(b, in(a))
}

// moment takes the zone out, so that one moment is one value.
func moment(a *Answered) Answered {
	if a == nil {
		return Answered{}
	}
	c := *a
	c.At = c.At.UTC()
	return c
}

// called is an id with its title, if there is one: “A-1 «Title»”.
func called(id string, title catalogue.Text) catalogue.Text {
	if len(title) == 0 {
		return catalogue.Text{"nb": id, "nn": id, "en": id}
	}
	return sayNamed.text(id, title)
}
