package norwegian_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func telling(text string) []string { return norwegian.Telling(norwegian.Words(text)) }

// guessed is how likely a text is about one of the matters that a word is a name of.
func guessed(t *testing.T, h *norwegian.Thesaurus, text, name string) float32 {
	t.Helper()
	matters := h.Names(norwegian.Root(name))
	require.NotEmpty(t, matters, name)
	chances, _ := h.Guess(telling(text))
	require.NotEmpty(t, chances, text)
	var sum float32
	for _, matter := range matters {
		sum += chances[matter]
	}
	return sum
}

// None of these texts is an expression of the list or one of those that were learnt.
func TestGuess(t *testing.T) {
	h, known := norwegian.Health(), everything(t)
	for _, c := range []struct{ text, name string }{
		{"søsteren min må gå tilbake og kjenne på ovnen seks ganger", "tvangslidelse"},
		{"lå og vendte meg til klokka fem igjen i natt", "søvn"},
		{"kona roter med pillene og kjenner ikke igjen barnebarna", "demens"},
		{"eg vert knallraud og skjelv når eg må snakke for klassen", "sosiofobi"},
		{"hearing a high pitched ringing in my ears all day", "tinnitus"},
	} {
		assert.NotContains(t, known, c.text)
		assert.Greater(t, guessed(t, h, c.text, c.name), float32(0.5), c.text)
	}
}

// everything is all that is in the lists.
func everything(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("data/*/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all strings.Builder
	for _, file := range files {
		list, err := os.ReadFile(file)
		require.NoError(t, err)
		all.Write(list)
	}
	return all.String()
}

func TestGuessOfNone(t *testing.T) {
	h := norwegian.Health()
	for _, text := range []string{"skifte dekk på varebilen", "åpningstider polet på lørdag"} {
		_, none := h.Guess(telling(text))
		assert.Greater(t, none, float32(0.5), text)
	}
	for _, text := range []string{"", "qwxz", "?"} {
		chances, none := h.Guess(telling(text))
		assert.Nil(t, chances, text)
		assert.Zero(t, none, text)
	}
}

func TestChancesAddUp(t *testing.T) {
	h := norwegian.Health()
	chances, none := h.Guess(telling("redd for å sove alene og drikker for mye"))
	require.Len(t, chances, h.Matters())
	sum := none
	for _, chance := range chances {
		assert.GreaterOrEqual(t, chance, float32(0))
		sum += chance
	}
	assert.InDelta(t, 1, sum, 1e-4)
}

// What a host adds is learnt too, and by its own thesaurus alone.
func TestGuessOfAHostsMatter(t *testing.T) {
	h := norwegian.Health()
	var told []string
	for _, verb := range []string{"danser", "synger", "hopper", "spiller", "ler"} {
		told = append(told, verb+" med glommunger")
	}
	own := h.With([]norwegian.Synonyms{{Same: []string{"glomming"}, For: told}})
	require.Equal(t, h.Matters()+1, own.Matters())
	assert.Greater(t, guessed(t, own, "vil glommungene noe annet", "glomming"), float32(0.5))
	chances, _ := h.Guess(telling("vil glommungene drikke"))
	assert.Len(t, chances, h.Matters())
}

// Every text that was learnt tells something, is there once, and is about one matter.
func TestWhatWasTold(t *testing.T) {
	files, err := filepath.Glob("data/told/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	seen := map[string]string{}
	for _, file := range files {
		list, err := os.ReadFile(file)
		require.NoError(t, err)
		n := 0
		for line := range strings.Lines(string(list)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' || line[0] == '@' {
				continue
			}
			n++
			assert.NotEmpty(t, telling(line), "%s: %q tells nothing", file, line)
			assert.Empty(t, seen[line], "%s: %q again", file, line)
			seen[line] = file
		}
		assert.Greater(t, n, 100, file)
	}
}
