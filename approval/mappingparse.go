package approval

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

//go:embed schema/mapping.schema.json
var mappingSchema []byte

// MappingError holds every problem of a mapping, sorted by place; [errors.Is]
// finds [ErrInvalid] in it.
type MappingError struct {
	Problems []Problem `json:"problems"`
	More     int       `json:"more,omitempty"`
}

// Error lists the places and what is wrong there, in English, at most 20 of them.
func (e *MappingError) Error() string {
	return "approval: invalid mapping: " + listed(e.Problems, e.More)
}

// Is answers for [ErrInvalid].
func (e *MappingError) Is(target error) bool { return target == ErrInvalid }

func mappingError(fs []finding) error {
	if len(fs) == 0 {
		return nil
	}
	ps, more := worded(nil, fs)
	return &MappingError{Problems: ps, More: more}
}

// ParseMapping reads a mapping of at most 1 MiB between two sets. Besides the
// form it checks that it is about these sets, that every id exists in its set,
// that no earlier id is in two entries and no later one is withdrawn, and that
// each entry has as many ids as its relation needs. All problems come at once
// in a [*MappingError]. What the mapping leaves out is no problem: see
// [Mapping.Gaps]. Whether it is right is not checked. The error is [ErrSet] if a
// set does not come from [ParseRequirementSet].
func ParseMapping(data []byte, from, to *RequirementSet) (*Mapping, error) {
	if from == nil || from.own == nil || to == nil || to.own == nil {
		return nil, ErrSet
	}
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, mappingError(structural(err))
	}
	schema, err := mappingForm()
	if err != nil {
		return nil, err
	}
	m := &Mapping{}
	fs := violations(schema, v.Any())
	if err := v.Decode(m); err != nil {
		fs = merged(fs, structural(err))
	}
	if err := mappingError(append(fs, unlessFollowing(fs, m.check(from.own, to.own))...)); err != nil {
		return nil, err
	}
	m.Version = MappingVersion
	return m, nil
}

// mappingCheck collects what is wrong with a mapping beyond its form.
type mappingCheck struct {
	from, to *RequirementSet
	first    map[string]string // where an earlier id was first
	found    []finding
}

func (m *Mapping) check(from, to *RequirementSet) []finding {
	c := &mappingCheck{from: from, to: to, first: map[string]string{}}
	c.ref("/from", m.From, from)
	c.ref("/to", m.To, to)
	for i, e := range m.Entries {
		at := strictjson.Pointer("entries", i)
		c.counts(at, e)
		for j, id := range e.From {
			c.earlier(at+strictjson.Pointer("from", j), id)
		}
		for j, id := range e.To {
			if first := slices.Index(e.To, id); first < j {
				c.add(at+strictjson.Pointer("to", j), problem.Repeated, at+strictjson.Pointer("to", first))
				continue
			}
			c.later(at+strictjson.Pointer("to", j), id)
		}
	}
	return c.found
}

func (c *mappingCheck) add(pointer string, code problem.Code, want string) {
	c.found = append(c.found, one(pointer, code, want)...)
}

func (c *mappingCheck) ref(at string, ref SetRef, set *RequirementSet) {
	if ref.ID != set.ID {
		c.add(at+"/id", problem.NotAllowed, set.ID)
	}
	if ref.Version != set.Version {
		c.add(at+"/version", problem.NotAllowed, set.Version)
	}
}

func (c *mappingCheck) earlier(at, id string) {
	if _, known := c.from.Requirement(id); !known {
		c.add(at, problem.Unknown, "the id of a requirement of the earlier set")
		return
	}
	if first, used := c.first[id]; used {
		c.add(at, problem.Repeated, first)
		return
	}
	c.first[id] = at
}

func (c *mappingCheck) later(at, id string) {
	r, known := c.to.Requirement(id)
	switch {
	case !known:
		c.add(at, problem.Unknown, "the id of a requirement of the later set")
	case r.Withdrawn:
		c.found = append(c.found, finding{Problem: problem.Problem{Pointer: at, Code: CodeWithdrawn}, say: sayLeadsNowhere.text()})
	}
}

// many is how many ids a relation leads from and to.
type many struct{ least, most int }

const anyNumber = 100

var relations = map[Relation]struct{ from, to many }{
	RelationEqual:    {many{1, 1}, many{1, 1}},
	RelationMoved:    {many{1, 1}, many{1, 1}},
	RelationModified: {many{1, 1}, many{1, 1}},
	RelationSplit:    {many{1, 1}, many{2, anyNumber}},
	RelationMerged:   {many{1, anyNumber}, many{1, 1}},
	RelationCovered:  {many{1, anyNumber}, many{1, anyNumber}},
	RelationDeleted:  {many{1, anyNumber}, many{0, 0}},
	RelationAdded:    {many{0, 0}, many{1, anyNumber}},
}

func (c *mappingCheck) counts(at string, e MapEntry) {
	want, known := relations[e.Relation]
	if !known {
		c.add(at+"/relation", problem.NotAllowed, strings.Join(relationNames(), ", "))
		return
	}
	c.count(at+"/from", len(e.From), want.from)
	c.count(at+"/to", len(e.To), want.to)
	if e.Relation == RelationDeleted && strings.TrimSpace(e.Reason) == "" {
		c.add(at+"/reason", problem.MissingMember, "")
	}
}

func (c *mappingCheck) count(at string, n int, want many) {
	switch {
	case n < want.least:
		c.add(at, problem.TooFew, strconv.Itoa(want.least))
	case n > want.most:
		c.add(at, problem.TooMany, strconv.Itoa(want.most))
	}
}

func relationNames() []string {
	var names []string
	for r := range relations {
		names = append(names, string(r))
	}
	slices.Sort(names)
	return names
}

var sayLeadsNowhere = phrase{
	"Kravet er trukket tilbake. Vis til kravet som har tatt over, eller skriv at det er slettet.",
	"Kravet er trekt tilbake. Vis til kravet som har teke over, eller skriv at det er sletta.",
	"The requirement is withdrawn. Point to the one that took its place, or say that it is deleted."}
