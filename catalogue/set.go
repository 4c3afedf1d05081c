package catalogue

// set is a set of tools, a bit for each.
type set []uint64

func newSet(tools int) set { return make(set, (tools+63)/64) }

func (s set) add(tool int32)      { s[tool>>6] |= 1 << (tool & 63) }
func (s set) has(tool int32) bool { return s[tool>>6]>>(tool&63)&1 == 1 }

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
