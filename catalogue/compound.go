package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// The shares of a compound that its parts stand for.
const (
	shareCore   = 1   // a health matter
	shareBeside = 0.3 // what stands beside it
	sharePart   = 0.4 // a part where none is a matter: all must be there
)

// askParts reads a compound that no tool has as its parts. What it is about is the first part that is a health matter; if there is none, no
// part tells it without the others.
func (l *lexicon) askParts(a *asked, word string, bit uint32, visible set) bool {
	parts := l.partsOf(word)
	core, some := tellingPart(parts), false
	for i, part := range parts {
		covers, weight, share := bit, float32(1), float32(sharePart)
		switch {
		case core == i:
			share = shareCore
		case core >= 0:
			covers, weight, share = 0, weightHead, shareBeside
		case i == len(parts)-1:
			covers, weight = 0, weightHead
		}
		if a.add(word, covers, weight, asCompound(l.lookup(part, visible))) {
			a.parts[len(a.parts)-1].tells = share
			some = true
		}
	}
	return some
}

// tellingPart is the number of the part that tells what a compound is about: the first health matter, or the only part that health compounds
// are made of beside words that go with every matter. It is -1 if there is none.
func tellingPart(parts []string) int {
	if core := slices.IndexFunc(parts, func(part string) bool { return norwegian.Core(part) != "" }); core >= 0 {
		return core
	}
	only := -1
	for i, part := range parts {
		switch {
		case norwegian.Generic(part):
		case !norwegian.Part(part) || only >= 0:
			return -1
		default:
			only = i
		}
	}
	return only
}

func asCompound(readings []reading) []reading {
	for i := range readings {
		readings[i].how = max(readings[i].how, compound)
		readings[i].weight *= ways[compound].weight
	}
	return readings
}

// halfKnown reads a compound of which only the health matter is known.
func (l *lexicon) halfKnown(word string, visible set) []reading {
	core := norwegian.HalfKnown(word)
	if core == "" || l.thesaurus.Knows(norwegian.Root(word)) {
		return nil
	}
	return asCompound(l.lookup(core, visible))
}
