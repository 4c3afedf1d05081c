package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Who tells of suicide is shown first what helps to stay alive, whatever else the words say.
func TestSuicideComesFirst(t *testing.T) {
	x := with(t,
		about("a-grief", "Sorg", "Sorg og savn når noen dør. For etterlatte, også ved selvmord.", "sorg", "etterlatt ved selvmord", "døden", "død"),
		about("b-mood", "Humør", "", "depresjon", "angst", "humør"), about("c-worry", "Ro", "", "bekymring", "tenker"), about("d-lust", "Lyst", "", "lyst", "samliv"),
		about("e-sleep", "Natt", "", "søvn", "våkner"), about("f-kin", "Nær", "", "datteren min", "pårørende"), about("safety", "Havn", "", "selvmordstanker", "trygghetsplan"),
	)
	for _, text := range []string{
		"jeg vil dø", "eg vil døy", "ynskjer å døy", "har lyst til å dø", "jeg orker ikke leve lenger", "eg orkar ikkje leve lenger", "eg vil ikkje leve",
		"har ikke lyst til å leve lenger", "ser ingen grunn til å leve", "skulle ønske jeg var død", "vil ikke våkne igjen", "tenker på selvmord",
		"tenkjer på sjølvmord", "sjølvmordstankar", "selvmordstanker", "tenker på døden hele tiden", "ta livet mitt", "datteren min vil ta livet sitt",
		"deprimert, angst og selvmordstanker", "jeg sover ikke og vil dø", "want to die", "I want to kill myself", "suicidal", "don't want to live", "wish I was dead", "no reason to live",
	} {
		got := found(t, x, catalogue.Query{Text: text})
		require.NotEmpty(t, got, text)
		assert.Equal(t, "safety", got[0], text)
	}
	for text, want := range map[string]string{"mannen min er død": "a-grief", "mistet mamma i selvmord": "a-grief", "deprimert og trist": "b-mood", "tenker og tenker": "c-worry"} {
		got := found(t, x, catalogue.Query{Text: text})
		require.NotEmpty(t, got, text)
		assert.Equal(t, want, got[0], text)
	}
}
