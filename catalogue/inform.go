package catalogue

import (
	"math"
	"math/bits"
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// What a word of a query tells of what the query is about. A hit must cover enough of it: who looks for a sofa bed to buy is not answered by
// a tool that speaks of buying.
const (
	tellsMatter  = 1    // a health matter, a keyword of some tool, or a word that nobody knows: it is surely what the query is about
	tellsOther   = 0.5  // a word that some tool has in its texts
	tellsLittle  = 0.1  // a word that goes with every matter
	tellsMention = 0.3  // what a tool that has a word of everyday life covers of it: that is a mention
	asksMatter   = 0.85 // what a tool for a matter covers of a word that only asks for it
	leastShare   = 0.4  // of what a query tells, a hit must cover
	leastTold    = 0.4  // of a story, a hit must cover that much whatever the rest tells
	leastSlight  = 0.75 // of a query that tells little, a hit must cover
)

// inform sets what a word tells, and what the parts of the query that stand for it cover of that.
func (l *lexicon) inform(a *asked, word, root string, bit uint32, parts []askedPart) {
	tells, covers := l.tells(word, root, parts)
	called := a.alone && len(parts) > 0 && l.is(parts[0].readings, isName)
	switch {
	case !called && covers == tellsMention && a.elsewhere(l, word):
		a.away |= bit
	case covers >= asksMatter:
		a.about |= bit
	}
	if a.alone && covers > 0 && a.away == 0 {
		covers = tells
	}
	a.tells += tells
	a.each = append(a.each, tells)
	if covers >= asksMatter && l.thesaurus.IsName(root) {
		a.named |= bit
	}
	for i := range parts {
		parts[i].tells *= covers
	}
}

func (l *lexicon) tells(word, root string, parts []askedPart) (tells, covers float32) {
	switch {
	case norwegian.Generic(root), norwegian.Number(word):
		return tellsLittle, tellsLittle
	case len(parts) == 0:
		return tellsMatter, 0
	}
	best := parts[0].readings[0]
	switch {
	case parts[0].tells != 1 || l.is(parts[0].readings, isKeyword) || best.how <= nynorsk && l.thesaurus.IsName(root):
		return tellsMatter, tellsMatter
	case norwegian.StopWord("", word):
		return tellsLittle, tellsLittle
	case best.how == synonym || l.thesaurus.Knows(root):
		return tellsMatter, asksMatter
	case l.marks[best.term]&isProvider != 0: // no text of a tool has it
		return tellsOther, tellsOther
	case norwegian.Elsewhere(root), l.allLabels(parts[0].readings):
		return tellsMatter, tellsMention
	case norwegian.Everyday(root) && !norwegian.Part(root):
		return tellsOther, tellsOther * tellsMention
	case (best.how == typo || best.how == folded) && norwegian.Generic(norwegian.Root(l.terms[best.term])):
		return tellsLittle, tellsLittle
	case best.how == typo:
		return tellsMatter, tellsOther
	}
	return tellsOther, tellsOther
}

// elsewhere says that a word of a query is about something else than health: not if it is only that in which the query wants to be told
// about something, as in "film om sorg".
func (a *asked) elsewhere(l *lexicon, word string) bool {
	if !norwegian.Elsewhere(word) || l.thesaurus.Knows(norwegian.Root(word)) {
		return false
	}
	next := slices.Index(a.all, word) + 1
	return next == len(a.all) || a.all[next] != "om" && a.all[next] != "about"
}

// allLabels says that what answers a word stands in names alone.
func (l *lexicon) allLabels(readings []reading) bool {
	return !slices.ContainsFunc(readings, func(r reading) bool { return l.marks[r.term]&isLabel == 0 })
}

// enough is how much of what the query tells a hit must cover: of a few words nearly half. Where a matter is named, or a person tells a
// story, that matter is enough.
func (a *asked) enough() float32 {
	least := leastShare * a.tells
	about, away := bits.OnesCount32(a.about), bits.OnesCount32(a.away)
	switch {
	case away > 0 && about <= away && (away > 2*about || !norwegian.Personal(a.all)):
		return float32(math.Inf(1))
	case a.tells < tellsOther:
		return leastSlight * a.tells
	case a.story:
		return min(least, leastTold)
	case a.named != 0:
		return min(least, leastShare)
	}
	return least
}

// miss notes that a word is for a health matter that no tool is for, or for something that is done about one and by no tool.
func (a *asked) miss(l *lexicon, word, root string, bit uint32, parts []askedPart) {
	switch {
	case len(parts) > 0:
	case norwegian.Measure(root):
		a.away |= bit
	case l.thesaurus.Knows(root) || norwegian.Ailment(word):
		a.lacks |= bit
	}
}

// withhold keeps a query about such a matter from being answered by words that are for none: who is bullied at school does not look for a
// school of pain.
func (a *asked) withhold() {
	for i := range a.parts {
		if p := &a.parts[i]; a.lacks != 0 && p.covers&a.about == 0 && bits.OnesCount32(p.covers) < 2 {
			p.tells = 0
		}
	}
}

// settle leaves the words that tell little out of the count of a hit's words, unless the query has no others.
func (a *asked) settle() {
	if a.tells < tellsOther {
		return
	}
	for i := range a.parts {
		switch p := &a.parts[i]; {
		case p.tells <= tellsLittle && p.weight > weightHead:
			p.covers, p.weight = 0, p.weight*weightHead
		case a.story || a.about != 0 && p.tells < asksMatter && p.covers&a.about == 0:
			p.covers = 0
		}
	}
}
