package approval

import "slices"

// facts carries those that mean the same in the later set.
func (g *migration) facts() {
	for _, id := range inOrder(g.from.factIDs(), g.d.Facts, nil) {
		v := plain(g.d.Facts[id])
		if v == nil {
			continue
		}
		why := g.factObstacle(id, v)
		moved := MovedFact{Fact: id, Value: v, Carried: why == nil}
		if moved.Carried {
			g.out.Facts[id] = plain(v)
			why = &moveSameFact
		}
		moved.Why = why.text()
		g.report.Facts = append(g.report.Facts, moved)
	}
}

func (g *migration) factObstacle(id string, v any) *phrase {
	was, had := g.from.Fact(id)
	now, has := g.to.Fact(id)
	switch {
	case !has:
		return &moveGoneFact
	case !had || was.Type != now.Type || !sameText(was.Question, now.Question):
		return &moveOtherQuestion
	case !now.fits(v) || slices.ContainsFunc(codesOf(v), func(code string) bool { return !sameChoice(was, now, code) }):
		return &moveOtherChoice
	}
	return nil
}

func codesOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	}
	return nil
}

func sameChoice(was, now Fact, code string) bool {
	a, had := was.Choice(code)
	b, has := now.Choice(code)
	return had && has && sameText(a.Text, b.Text)
}
