package norwegian_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// withoutDenied gives what is left, and behind a bar what was denied.
func withoutDenied(text string) string {
	h := norwegian.Health()
	rest, denied := norwegian.WithoutDenied(strings.Fields(text), func(word string) bool { return h.IsName(norwegian.Root(word)) })
	return strings.Join(rest, " ") + "|" + strings.Join(denied, " ")
}

func TestWithoutDenied(t *testing.T) {
	for text, want := range map[string]string{
		"er ikke gravid":                           "er|gravid",
		"har ikke lenger diabetes":                 "har|diabetes",
		"not pregnant":                             "|pregnant",
		"pengespill ikke dataspill":                "pengespill|dataspill",
		"svimmel uten hodepine":                    "svimmel|hodepine",
		"svimmel uten at det er angst":             "svimmel|angst",
		"har ingen spiseforstyrrelse":              "har|spiseforstyrrelse",
		"ikke type 2 datteren har type 1":          "datteren har type 1|type",
		"er ikke redd for fødselen":                "er|redd",
		"my son is not bullied he needs glasses":   "my son is he needs glasses|bullied",
		"my son games all day no gambling":         "my son games all day|gambling",
		"stammer ikke men glemmer ord":             "men glemmer ord|stammer",
		"hører ikke stemmer bare en pipelyd":       "bare en pipelyd|",
		"ikke deprimert bare stresset":             "bare stresset|deprimert",
		"har aldri røykt men fikk kols":            "men fikk kols|",
		"er sliten og hører ikke stemmer men støy": "er sliten og men støy|",
	} {
		assert.Equal(t, want, withoutDenied(text), text)
	}
}

// What one cannot do or has not is a complaint, and what the rest refers to is needed.
func TestComplaintsAreNotDenied(t *testing.T) {
	for _, text := range []string{
		"får ikke sove men er trøtt", "sover ikke bare om dagen", "tør ikke gå ut bare hjemme", "hører ikke bare stemmer", "jeg sover ikke men vil sove",
		"tåler ikke stress", "får ikke søvn", "ingen selvtillit", "uten venner", "klarer ikke angsten", "gravid", "er gravid", "ikke lett å være gravid", "gravid men ikke",
		"drikker ikke selv men det gjør faren min", "i don t drink but my dad does", "har ikke adhd selv men sønnen min har det",
		"røyker ikke men", "drikker ikke", "bare angst", "angst men ikke nå", "no er eg i angst", "ikke redd for å dø", "",
	} {
		assert.Equal(t, text+"|", withoutDenied(text), text)
	}
}

func TestNotMe(t *testing.T) {
	for text, want := range map[string]bool{
		"det er kona som drikker ikke jeg": true, "ikkje eg men guten": true, "my wife not me": true, "har ikke adhd selv men sønnen min har det": true,
		"kan ikke jeg få sove": false, "jeg drikker ikke": false, "får ikke sove når han har det vondt": false, "kona har det ikke bra": false, "ikke": false, "": false,
	} {
		assert.Equal(t, want, norwegian.NotMe(strings.Fields(text)), text)
	}
}
