package approval

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// insiders are the vendor and its people, by the names in the declaration: what
// they have checked or issued themselves is no more than a document. Who hides
// behind another name is not found.
type insiders struct {
	firm   firmName
	number string
	people [][]string // the words of each name
	known  map[string]bool
	// index is there where people have so many words that comparing each name with all of them would take long.
	index *wordIndex
}

func insidersOf(d *SelfDeclaration) *insiders {
	in := &insiders{firm: firmOf(nameWords(d.Vendor.Name)), number: string(d.Vendor.OrgNumber), known: map[string]bool{}}
	in.person(d.SignedBy.Name)
	for _, c := range d.Vendor.Contacts {
		in.person(c.Name)
		in.person(c.Email)
	}
	in.index = indexed(in.people)
	return in
}

func (in *insiders) person(name string) {
	if words := nameWords(name); len(words) > 0 {
		in.people = append(in.people, words)
	}
}

// has says that a name is one of the vendor's own: its number, its firm under any spelling and legal form, also with more words behind
// it, or somebody who signed or is a contact.
func (in *insiders) has(name string) bool {
	found, known := in.known[name]
	if !known {
		words := nameWords(name)
		found = in.isFirm(name, words) || in.isPerson(words)
		in.known[name] = found
	}
	return found
}

func (in *insiders) isPerson(words []string) bool {
	if in.index != nil {
		return in.index.has(words)
	}
	return slices.ContainsFunc(in.people, func(own []string) bool { return sameWords(own, words) })
}

func (in *insiders) isFirm(name string, words []string) bool {
	if in.number != "" && strings.Contains(onlyDigits(name), in.number) {
		return true
	}
	other := firmOf(words)
	if in.firm.wide == "" || other.wide == "" {
		return false
	}
	return in.firm.wide == other.wide || in.firm.bare == other.bare || in.firm.full != in.firm.wide && strings.HasPrefix(other.full, in.firm.full)
}

// firmName is a firm's name in three spellings without spaces: wide and bare
// without the legal form, æ, ø and å as ae, oe, aa or as a, o, a; full is wide
// with the legal form.
type firmName struct{ wide, bare, full string }

func firmOf(words []string) firmName {
	core := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(legalForms, w) })
	if len(core) == 0 {
		core = words
	}
	one := strings.Join(core, "")
	return firmName{wide: norwegian.Fold(one), bare: norwegian.FoldBare(one), full: norwegian.Fold(strings.Join(words, ""))}
}

// legalForms as the register of legal entities (Enhetsregisteret) abbreviates
// and names them, and the usual ones abroad.
var legalForms = []string{
	"as", "asa", "enk", "sa", "ans", "da", "ks", "nuf", "se", "sti", "ba", "iks", "kf", "fkf", "sf", "bbl", "fli",
	"aksjeselskap", "aksjeselskapet", "allmennaksjeselskap", "enkeltpersonforetak", "samvirkeforetak", "stiftelse", "stiftelsen",
	"ab", "oy", "oyj", "aps", "gmbh", "ltd", "limited", "inc", "llc", "plc", "bv", "nv",
}

// nameWords are the words of a name in lower case; A/S and A.S. are one word.
func nameWords(name string) []string { return norwegian.Words(joiners.Replace(name)) }

var joiners = strings.NewReplacer("/", "", ".", "", "'", "", "’", "")

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// sameWords says that two names have the same words, in any order, or that one
// has at least two words and the other has them all: a title or a middle name
// makes nobody another.
func sameWords(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	all := len(a) > 0 && !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
	return all && (len(a) == len(b) || len(a) > 1)
}
