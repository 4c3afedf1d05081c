package catalogue

import (
	"math"
	"math/bits"
	"slices"
)

// sheet is the scratch paper of one search. All but the candidates is empty between searches.
type sheet struct {
	words      []float32 // what the part at hand comes to in each tool
	touched    set       // the tools that have a value in words
	places     []place   // of each tool
	found      set       // the tools that have a value in places
	candidates []candidate
}

// place is what the parts of a query come to in a tool.
type place struct {
	total   float32
	covered uint32  // which of the query's words the tool has
	told    float32 // how much of what the query tells the tool covers
}

// sheet gives one that nobody else has.
func (x *Index) sheet() *sheet {
	if s, spare := x.scratch.Get().(*sheet); spare {
		return s
	}
	n := len(x.tools)
	return &sheet{words: make([]float32, n), touched: newSet(n), places: make([]place, n), found: newSet(n)}
}

// further is what a second reading of the same word adds in a tool, as a share of its value.
const further = 0.25

// add weighs one part of the query in the tools that are wanted (BM25F). The rarer it is among those that can be seen, the more it counts.
func (s *sheet) add(l *lexicon, p *askedPart, visible *visibility, wanted set) {
	for _, r := range p.readings {
		s.read(l.of(r.term), r.weight)
	}
	s.sum(p, visible.rarity(s.touched), wanted)
}

// read adds what a reading comes to in each tool to what those before it do.
func (s *sheet) read(postings []posting, weight float32) {
	words, touched := s.words, s.touched
	for _, posting := range postings {
		tool, value := posting.tool(), weight*posting.value
		switch before := words[tool]; {
		case before == 0:
			words[tool] = value
			touched.add(tool)
		case value > before:
			words[tool] = value + further*before
		default:
			words[tool] = before + further*value
		}
	}
}

// rarity is how much it tells that a tool is one of these.
func (v *visibility) rarity(tools set) float32 {
	seen, have := float64(v.count), float64(tools.shared(v.tools))
	return float32(math.Log(1 + (seen-have+0.5)/(have+0.5)))
}

// sum adds what a part comes to in each tool to the tool's total, and empties the words.
func (s *sheet) sum(p *askedPart, rarity float32, wanted set) {
	words, places, covers, tells := s.words, s.places, p.covers, p.tells
	rarity *= p.weight
	for i, touched := range s.touched {
		tools := touched & wanted[i]
		s.found[i] |= tools
		for ; tools != 0; tools &= tools - 1 {
			tool := i<<6 + bits.TrailingZeros64(tools)
			at, word := &places[tool], words[tool]
			at.total += rarity * saturate(word)
			at.covered |= covers
			at.told += tells * evidence(word)
			words[tool] = 0
		}
		for rest := touched &^ wanted[i]; rest != 0; rest &= rest - 1 {
			words[i<<6+bits.TrailingZeros64(rest)] = 0
		}
	}
	clear(s.touched)
}

// ample is the value of a word from which a tool is surely about it: that of a keyword.
const ample = 3

// evidence is how sure it is, from half to 1, that a tool in which a word has this value is about it, and not only speaks of it.
func evidence(value float32) float32 { return 0.5 + 0.5*min(1, value/ample) }

// collect gives what was found that covers enough of what the query tells, and empties the places.
func (s *sheet) collect(a *asked) []candidate {
	places, n := s.places, 0
	out := slices.Grow(s.candidates[:0], s.found.count()+1)
	out = out[:cap(out)]
	for i, tools := range s.found {
		for ; tools != 0; tools &= tools - 1 {
			tool := i<<6 + bits.TrailingZeros64(tools)
			at := &places[tool]
			out[n] = candidate{int32(tool), int32(bits.OnesCount32(at.covered)), at.total}
			if at.told >= a.least {
				n++
			}
			*at = place{}
		}
	}
	clear(s.found)
	s.candidates = out[:n]
	return s.candidates
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
