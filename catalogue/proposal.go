package catalogue

import "iter"

// proposal is a phrase that was found, as a number that is less the better it is: whether it begins with what was typed, is in the reader's
// language, and is a name, how many tools it has, and its rank by the alphabet.
type proposal uint64

const toolsBits = 29

func (b *phrases) propose(rank int32, begins, understood bool) proposal {
	p, out := &b.all[rank], uint64(rank)
	for bit, good := range [...]bool{p.name, understood, begins} {
		if !good {
			out |= 1 << (32 + toolsBits + bit)
		}
	}
	return proposal(out).with(len(p.of))
}

// with gives the proposal for a phrase with so many tools.
func (p proposal) with(tools int) proposal {
	const most = 1<<toolsBits - 1
	return p&^(most<<32) | proposal(most-tools)<<32
}

// of gives the phrase that is proposed.
func (b *phrases) of(p proposal) *phrase { return &b.all[uint32(p)] }

// proposals become a heap with the best at its top: of the thousands that one letter may begin, only a few are ever wanted.
type proposals []proposal

// rising gives the phrases that have a visible tool, the best first. It takes the proposals for itself. They come as if all tools could be
// seen, which makes none worse than it is: those of a phrase are counted when it is the best, and if they are fewer it goes back among the others.
func (h proposals) rising(b *phrases, visible set) iter.Seq[*phrase] {
	return func(yield func(*phrase) bool) {
		for i := len(h)/2 - 1; i >= 0; i-- {
			h.sink(i)
		}
		for len(h) > 0 {
			p := b.of(h[0])
			switch tools := p.visible(visible); {
			case tools > 0 && h[0].with(tools) != h[0]:
				h[0] = h[0].with(tools)
			case tools > 0 && !yield(p):
				return
			default:
				h[0] = h[len(h)-1]
				h = h[:len(h)-1]
			}
			h.sink(0)
		}
	}
}

// sink moves a proposal down until those below it are no better.
func (h proposals) sink(i int) {
	for {
		best := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child] < h[best] {
				best = child
			}
		}
		if best == i {
			return
		}
		h[i], h[best] = h[best], h[i]
		i = best
	}
}
