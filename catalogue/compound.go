package catalogue

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// The shares of a compound that its parts stand for.
const (
	shareCore   = 1    // a health matter
	shareBeside = 0.3  // what stands beside it
	sharePart   = 0.39 // a part where none is a matter: one is not enough
	shareSlight = 0.1  // such a part that goes with every matter
)

// askParts reads a compound that no tool has as its parts. What it is about is the first part that is a health matter; if there is none, no
// part tells it without the others.
func (l *lexicon) askParts(a *asked, word string, bit uint32, visible set) bool {
	parts := l.partsOf(word)
	if len(parts) == 0 || norwegian.Closed(word) {
		return false
	}
	core, some := l.tellingPart(parts), false
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
		if core < 0 && (norwegian.Generic(part) || norwegian.Head(part)) {
			share = shareSlight
		}
		if a.add(word, covers, weight, asCompound(l.lookup(part, visible))) {
			a.parts[len(a.parts)-1].tells = share
			some = true
		}
	}
	return some
}

// tellingPart is the number of the part that tells what a compound is about: the first health matter, or the only part that is a common one
// of health compounds, or a subject of the catalogue, before one that tells nothing in the last place: hjertehjelp, but not hjertestarter. It is
// -1 if there is none.
func (l *lexicon) tellingPart(parts []string) int {
	if core := slices.IndexFunc(parts, func(part string) bool { return norwegian.Core(part) != "" }); core >= 0 {
		return core
	}
	only := -1
	for i, part := range parts {
		switch {
		case i > 0 && norwegian.Head(part):
		case norwegian.Generic(part) || norwegian.Head(part) || only >= 0 || !norwegian.Part(part) && !l.thesaurus.IsName(part):
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

// halfKnown reads a compound of which only the health matter is known. Of a compound that names a matter itself, which no tool is for, only
// the last part says what sort of thing it is: flyangst is angst, but søvnapné is no trouble with sleep.
func (l *lexicon) halfKnown(word string, visible set) []reading {
	core := norwegian.HalfKnown(word)
	root := norwegian.Root(word)
	if core == "" || l.thesaurus.Knows(root) && !strings.HasSuffix(root, norwegian.Root(core)) {
		return nil
	}
	return asCompound(l.lookup(core, visible))
}
