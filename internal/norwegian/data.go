package norwegian

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
)

// The word lists are this project's own; each says at its top what it holds.
var (
	//go:embed data/nynorsk.txt
	nynorskText string
	//go:embed data/stems.txt
	stemText string
	//go:embed data/synonyms/*.txt
	synonymFiles embed.FS
	//go:embed data/told/*.txt
	toldFiles embed.FS
	//go:embed data/classes.txt
	classText string
	//go:embed data/parts.txt
	partText string
	//go:embed data/heads.txt
	headText string
	//go:embed data/people.txt
	peopleText string
	//go:embed data/whole.txt
	wholeText string
	//go:embed data/common.txt
	commonText string
	//go:embed data/generic.txt
	genericText string
	//go:embed data/elsewhere.txt
	elsewhereText string
	//go:embed data/elsewhere-en.txt
	elsewhereEnglish string
	//go:embed data/right.txt
	rightText string
	//go:embed data/ailments.txt
	ailmentText string
	//go:embed data/terms.txt
	termText string
	//go:embed data/cores.txt
	coreText string
)

// synonymText is all files of synonyms, toldText all of texts that people wrote, one after the other.
var (
	synonymText = sync.OnceValue(func() string { return joined(synonymFiles, "data/synonyms/*.txt") })
	toldText    = sync.OnceValue(func() string { return joined(toldFiles, "data/told/*.txt") })
)

func joined(files embed.FS, pattern string) string {
	var out strings.Builder
	names, err := fs.Glob(files, pattern)
	for _, name := range names {
		var data []byte
		if data, err = files.ReadFile(name); err != nil {
			break
		}
		out.Write(data)
	}
	if err != nil {
		panic("norwegian: " + err.Error()) // they are in the program
	}
	return out.String()
}

// lines gives the lines of a list that are no comments.
func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// listed is the set of a list's words, folded, and of their roots; the stemmer
// may give another one for a word that was folded before.
func listed(text string) map[string]bool {
	out := map[string]bool{}
	for _, line := range lines(text) {
		for _, w := range strings.Fields(line) {
			out[Root(w)], out[Fold(w)], out[Root(Fold(w))] = true, true, true
		}
	}
	return out
}

var (
	parts   = sync.OnceValue(func() map[string]bool { return listed(partText) })
	heads   = sync.OnceValue(func() map[string]bool { return listed(headText) })
	whole   = sync.OnceValue(func() map[string]bool { return listed(wholeText + termText) })
	common  = sync.OnceValue(func() map[string]bool { return listed(commonText) })
	generic = sync.OnceValue(func() map[string]bool { return listed(genericText) })
	ailing  = sync.OnceValue(func() map[string]bool { return listed(ailmentText + termText) })
	right   = sync.OnceValue(func() map[string]bool { return listed(rightText) })
)

// Part says that a word, folded or as a root, is one that health compounds are commonly made of.
func Part(folded string) bool { return parts()[folded] || heads()[folded] }

// Head says that a word, folded or as a root, tells nothing where it is the last part of a health compound: søvnproblem is about søvn.
func Head(folded string) bool { return heads()[folded] }

// Common says that a word is a known one of the language, spelled as it was meant, although a catalogue may not hold it.
func Common(word string) bool {
	if _, known := stems()[word]; known {
		return true
	}
	folded, root := Fold(word), Root(word)
	for _, set := range []map[string]bool{common(), elsewhere(), parts(), heads(), whole(), generic()} {
		if set[folded] || set[root] {
			return true
		}
	}
	return false
}

// Right says that a word is spelled as it was meant: a common one, one for a health matter, or one of the health words that few tools are for.
func Right(word string) bool {
	return Common(word) || listedRight(Fold(word), Root(word)) || Core(word) != ""
}

func listedRight(folded, root string) bool {
	return ailing()[folded] || ailing()[root] || right()[folded] || right()[root]
}

// Ailment says that a word names an illness or a trouble for which there may be no tool.
func Ailment(word string) bool { return ailing()[Fold(word)] || ailing()[Root(word)] }

// Closed says that a word is one of these, and that its parts tell nothing of what it is about: tannregulering, but not hudkreft.
func Closed(word string) bool {
	return listedRight(Fold(word), Root(word)) && HalfKnown(word) == ""
}

// measures are what is done or written at a doctor's or a pharmacy.
var measures = sync.OnceValue(func() map[string]bool {
	return listed("vaksine vaksinasjon vaksinering vaccine vaccination resept prescription røntgen mammografi ultralyd hurtigtest legeerklæring legeattest helseattest vaksinekort blodgiver")
})

// Measure says that a word with this root names something that is done about illnesses elsewhere: who asks for it looks for no tool for the illness.
func Measure(root string) bool { return measures()[root] }

// Generic says that a word, folded or as a root, goes with every matter and so tells little of what a query is about: a verb of wanting
// or doing, a time, a quantity, a person by age, or what every tool is.
func Generic(folded string) bool { return generic()[folded] }

// Everyday says that a word, folded or as a root, is of everyday life, such as kitchen or bus: no health matter, unless a catalogue says so.
func Everyday(folded string) bool { return common()[folded] || elsewhere()[folded] }

// stems holds each word of the list of stems as it is written and with ae, oe and aa.
var stems = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range lines(stemText) {
		stem, words, _ := strings.Cut(line, ": ")
		for _, word := range strings.Fields(words) {
			out[Fold(word)] = Fold(stem)
			out[word] = stem
		}
	}
	return out
})
