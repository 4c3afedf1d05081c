package prescription

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// sums are what is added up for a group.
type sums struct {
	key                                         groupKey
	sent, delivered, opened, started, completed int
	open, declined, failed, cancelled, expired  int
	toOpen, toStart, toComplete                 []time.Duration
}

// tally adds up groups.
type tally struct {
	query  StatisticsQuery
	groups map[groupKey]*sums
}

func (t *tally) add(m Milestones) error {
	state := Prescription{State: m.State, Expires: m.Expires}.StateAt(t.query.At)
	if state == EnteredInError {
		return nil
	}
	key := t.query.key(m)
	s := t.groups[key]
	if s == nil {
		s = &sums{key: key}
		t.groups[key] = s
	}
	s.funnel(m)
	s.stand(state)
	return nil
}

// funnel counts each step that was reached, and with it those before: reports
// may be missing, and who has started has opened.
func (s *sums) funnel(m Milestones) {
	started := !m.Started.IsZero() || !m.Completed.IsZero()
	opened := started || !m.Opened.IsZero()
	delivered := opened || !m.Delivered.IsZero()
	s.sent++
	s.delivered += one(delivered)
	s.opened += one(opened)
	s.started += one(started)
	s.completed += one(m.State == Completed)
	s.toOpen = between(s.toOpen, m.Issued, m.Opened)
	s.toStart = between(s.toStart, m.Issued, m.Started)
	s.toComplete = between(s.toComplete, m.Started, m.Completed)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func between(durations []time.Duration, from, to time.Time) []time.Duration {
	if from.IsZero() || to.IsZero() {
		return durations
	}
	return append(durations, to.Sub(from))
}

func (s *sums) stand(state State) {
	switch state {
	case Completed:
	case Declined:
		s.declined++
	case Failed:
		s.failed++
	case Cancelled:
		s.cancelled++
	case Expired:
		s.expired++
	default:
		s.open++
	}
}

// shown folds small groups together. If all that is folded is still too few, the
// smallest of the others goes with it, so that nobody finds the rest by
// subtracting what is shown from a total that is known elsewhere.
func (t *tally) shown() []Group {
	all := slices.SortedFunc(maps.Values(t.groups), func(a, b *sums) int { return a.key.compare(b.key) })
	rest := &sums{}
	for rest.fold(&all, t.query.Least) {
	}
	groups := make([]Group, 0, len(all)+1)
	for _, s := range all {
		groups = append(groups, s.group(t.query.Least))
	}
	if rest.sent > 0 {
		others := rest.group(t.query.Least)
		others.Others = true
		groups = append(groups, others)
	}
	return groups
}

// fold moves the smallest group into s if it must not be shown, or if s is
// still too small itself.
func (s *sums) fold(groups *[]*sums, least int) bool {
	if len(*groups) == 0 {
		return false
	}
	smallest := slices.MinFunc(*groups, func(a, b *sums) int { return cmp.Or(cmp.Compare(a.sent, b.sent), a.key.compare(b.key)) })
	if smallest.sent >= least && (s.sent == 0 || s.sent >= least) {
		return false
	}
	*groups = slices.DeleteFunc(*groups, func(g *sums) bool { return g == smallest })
	s.merge(smallest)
	return true
}

func (s *sums) merge(o *sums) {
	to := []*int{&s.sent, &s.delivered, &s.opened, &s.started, &s.completed, &s.open, &s.declined, &s.failed, &s.cancelled, &s.expired}
	for i, n := range []int{o.sent, o.delivered, o.opened, o.started, o.completed, o.open, o.declined, o.failed, o.cancelled, o.expired} {
		*to[i] += n
	}
	s.toOpen, s.toStart = append(s.toOpen, o.toOpen...), append(s.toStart, o.toStart...)
	s.toComplete = append(s.toComplete, o.toComplete...)
}

func (s *sums) group(least int) Group {
	g := Group{Tenant: s.key.tenant, Tool: s.key.tool, Unit: s.key.unit, Week: s.key.week,
		Sent: count(s.sent, least), Delivered: count(s.delivered, least), Opened: count(s.opened, least), Started: count(s.started, least),
		ToOpen: spreadOf(s.toOpen, least), ToStart: spreadOf(s.toStart, least), ToComplete: spreadOf(s.toComplete, least)}
	parts := []*Count{&g.Completed, &g.Open, &g.Declined, &g.Failed, &g.Cancelled, &g.Expired}
	for i, n := range []int{s.completed, s.open, s.declined, s.failed, s.cancelled, s.expired} {
		*parts[i] = count(n, least)
	}
	hideTwo(parts)
	if g.Completed.Hidden {
		g.ToComplete = Spread{N: g.Completed} // or its number would tell
	}
	return g
}
