package approvalfhir

import (
	"regexp"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// value is one answer to a question, by the question's kind: text of a string, a date or an address, system and text (the code) of a
// choice, yes of a boolean, number of an integer, file of an attachment.
type value struct {
	system, text string
	yes          bool
	number       int64
	file         *file
}

// filled is a form, or one of the groups that come again and again, with answers by linkId.
type filled struct {
	values map[string][]value
	// again holds the groups that may come more than once.
	again map[string][]*filled
	// by and from are extensions of the items of requirements, fileOf that of a document.
	by     map[string]*approval.Answered
	from   map[string]*approval.Origin
	fileOf *file
	// places are the JSON Pointers of items that were read.
	places map[string]string
}

func newFilled() *filled {
	return &filled{values: map[string][]value{}, again: map[string][]*filled{}, by: map[string]*approval.Answered{},
		from: map[string]*approval.Origin{}, places: map[string]string{}}
}

// text is the first answer to a question, "" without one.
func (v *filled) text(id string) string {
	if all := v.values[id]; len(all) > 0 {
		return all[0].text
	}
	return ""
}

// holds says whether an item with this condition is shown; nil always is. A question without an answer is not known.
func (l *level) holds(v *filled) approval.Truth {
	if l == nil {
		return approval.True
	}
	least, greatest := approval.True, approval.False
	for _, t := range l.tests {
		truth := t.holds(v.values[t.question])
		least, greatest = min(least, truth), max(greatest, truth)
	}
	if l.any {
		return greatest
	}
	return least
}

func (t test) holds(answers []value) approval.Truth {
	if len(answers) == 0 {
		return approval.Unknown
	}
	if slices.ContainsFunc(answers, t.fits) {
		return approval.True
	}
	return approval.False
}

func (t test) fits(v value) bool {
	switch {
	case t.kind == kindBoolean:
		return v.yes == t.yes
	case t.kind == kindChoice:
		return v.system == t.system && v.text == t.code
	case t.operator == "<":
		return v.number < int64(t.number)
	}
	return v.number >= int64(t.number)
}

// lacking visits each question that is shown, must be answered and is not, with the group that it stands in.
func lacking(items []item, around string, v *filled, visit func(around string, q item, v *filled)) {
	for _, i := range items {
		switch {
		case i.when.holds(v) != approval.True:
		case i.kind != kindGroup:
			if i.required && len(v.values[i.id]) == 0 {
				visit(around, i, v)
			}
		case i.repeats:
			for _, one := range v.again[i.id] {
				lacking(i.items, i.id, one, visit)
			}
		default:
			lacking(i.items, i.id, v, visit)
		}
	}
}

// wants says what an answer must be, "" if it is right. Options and bounds are the form's.
func (i item) wants(v value) string {
	switch {
	case i.kind == kindChoice && !i.offers(v):
		return i.codes()
	case i.kind == kindInteger && !i.within(v.number):
		return i.bounds()
	case i.pattern != "" && !regexp.MustCompile(i.pattern).MatchString(v.text):
		return i.pattern
	}
	return ""
}

// within the bounds, and within what FHIR's integer can hold (hl7.org/fhir/R4/datatypes.html#integer).
func (i item) within(n int64) bool {
	return n == int64(int32(n)) && (i.min == nil || n >= int64(*i.min)) && (i.max == nil || n <= int64(*i.max))
}

func (i item) offers(v value) bool {
	return slices.ContainsFunc(i.options, func(o option) bool { return o.system == v.system && o.code == v.text })
}
