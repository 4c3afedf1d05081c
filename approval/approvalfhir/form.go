package approvalfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// FHIR's types of items.
const (
	kindGroup      = "group"
	kindDisplay    = "display"
	kindChoice     = "choice"
	kindOpenChoice = "open-choice"
	kindBoolean    = "boolean"
	kindInteger    = "integer"
	kindString     = "string"
	kindText       = "text"
	kindDate       = "date"
	kindURL        = "url"
	kindAttachment = "attachment"
)

// form is what is asked, in all languages at once. What a set asks stands in it once, so that the languages cannot differ in more than
// words.
type form struct {
	set   *approval.RequirementSet
	items []item
	lost  []Loss
	// asks are the conditions of requirements, and what is not so, by id: others ask for them again and again.
	asks map[asking]turned
}

type asking struct {
	id  string
	not bool
}

// turned is a condition as clauses, or the code of what cannot be said.
type turned struct {
	clauses []clause
	code    string
}

// item is a heading or a question.
type item struct {
	id       string // linkId
	kind     string
	prefix   string
	text     catalogue.Text
	required bool
	repeats  bool
	help     bool
	options  []option
	// when says when the item is shown; nil is always.
	when *level
	// min and max bound a number.
	min, max *int
	// pattern is a regular expression that the answer must match, and wanted says it in words.
	pattern string
	wanted  catalogue.Text
	items   []item
}

// option is a code that may be chosen.
type option struct {
	system, code string
	text         catalogue.Text
}

// newForm reads the set as its file said it: it asks nothing that decisions do not look at.
func newForm(set *approval.RequirementSet) *form {
	f := &form{set: set, asks: map[asking]turned{}}
	f.items = []item{declarationItems(), f.facts()}
	f.items = append(f.items, f.groups()...)
	f.items = append(f.items, f.documents())
	return f
}

func (f *form) facts() item {
	group := item{id: "facts", kind: kindGroup, text: textFacts}
	for _, fact := range f.set.Facts {
		group.items = append(group.items, f.fact(fact))
	}
	return group
}

func (f *form) fact(fact approval.Fact) item {
	q := item{id: factItem(fact.ID), text: fact.Question, required: true}
	switch fact.Type {
	case approval.TypeBoolean:
		q.kind = kindBoolean
	case approval.TypeNumber:
		q.kind, q.min, q.max = kindInteger, fact.Min, fact.Max
	default:
		q.kind = kindChoice
		for _, c := range fact.Choices {
			q.options = append(q.options, option{f.factSystem(fact.ID), c.Code, c.Text})
		}
	}
	if fact.Type == approval.TypeChoices {
		q.repeats = true
		q.options = append(q.options, noneOfThem)
	}
	return q
}

var noneOfThem = option{SystemNone, "none", textNone}

func (f *form) factSystem(id string) string { return Namespace + "fact/" + f.set.ID + "/" + id }

// groups are the headings of the set, each with its requirements. A group that the set does not name has its id for a heading.
func (f *form) groups() []item {
	var out []item
	for _, g := range f.set.Groups {
		out = append(out, item{id: "group." + g.ID, kind: kindGroup, text: g.Title})
	}
	for i, r := range f.set.Requirements {
		if r.Withdrawn {
			continue
		}
		id := "group." + r.Group
		at := slices.IndexFunc(out, func(g item) bool { return g.id == id })
		if at < 0 {
			at, out = len(out), append(out, item{id: id, kind: kindGroup, text: catalogue.Text{catalogue.Bokmaal: r.Group}})
		}
		out[at].items = append(out[at].items, f.conditioned(i, r)...)
	}
	return slices.DeleteFunc(out, func(g item) bool { return len(g.items) == 0 })
}

// The linkIds of what conditions ask about and answers hang on.
func factItem(id string) string        { return "fact." + id }
func statusItem(id string) string      { return "status." + id }
func requirementItem(id string) string { return "requirement." + id }
