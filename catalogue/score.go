package catalogue

import (
	"cmp"
	"math"
	"slices"
)

// saturation is k1 of BM25: how soon more of the same stops counting.
const saturation = 1.2

// saturate bounds a frequency: 1 stays 1, and nothing gets beyond 1 + saturation. BM25F does this once, to the sum of the fields; here
// it is done to each field as well, otherwise a description that repeats a word for pages would win over a tool named by it.
func saturate(frequency float64) float64 {
	return frequency * (1 + saturation) / (saturation + frequency)
}

// score is what one word of a query is worth in one tool, and the best match in each field.
type score struct {
	tool   int
	value  float64
	fields [fieldCount]*reading
}

// occurrence is a posting together with the reading that led to it.
type occurrence struct {
	posting
	reading reading
}

// score weighs the readings of one word in every visible tool that has one of them (BM25F). The rarer the word, the more it counts.
func (x *Index) score(readings []reading, visible []bool) []score {
	found := x.words.occurrences(readings, visible)
	var out []score
	for from := 0; from < len(found); {
		to := from
		for to < len(found) && found[to].tool == found[from].tool {
			to++
		}
		out = append(out, weigh(found[from:to]))
		from = to
	}
	seen := 0
	for _, v := range visible {
		if v {
			seen++
		}
	}
	rarity := math.Log(1 + (float64(seen)-float64(len(out))+0.5)/(float64(len(out))+0.5))
	for i := range out {
		out[i].value = rarity * saturate(out[i].value)
	}
	return out
}

// occurrences lists where the readings stand, ordered by tool, text and reading.
func (l *lexicon) occurrences(readings []reading, visible []bool) []occurrence {
	var out []occurrence
	for _, r := range readings {
		for _, p := range l.postings[r.term] {
			if visible[p.tool] {
				out = append(out, occurrence{posting: p, reading: r})
			}
		}
	}
	slices.SortFunc(out, func(a, b occurrence) int {
		return cmp.Or(a.tool-b.tool, a.text-b.text, int(a.reading.how-b.reading.how), a.reading.term-b.reading.term)
	})
	return out
}

// weigh sums a tool's occurrences of one word: within a text all readings, of a field the best language, so that a tool does not gain
// by being described in many, and the fields by their weights.
func weigh(found []occurrence) score {
	s := score{tool: found[0].tool}
	var best [fieldCount]float64
	text, sum := -1, 0.0
	for i := range found {
		o := &found[i]
		if o.text != text {
			text, sum = o.text, 0
		}
		sum += o.frequency * ways[o.reading.how].weight
		best[o.field] = max(best[o.field], sum)
		if old := s.fields[o.field]; old == nil || better(o.reading, *old) {
			s.fields[o.field] = &o.reading
		}
	}
	for f, value := range best {
		s.value += fields[f].weight * saturate(value)
	}
	return s
}

func better(a, b reading) bool {
	return cmp.Or(int(a.how-b.how), a.term-b.term) < 0
}
