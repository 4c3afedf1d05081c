package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ParseRequirementSet reads a requirement set of at most 1 MiB. Besides the
// form it checks that ids are used once, that what is referred to exists, that
// conditions have exactly one form and fit their facts, that every text is
// there in nb, nn and en, and that the set says when a tool needs a therapist.
// All problems come at once in a [*SetError], for which errors.Is finds
// [ErrInvalid]. Whether the requirements make sense is not checked.
func ParseRequirementSet(data []byte) (*RequirementSet, error) {
	s, fs, err := readSet(data)
	if err != nil {
		return nil, err
	}
	if len(fs) > 0 {
		ps, more := worded(nil, fs)
		return nil, &SetError{Problems: ps, More: more}
	}
	return s.ready(data)
}

func readSet(data []byte) (*RequirementSet, []finding, error) {
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, structural(err), nil
	}
	schema, err := setForm()
	if err != nil {
		return nil, nil, err
	}
	s := &RequirementSet{}
	fs := violations(schema, v.Any())
	if err := v.Decode(s); err != nil {
		fs = merged(fs, structural(err))
	}
	return s, append(fs, unlessFollowing(fs, s.check(fs))...), nil
}

// ready keeps what is needed to check and evaluate declarations.
func (s *RequirementSet) ready(data []byte) (*RequirementSet, error) {
	var err error
	if s.compiled, err = s.compile(); err != nil {
		return nil, err
	}
	s.digest = DigestOf(data)
	own := &RequirementSet{digest: s.digest, compiled: s.compiled}
	own.own, s.own = own, own
	err = strictjson.Unmarshal(data, own, strictjson.Document())
	own.remember()
	return s, err
}

// remember keeps what every evaluation needs.
func (s *RequirementSet) remember() {
	s.places, s.ruling = map[string]int{}, s.rules()
	s.assessing = slices.ContainsFunc(s.Facts, func(f Fact) bool { return f.Assessed })
	for i, r := range s.Requirements {
		s.places[r.ID] = i
		s.assessing = s.assessing || r.assessed()
		s.heads = append(s.heads, appendHead(nil, &Reason{Requirement: r.ID, Title: r.Title, Severity: r.Severity}))
		if s.Tracked {
			s.wordings = append(s.wordings, r.Wording())
		}
	}
}

// unlessFollowing leaves out what is at, inside or around a place that is wrong already.
func unlessFollowing(known, more []finding) []finding {
	var out []finding
	for _, f := range more {
		if !touches(known, f.Pointer) {
			out = append(out, f)
		}
	}
	return out
}

func touches(known []finding, pointer string) bool {
	for _, k := range known {
		if within(k.Pointer, pointer) || within(pointer, k.Pointer) {
			return true
		}
	}
	return false
}
