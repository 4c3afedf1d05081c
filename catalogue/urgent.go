package catalogue

import "github.com/verktoykatalog/verktoy/internal/norwegian"

// weightUrgent is what the parts of a query that tell of suicide count for, so many times: who writes such a thing beside others must see
// first what helps to stay alive.
const weightUrgent = 4

// urgent are the matters of which selvmord is a name.
func urgent(thesaurus *norwegian.Thesaurus) []int { return thesaurus.Names(norwegian.Root("selvmord")) }

// weightAside is what a word for such a matter counts for, as a share, where a tool has it in a phrase for another one.
const weightAside = 0.3

// hurry marks the parts of a query that tell of such a matter.
func (l *lexicon) hurry(parts []askedPart) {
	for i := range parts {
		parts[i].urgent = true
		for j := range parts[i].readings {
			if r := &parts[i].readings[j]; l.marks[r.term]&isAside != 0 {
				r.weight *= weightAside
			}
		}
	}
}

// calm takes the mark away from words that tell something else together: who is etterlatt ved selvmord grieves.
func (a *asked) calm(covers uint32) {
	for i := range a.parts {
		if p := &a.parts[i]; p.covers != 0 && p.covers&^covers == 0 {
			p.urgent = false
		}
	}
}

// rescue puts the parts that cannot wait before all others: then how many words of the query a tool has does not count.
func (a *asked) rescue() {
	var told uint32 // the words of the parts that are urgent
	some := false
	for i := range a.parts {
		if p := &a.parts[i]; p.urgent {
			told, some = told|p.covers, true
		}
	}
	if !some {
		return
	}
	for i := range a.parts {
		p := &a.parts[i]
		switch {
		case p.urgent:
			p.weight *= weightUrgent
		case p.covers != 0 && p.covers&^told == 0: // dø of vil dø is no grief
			p.weight = 0
		}
		p.covers = 0
	}
}
