package approval

import "slices"

// tally is between how many and how many a count may come to.
type tally struct {
	of          *Count
	counted     resultSet
	least, most int
}

// supposition takes one requirement to come out in a certain way.
type supposition struct {
	place int
	can   resultSet
}

// counted compares a count with its bounds. What may still come out one way or
// another counts for the most and not for the least.
func (a *assessment) counted(c *Count) Truth {
	t := a.tally(c)
	if s := a.supposed; s != nil {
		t.add(a, s.place, a.standings[s.place].can, -1)
		t.add(a, s.place, s.can, 1)
	}
	truth := True
	if c.AtLeast != nil {
		truth = t.reaches(*c.AtLeast)
	}
	if c.Below != nil {
		truth = min(truth, -t.reaches(*c.Below))
	}
	return truth
}

func (t tally) reaches(bound int) Truth {
	switch {
	case t.least >= bound:
		return True
	case t.most < bound:
		return False
	}
	return Unknown
}

// tally counts once for each count of the rules.
func (a *assessment) tally(c *Count) tally {
	for _, t := range a.tallies {
		if t.of == c {
			return t
		}
	}
	t := tally{of: c, counted: only(c.Results...)}
	for i := range a.standings {
		t.add(a, i, a.standings[i].can, 1)
	}
	a.tallies = append(a.tallies, t)
	return t
}

// add counts one requirement that can come to these results, n times.
func (t *tally) add(a *assessment, i int, can resultSet, n int) {
	r := &a.set.Requirements[i]
	if len(t.of.Severities) > 0 && !slices.Contains(t.of.Severities, r.Severity) || len(t.of.Requirements) > 0 && !slices.Contains(t.of.Requirements, r.ID) {
		return
	}
	if can&t.counted != 0 {
		t.most += n
	}
	if can&^t.counted == 0 {
		t.least += n
	}
}
