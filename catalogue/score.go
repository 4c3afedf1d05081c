package catalogue

import (
	"math"
	"math/bits"
)

// sheet is the scratch paper of one search. The places are all zero between searches.
type sheet struct {
	places     []place // of each tool
	touched    []int32 // tools that have a value in word
	candidates []candidate
}

// place is what the parts of a query come to in a tool.
type place struct {
	word, total float32
	covered     uint32  // which of the query's words the tool has
	told        float32 // how much of what the query tells the tool covers
}

// sheet gives one that nobody else has.
func (x *Index) sheet() *sheet {
	if s, spare := x.scratch.Get().(*sheet); spare {
		return s
	}
	return &sheet{places: make([]place, len(x.tools))}
}

// further is what a second reading of the same word adds in a tool, as a share of its value.
const further = 0.25

// add weighs one part of the query in every visible tool (BM25F). The rarer it is, the more it counts.
func (s *sheet) add(l *lexicon, p *askedPart, visible *visibility) {
	places, touched := s.places, s.touched[:0]
	for _, r := range p.readings {
		for _, posting := range l.of(r.term) {
			tool := posting.tool()
			if !visible.tools.has(tool) {
				continue
			}
			at, value := &places[tool], r.weight*posting.value
			if at.word == 0 {
				at.word = value
				touched = append(touched, tool)
				continue
			}
			if value > at.word {
				at.word, value = value, at.word
			}
			at.word += further * value
		}
	}
	s.touched = touched
	s.sum(p, visible.count)
}

// sum adds what a part comes to in each tool to the tool's total.
func (s *sheet) sum(p *askedPart, seen int) {
	rarity := p.weight * float32(math.Log(1+(float64(seen)-float64(len(s.touched))+0.5)/(float64(len(s.touched))+0.5)))
	places, found := s.places, s.candidates
	for _, tool := range s.touched {
		at := &places[tool]
		if at.total == 0 {
			found = append(found, candidate{tool: tool})
		}
		at.total += rarity * saturate(at.word)
		at.covered |= p.covers
		at.told += p.tells * evidence(at.word)
		at.word = 0
	}
	s.candidates = found
}

// ample is the value of a word from which a tool is surely about it: that of a keyword.
const ample = 3

// evidence is how sure it is, from half to 1, that a tool in which a word has this value is about it, and not only speaks of it.
func evidence(value float32) float32 { return 0.5 + 0.5*min(1, value/ample) }

// collect gives what was found that covers enough of what the query tells and that the sieve wants, and clears the places.
func (s *sheet) collect(sieve *sieve, a *asked) []candidate {
	out := s.candidates[:0]
	for _, c := range s.candidates {
		at := &s.places[c.tool]
		if at.told >= a.least && sieve.collects(c.tool) {
			out = append(out, candidate{c.tool, int32(bits.OnesCount32(at.covered)), at.total})
		}
		*at = place{}
	}
	return out
}

// why adds for each part of the query the best match in each field of a tool.
func (a *asked) why(out []Match, l *lexicon, tool int32) []Match {
	if a == nil {
		return nil
	}
	for i := range a.parts {
		p := &a.parts[i]
		best := p.best(l, tool)
		for f, r := range best {
			if r != nil {
				out = append(out, Match{Field: fields[f].name, Word: p.word, Term: l.terms[r.term], How: ways[r.how].name})
			}
		}
	}
	return out
}

// best gives for each field of a tool the best reading that stands there.
func (p *askedPart) best(l *lexicon, tool int32) (best [fieldCount]*reading) {
	for i := range p.readings {
		r := &p.readings[i]
		posting, has := l.in(tool, r.term)
		if !has {
			continue
		}
		for f := range best {
			if posting.stands(field(f)) && (best[f] == nil || l.better(r, best[f])) {
				best[f] = r
			}
		}
	}
	return best
}

func (l *lexicon) better(a, b *reading) bool {
	return a.how < b.how || a.how == b.how && l.terms[a.term] < l.terms[b.term]
}
