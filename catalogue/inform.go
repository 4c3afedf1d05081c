package catalogue

import (
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
	asksMatter   = 0.75 // what a tool for a matter covers of a word that only asks for it
	leastShare   = 0.4  // of what a query tells, a hit must cover
	leastTold    = 0.4  // of a story, a hit must cover that much whatever the rest tells
)

// inform sets what a word tells, and what the parts of the query that stand for it cover of that.
func (l *lexicon) inform(a *asked, word string, bit uint32, parts []askedPart, alone bool) {
	root := norwegian.Root(word)
	tells, covers := l.tells(root, parts)
	if alone && covers > 0 {
		covers = tells
	}
	a.tells += tells
	a.each = append(a.each, tells)
	if covers == tellsMatter && l.thesaurus.IsName(root) {
		a.named |= bit
	}
	for i := range parts {
		parts[i].tells *= covers
	}
}

func (l *lexicon) tells(root string, parts []askedPart) (tells, covers float32) {
	switch {
	case norwegian.Generic(root):
		return tellsLittle, tellsLittle
	case len(parts) == 0:
		return tellsMatter, 0
	}
	best := parts[0].readings[0]
	switch {
	case parts[0].tells != 1 || l.inKeyword(parts[0].readings) || best.how <= nynorsk && l.thesaurus.IsName(root):
		return tellsMatter, tellsMatter
	case best.how == synonym || l.thesaurus.Knows(root):
		return tellsMatter, asksMatter
	case norwegian.Everyday(root) && !norwegian.Part(root):
		return tellsMatter, tellsMention
	case (best.how == typo || best.how == folded) && norwegian.Generic(norwegian.Root(l.terms[best.term])):
		return tellsLittle, tellsLittle
	case best.how == typo:
		return tellsMatter, tellsOther
	}
	return tellsOther, tellsOther
}

// inKeyword says that a word, or one that it is a form, a beginning or a slip of, is in a keyword.
func (l *lexicon) inKeyword(readings []reading) bool {
	return slices.ContainsFunc(readings, func(r reading) bool { return r.how != compound && r.how != synonym && l.keyword[r.term] })
}

// enough is how much of what the query tells a hit must cover: of a few words nearly half. Where a matter is named, or a person tells a
// story, that matter is enough.
func (a *asked) enough() float32 {
	least := leastShare * a.tells
	switch {
	case a.story:
		return min(least, leastTold)
	case a.named != 0:
		return min(least, leastShare)
	}
	return least
}

// settle leaves the words that tell little out of the count of a hit's words, unless the query has no others.
func (a *asked) settle() {
	if a.tells < tellsOther {
		return
	}
	for i := range a.parts {
		if p := &a.parts[i]; p.tells <= tellsLittle && p.weight > weightHead {
			p.covers, p.weight = 0, p.weight*weightHead
		}
	}
}
