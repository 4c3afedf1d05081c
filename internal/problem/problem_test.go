package problem_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

func TestSortReadsLikeTheDocument(t *testing.T) {
	ps := []problem.Problem{
		{Pointer: "/tools/10/id", Code: problem.BadFormat},
		{Pointer: "/tools/9/name", Code: problem.Unknown},
		{Pointer: "/tools/9", Code: problem.WrongType},
		{Pointer: "/tools/9/name", Code: problem.DuplicateMember},
		{Pointer: "", Code: problem.Trailing},
	}
	problem.Sort(ps)
	got := make([]string, len(ps))
	for i, p := range ps {
		got[i] = p.Pointer + " " + string(p.Code)
	}
	assert.Equal(t, []string{" trailing", "/tools/9 wrong-type", "/tools/9/name duplicate-member",
		"/tools/9/name unknown", "/tools/10/id bad-format"}, got)
}

func TestTextInThreeLanguages(t *testing.T) {
	p := problem.Problem{Pointer: "/tools/0/ages/min", Code: problem.WrongType, Want: "integer"}
	assert.Equal(t, "Verdien har feil type. Det skal være et heltall.", p.Text("nb"))
	assert.Equal(t, "Verdien har feil type. Det skal vere eit heiltal.", p.Text("nn"))
	assert.Equal(t, "the value has the wrong type, want an integer", p.Text("en"))
	p.Want = ""
	assert.Equal(t, "Verdien har feil type.", p.Text("nb"))
	assert.Equal(t, "the value has the wrong type", p.Text("fr"), "an unknown language reads English")
}

// A name in a document must not make a line of its own in a log, nor fill it.
func TestPlacesAreHarmless(t *testing.T) {
	assert.Equal(t, "document", problem.Place(""))
	assert.Equal(t, "/søvn/0", problem.Place("/søvn/0"))
	assert.Equal(t, `/a\nlevel=ERROR\x1b[31m`, problem.Place("/a\nlevel=ERROR\x1b[31m"))
	assert.Equal(t, `/\u202e`, problem.Place("/\u202e"))
	long := problem.Place("/" + strings.Repeat("ø", 100_000))
	assert.Len(t, []rune(long), 201)
}

func TestEveryCodeHasAllTexts(t *testing.T) {
	codes := problem.Codes()
	assert.GreaterOrEqual(t, len(codes), 20)
	for _, code := range codes {
		p := problem.Problem{Code: code, Want: "WANTED"}
		for _, lang := range []string{"nb", "nn", "en"} {
			assert.NotEmpty(t, p.Text(lang), "%s in %s", code, lang)
			assert.NotContains(t, p.Text(lang), "%s", code)
			assert.NotContains(t, p.Text(lang), "|", code)
		}
		assert.NotEqual(t, p.Text("nb"), p.Text("en"), code)
	}
}

func TestJoinStopsAtMost(t *testing.T) {
	ps := make([]problem.Problem, problem.Most+7)
	for i := range ps {
		ps[i] = problem.Problem{Pointer: "/a", Code: problem.MissingMember}
	}
	text := problem.Join(ps)
	assert.True(t, strings.HasSuffix(text, "; and 7 more"), text)
	assert.Equal(t, problem.Most, strings.Count(text, "/a: "))
}

// Some editors put it there and none shows it: whoever saved the file needs to be told what to do.
func TestByteOrderMarkSaysHowToSave(t *testing.T) {
	p := problem.Problem{Code: "byte-order-mark"}
	assert.Equal(t, "Filen begynner med et usynlig merke (BOM). Lagre den som UTF-8 uten BOM, og prøv igjen.", p.Text("nb"))
	assert.Equal(t, "Fila begynner med eit usynleg merke (BOM). Lagre ho som UTF-8 utan BOM, og prøv igjen.", p.Text("nn"))
	assert.Equal(t, "document: the text begins with a byte order mark (BOM), save it as UTF-8 without one", p.String())
}

// What was wanted is put into the reader's language too.
func TestWantIsTranslated(t *testing.T) {
	cases := []struct{ want, nb, nn string }{
		{`"," or "}" at line 3, column 7`, `Det skulle stått "," eller "}" på linje 3, kolonne 7.`, `Det skulle stått "," eller "}" på linje 3, kolonne 7.`},
		{"a digit at line 1, column 2", "Det skulle stått et siffer på linje 1, kolonne 2.", "Det skulle stått eit siffer på linje 1, kolonne 2."},
	}
	for _, c := range cases {
		p := problem.Problem{Code: problem.Syntax, Want: c.want}
		assert.Contains(t, p.Text("nb"), c.nb)
		assert.Contains(t, p.Text("nn"), c.nn)
		assert.Contains(t, p.Text("en"), c.want)
	}
	members := problem.Problem{Code: problem.UnknownMember, Want: "integer, object, string"}
	assert.Contains(t, members.Text("nb"), "integer, object, string", "names of members are left alone")
}
