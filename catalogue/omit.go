package catalogue

// role is what a word does in a sentence that says what a tool is not for.
type role uint8

const (
	negates  role = iota + 1 // not
	excludes                 // treat, for, suited: not beside it leaves out what comes after it
	advises                  // use: not beside it leaves out the whole sentence
)

var roles = map[string]role{
	"ikke": negates, "ikkje": negates, "not": negates,
	"for": excludes, "behandler": excludes, "behandlar": excludes, "erstatter": excludes, "erstattar": excludes, "erstatning": excludes,
	"erstatte": excludes, "passer": excludes, "passar": excludes, "egnet": excludes, "eigna": excludes, "egner": excludes, "eignar": excludes, "laget": excludes,
	"laga": excludes, "beregnet": excludes, "berekna": excludes, "ment": excludes, "meint": excludes, "treat": excludes, "replace": excludes, "suited": excludes,
	"suitable": excludes, "intended": excludes, "meant": excludes, "made": excludes, "omfatter": excludes, "dekker": excludes, "cover": excludes,
	"bruk": advises, "bruke": advises, "brukes": advises, "brukast": advises, "use": advises, "used": advises,
}

// beside is how many words off a word may be from the not that it goes with.
const beside = 2

// omit strikes from the text at hand what it says that a tool is not for: "Kurset behandler ikke søvnapné" must not be found by those
// who look for help against it. A sentence is struck from its not on.
func (b *scribe) omit() {
	kept := 0
	for i := 0; i < len(b.text); i++ {
		if b.about[b.text[i]].role == negates {
			switch b.denied(i) {
			case advises:
				for kept > 0 && b.sentence[kept-1] == b.sentence[i] {
					kept--
				}
				i = b.sentenceEnd(i)
				continue
			case excludes:
				i = b.sentenceEnd(i)
				continue
			}
		}
		b.text[kept], b.sentence[kept] = b.text[i], b.sentence[i]
		kept++
	}
	b.text, b.sentence = b.text[:kept], b.sentence[:kept]
}

// denied is the strongest role of the words beside the not at i.
func (b *scribe) denied(i int) role {
	var found role
	for j := max(0, i-beside); j <= min(i+beside, len(b.text)-1); j++ {
		r := b.about[b.text[j]].role
		before := j < i && b.terms[b.text[j]] == "for"
		if b.sentence[j] == b.sentence[i] && !before {
			found = max(found, r)
		}
	}
	return found
}

// sentenceEnd is the place of the last word of the sentence of i.
func (b *scribe) sentenceEnd(i int) int {
	for i+1 < len(b.text) && b.sentence[i+1] == b.sentence[i] {
		i++
	}
	return i
}
