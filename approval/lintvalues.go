package approval

import "slices"

// factValues are the values of a fact that a condition can tell apart; nil if there are too many.
func (l *linter) factValues(id string, c *Condition) []any {
	f, _ := l.set.Fact(id)
	switch f.Type {
	case TypeBoolean:
		return []any{true, false}
	case TypeNumber:
		return numbersBetween(f.Min, f.Max, c.bounds(func(p *Condition) (*int, *int) {
			if p.Fact != id {
				return nil, nil
			}
			return p.AtLeast, p.Below
		}))
	case TypeChoices:
		return subsets(c.named(id))
	}
	return f.told(c.named(id))
}

// named are the codes of a fact that a condition names.
func (c *Condition) named(id string) (out []string) {
	c.walk("", func(_ string, p *Condition) {
		for _, code := range p.In {
			if p.Fact == id && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	})
	return out
}

// told are the codes that are named, and one that is not.
func (f Fact) told(named []string) (out []any) {
	other := false
	for _, c := range f.Choices {
		known := slices.Contains(named, c.Code)
		if known || !other {
			out = append(out, c.Code)
		}
		other = other || !known
	}
	return out
}

// subsets of codes, the empty one included; nil for too many codes.
func subsets(codes []string) (out []any) {
	if len(codes) > mostCodes {
		return nil
	}
	for bits := range 1 << len(codes) {
		some := []string{}
		for i, code := range codes {
			if bits>>i&1 == 1 {
				some = append(some, code)
			}
		}
		out = append(out, some)
	}
	return out
}

// counts are the numbers that a count can come to and a condition can tell apart.
func (l *linter) counts(n *Count, c *Condition) []any {
	most, least := 0, 0
	for _, r := range l.set.Requirements {
		if n.includes(r) {
			most++
		}
	}
	return numbersBetween(&least, &most, c.bounds(func(p *Condition) (*int, *int) {
		if p.Count == nil || p.Count.key() != n.key() {
			return nil, nil
		}
		return p.Count.AtLeast, p.Count.Below
	}))
}

func (n *Count) includes(r Requirement) bool {
	return !r.Withdrawn && (len(n.Severities) == 0 || slices.Contains(n.Severities, r.Severity)) &&
		(len(n.Requirements) == 0 || slices.Contains(n.Requirements, r.ID))
}

// bounds are the numbers at which a part of the condition may turn.
func (c *Condition) bounds(of func(*Condition) (atLeast, below *int)) (out []int) {
	c.walk("", func(_ string, p *Condition) {
		atLeast, below := of(p)
		for _, b := range []*int{atLeast, below} {
			if b != nil {
				out = append(out, *b)
			}
		}
	})
	return out
}

// numbersBetween are the least and greatest number, and those on both sides of every bound.
func numbersBetween(least, most *int, bounds []int) (out []any) {
	try := []int{}
	for _, b := range bounds {
		try = append(try, b-1, b)
	}
	for _, end := range []*int{least, most} {
		if end != nil {
			try = append(try, *end)
		}
	}
	slices.Sort(try)
	for _, n := range slices.Compact(try) {
		if (least == nil || n >= *least) && (most == nil || n <= *most) {
			out = append(out, n)
		}
	}
	return out
}
