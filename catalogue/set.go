package catalogue

import (
	"math/bits"
	"slices"
)

// set is a set of tools, a bit for each.
type set []uint64

func newSet(tools int) set { return make(set, (tools+63)/64) }

func (s set) add(tool int32)      { s[tool>>6] |= 1 << (tool & 63) }
func (s set) has(tool int32) bool { return s[tool>>6]>>(tool&63)&1 == 1 }

// count is how many there are.
func (s set) count() int { return s.shared(s) }

// shared is how many of the tools are in other too.
func (s set) shared(other set) int {
	n := 0
	for i := range s {
		n += bits.OnesCount64(s[i] & other[i])
	}
	return n
}

// both keeps what other has too. A nil set stands for all tools.
func (s set) both(other set) set {
	if s == nil {
		return other
	}
	out := make(set, len(s))
	for i := range s {
		out[i] = s[i] & other[i]
	}
	return out
}

// or adds what other has, which may be nil as s may be.
func (s set) or(other set) set {
	if s == nil || other == nil {
		return slices.Concat(s, other)
	}
	out := make(set, len(s))
	for i := range s {
		out[i] = s[i] | other[i]
	}
	return out
}

// each gives the tools in their order.
func (s set) each(yield func(tool int32) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(int32(i<<6 + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
