package catalogue

// saturation is k1 of BM25: how soon more of the same stops counting.
const saturation = 1.2

// saturate bounds a frequency: 1 stays 1, and nothing gets beyond 1 + saturation. BM25F does this once, to the sum of the fields; here
// it is done to each field as well, otherwise a description that repeats a word for pages would win over a tool named by it.
func saturate(frequency float32) float32 {
	return frequency * (1 + saturation) / (saturation + frequency)
}

// scale weighs what a scribe has written down, one tool after the other.
type scale struct {
	b       *scribe
	mean    [fieldCount]float32
	count   []float32             // of each term, in the section at hand
	best    [][fieldCount]float32 // of each term, in the tool at hand
	touched []int32               // terms of the tool at hand
	section []int32               // terms of the section at hand
	out     []weighed
}

type weighed struct {
	term int32
	posting
}

// postings weighs every term in every tool: the fields are summed up by their weights, and of a field the best language counts, so that
// a tool does not gain by being described in many. starts says where each term's postings begin.
func (b *scribe) postings() (starts []uint32, out []posting) {
	s := &scale{b: b, mean: b.meanLengths(), count: make([]float32, len(b.terms)), best: make([][fieldCount]float32, len(b.terms)),
		out: make([]weighed, 0, len(b.written))}
	for i := range b.sections {
		s.add(&b.sections[i])
		if i+1 == len(b.sections) || b.sections[i+1].tool != b.sections[i].tool {
			s.close(b.sections[i].tool)
		}
	}
	return byTerm(s.out, len(b.terms))
}

// add counts the terms of a section. The count is reduced by the section's length against the mean length of its field, as BM25F does
// before the fields are summed up.
func (s *scale) add(p *section) {
	for _, term := range s.b.written[p.from:p.to] {
		if s.count[term] == 0 {
			s.section = append(s.section, term)
		}
		s.count[term]++
	}
	length := fields[p.field].length
	norm := 1 / (1 - length + length*float32(p.words)/s.mean[p.field])
	for _, term := range s.section {
		best := &s.best[term]
		if *best == ([fieldCount]float32{}) {
			s.touched = append(s.touched, term)
		}
		best[p.field] = max(best[p.field], s.count[term]*norm)
		s.count[term] = 0
	}
	s.section = s.section[:0]
}

func (s *scale) close(tool int32) {
	for _, term := range s.touched {
		var value float32
		var in uint32
		for f, frequency := range s.best[term] {
			if frequency > 0 {
				value += s.b.weight(field(f), term) * saturate(frequency)
				in |= 1 << f
			}
		}
		s.out = append(s.out, weighed{term, newPosting(tool, in, value)})
		s.best[term] = [fieldCount]float32{}
	}
	s.touched = s.touched[:0]
}

// weight is what a term weighs in a field. An everyday word in a name tells no more than one in a description: names are invented.
func (b *scribe) weight(f field, term int32) float32 {
	if f == fieldName && b.about[term].plain {
		return fields[fieldDescription].weight
	}
	return fields[f].weight
}

// byTerm orders by term and leaves the order of tools as it is.
func byTerm(all []weighed, terms int) (starts []uint32, out []posting) {
	starts, out = make([]uint32, terms+1), make([]posting, len(all))
	for i := range all {
		starts[all[i].term+1]++
	}
	for i := range terms {
		starts[i+1] += starts[i]
	}
	next := append([]uint32(nil), starts...)
	for i := range all {
		out[next[all[i].term]] = all[i].posting
		next[all[i].term]++
	}
	return starts, out
}

func (b *scribe) meanLengths() [fieldCount]float32 {
	var words, texts, mean [fieldCount]float32
	for i := range b.sections {
		words[b.sections[i].field] += float32(b.sections[i].words)
		texts[b.sections[i].field]++
	}
	for f := range mean {
		mean[f] = max(1, words[f]/max(1, texts[f]))
	}
	return mean
}
