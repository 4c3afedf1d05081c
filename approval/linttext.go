package approval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Texts that are the same in two languages by chance are short.
const (
	// longText is the number of characters from which Bokmål and Nynorsk are never the same.
	longText = 80
	// severalWords is the number of words from which Norwegian and English are never the same; names have fewer.
	severalWords = 3
)

// onlyBokmal are frequent words that Nynorsk does not have.
var onlyBokmal = []string{"ikke", "hva", "hvem", "hvis", "hvor", "hvordan", "hvilke", "hvilken", "noe", "noen", "fra", "være", "gjøre", "bare", "hver", "en", "et"}

// sameTexts finds texts that stand in a language that is not theirs.
func (l *linter) sameTexts() {
	s := l.set
	l.sameText("/title", s.Title)
	l.sameText("/note", s.Note)
	for i, g := range s.Groups {
		l.sameText(strictjson.Pointer("groups", i, "title"), g.Title)
	}
	for i, f := range s.Facts {
		l.sameText(strictjson.Pointer("facts", i, "question"), f.Question)
		for j, c := range f.Choices {
			l.sameText(strictjson.Pointer("facts", i, "choices", j, "text"), c.Text)
		}
	}
	for i, r := range s.Rules {
		l.sameText(strictjson.Pointer("rules", i, "text"), r.Text)
	}
	for i := range s.Requirements {
		l.sameInRequirement(strictjson.Pointer("requirements", i), &s.Requirements[i])
	}
}

func (l *linter) sameInRequirement(at string, r *Requirement) {
	l.sameText(at+"/title", r.Title)
	l.sameText(at+"/text", r.Text)
	l.sameText(at+"/help", r.Help)
	for i, n := range r.NotApplicable {
		l.sameText(at+strictjson.Pointer("notApplicable", i, "text"), n.Text)
	}
}

func (l *linter) sameText(at string, t catalogue.Text) {
	nb, nn, en := t["nb"], t["nn"], t["en"]
	switch {
	case (en == nb || en == nn) && len(strings.Fields(en)) >= severalWords:
		l.add(at+"/en", LintSameText, "en", "nb")
	case nn == nb && (utf8.RuneCountInString(nn) >= longText || bokmal(nn)):
		l.add(at+"/nn", LintSameText, "nn", "nb")
	}
}

// bokmal says that a text has a word that Nynorsk does not have.
func bokmal(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" .,:;?!«»()/\n", r) })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(onlyBokmal, w) })
}
