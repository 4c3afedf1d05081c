package catalogue

import (
	"math"
	"math/bits"
	"slices"
)

// sheet is the scratch paper of one search: a place for each tool, all zero between searches.
type sheet struct {
	word, total []float32
	told        []float32 // how much of what the query tells a tool covers
	covered     []uint64  // which of the query's words a tool has
	touched     []int32   // tools that have a value in word
	found       []int32   // tools that have a value in total
}

func newSheet(tools int) *sheet {
	return &sheet{word: make([]float32, tools), total: make([]float32, tools), told: make([]float32, tools), covered: make([]uint64, tools)}
}

// further is what a second reading of the same word adds in a tool, as a share of its value.
const further = 0.25

// add weighs one part of the query in every visible tool (BM25F). The rarer it is, the more it counts.
func (s *sheet) add(l *lexicon, p *askedPart, visible []bool, seen int) {
	for _, r := range p.readings {
		for _, posting := range l.of(r.term) {
			tool := posting.tool()
			if !visible[tool] {
				continue
			}
			value := r.weight * posting.value
			switch old := s.word[tool]; {
			case old == 0:
				s.touched = append(s.touched, int32(tool))
				s.word[tool] = value
			default:
				s.word[tool] = max(old, value) + further*min(old, value)
			}
		}
	}
	rarity := p.weight * float32(math.Log(1+(float64(seen)-float64(len(s.touched))+0.5)/(float64(len(s.touched))+0.5)))
	for _, tool := range s.touched {
		if s.total[tool] == 0 {
			s.found = append(s.found, tool)
		}
		s.total[tool] += rarity * saturate(s.word[tool])
		s.covered[tool] |= p.covers
		s.told[tool] += p.tells * evidence(s.word[tool])
		s.word[tool] = 0
	}
	s.touched = s.touched[:0]
}

// ample is the value of a word from which a tool is surely about it: that of a keyword.
const ample = 3

// evidence is how sure it is, from half to 1, that a tool in which a word has this value is about it, and not only speaks of it.
func evidence(value float32) float32 { return 0.5 + 0.5*min(1, value/ample) }

// candidates gives what was found that covers enough of what the query tells, and clears the sheet.
func (s *sheet) candidates(a *asked) []*candidate {
	all := make([]candidate, 0, len(s.found))
	out := make([]*candidate, 0, len(s.found))
	for _, tool := range s.found {
		if s.told[tool] >= a.least {
			all = append(all, candidate{tool: int(tool), matched: bits.OnesCount64(s.covered[tool]), score: float64(s.total[tool]), asked: a})
			out = append(out, &all[len(all)-1])
		}
		s.total[tool], s.told[tool], s.covered[tool] = 0, 0, 0
	}
	s.found = s.found[:0]
	return out
}

// why says for each part of the query the best match in each field of a tool.
func (c *candidate) why(l *lexicon) []Match {
	if c.asked == nil {
		return nil
	}
	var out []Match
	for i := range c.asked.parts {
		p := &c.asked.parts[i]
		best := p.best(l, c.tool)
		for f, r := range best {
			if r != nil {
				out = append(out, Match{Field: fields[f].name, Word: p.word, Term: l.terms[r.term], How: ways[r.how].name})
			}
		}
	}
	return out
}

// best gives for each field of a tool the best reading that stands there.
func (p *askedPart) best(l *lexicon, tool int) (best [fieldCount]*reading) {
	for i := range p.readings {
		r := &p.readings[i]
		all := l.of(r.term)
		at, has := slices.BinarySearchFunc(all, tool, func(p posting, tool int) int { return p.tool() - tool })
		if !has {
			continue
		}
		for f := range best {
			if all[at].stands(field(f)) && (best[f] == nil || l.better(r, best[f])) {
				best[f] = r
			}
		}
	}
	return best
}

func (l *lexicon) better(a, b *reading) bool {
	return a.how < b.how || a.how == b.how && l.terms[a.term] < l.terms[b.term]
}
