package fhir_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

func reader(t *testing.T, text string) *fhir.Reader {
	t.Helper()
	r, err := fhir.NewReader([]byte(text), strictjson.Document())
	require.NoError(t, err)
	return r
}

func list(found []problem.Problem) []string {
	var out []string
	for _, p := range found {
		out = append(out, p.Pointer+" "+string(p.Code))
	}
	return out
}

func TestPlace(t *testing.T) {
	for pointer, want := range map[string]string{
		"":                                     "Bundle",
		"/entry/12/resource/title":             "Bundle.entry[12].resource.title",
		"/entry/0/resource/_title/extension/1": "Bundle.entry[0].resource.title.extension[1]",
		"/a~1b/c~0d":                           "Bundle.`a/b`.`c~d`",
		"/":                                    "Bundle.``",
		"/æ":                                   "Bundle.`æ`",
		"/a`b":                                 "Bundle.`a\\`b`",
		"/a\nlevel=ERROR":                      "Bundle.`a\\nlevel=ERROR`",
		"/value/[redacted]":                    "Bundle.value.`[redacted]`",
		strings.Repeat("/aaaaaaaaa", 30):       "Bundle" + strings.Repeat(".aaaaaaaaa", 19) + ".aaa…",
	} {
		assert.Equal(t, want, fhir.Place("Bundle", pointer))
	}
}

// hl7.org/fhir/R4/json.html: empty values are not allowed, and null only holds a place in a list.
func TestNewReaderRefuses(t *testing.T) {
	for text, want := range map[string][]string{
		`{"a":null}`:                         {"/a wrong-type"},
		`{"a":""}`:                           {"/a too-short"},
		`{"a":[]}`:                           {"/a too-few"},
		`{"a":{}}`:                           {"/a too-few"},
		`{}`:                                 {" too-few"},
		`"a"`:                                {" wrong-type"},
		`{"a":{"b":[{"c":null},{}],"d":""}}`: {"/a/b/0/c wrong-type", "/a/b/1 too-few", "/a/d too-short"},
		`{"a":1,"a":2}`:                      {"/a duplicate-member"},
	} {
		_, err := fhir.NewReader([]byte(text), strictjson.Document())
		var bad *strictjson.Error
		require.True(t, errors.As(err, &bad), text)
		assert.Equal(t, want, list(bad.Problems), text)
	}
	reader(t, `{"given":[null,"a"],"_given":[{"id":"b"},null]}`)
}

func TestUntaken(t *testing.T) {
	r := reader(t, `{"a":"1","b":{"c":"2","d":true},"e":[{"f":"3"},{"f":"4","g":5}],"h":{"i":{"j":"6"}},"k":[7,null]}`)
	assert.Equal(t, []string{""}, r.Untaken())
	root := r.Root()
	assert.Equal(t, "1", root.Look("a"))
	assert.Equal(t, []string{""}, r.Untaken(), "looking does not take")
	assert.Equal(t, "1", root.Take("a"))
	value, has := root.Member("b").TakeBool("d")
	assert.True(t, value && has)
	assert.True(t, root.List("e")[1].Has("f", "4"))
	assert.False(t, root.List("e")[0].Has("f", "4"))
	assert.Equal(t, []string{"/b/c", "/e/0", "/e/1/g", "/h", "/k/0", "/k/1"}, r.Untaken())
	root.TakeAny("h")
	root.List("e")[1].TakeNumber("g", "6")
	assert.Equal(t, []string{"/b/c", "/e/0", "/e/1/g", "/k/0", "/k/1"}, r.Untaken())
	root.List("e")[1].TakeNumber("g", "5")
	assert.Equal(t, []string{"/b/c", "/e/0", "/k/0", "/k/1"}, r.Untaken())
	assert.Empty(t, r.Problems())
}

func TestWrongTypesAreProblems(t *testing.T) {
	r := reader(t, `{"a":1,"b":"x","c":["x",{"d":"y"}],"e":{"value":"1"}}`)
	root := r.Root()
	assert.Empty(t, root.Take("a"))
	assert.False(t, root.Member("b").Exists())
	assert.Empty(t, root.List("b"))
	assert.Len(t, root.List("c"), 1)
	_, has := root.TakeBool("b")
	assert.False(t, has)
	_, has = root.TakeUCUM("e", "d")
	assert.False(t, has)
	assert.Equal(t, []string{"/a wrong-type", "/b wrong-type", "/b wrong-type", "/c/0 wrong-type", "/b wrong-type", "/e/value wrong-type"},
		list(r.Problems()))
}

func TestNothingComesOfANodeThatIsNotThere(t *testing.T) {
	r := reader(t, `{"a":"1"}`)
	none := r.Root().Member("b").Member("c")
	assert.False(t, none.Exists())
	assert.Empty(t, none.Pointer())
	assert.Empty(t, none.Names())
	assert.Empty(t, none.Take("a"))
	assert.Empty(t, none.TakeCode("x"))
	assert.Empty(t, none.Texts("a", "nb"))
	assert.False(t, none.Extension("x").Exists())
	none.TakeAny("a")
	assert.Empty(t, r.Problems())
}

func TestTakeUCUM(t *testing.T) {
	cases := []struct {
		text string
		want int
		has  bool
		left []string
	}{
		{`{"value":8,"unit":"d","system":"http://unitsofmeasure.org","code":"d"}`, 8, true, nil},
		{`{"value":8,"unit":"dager","system":"http://unitsofmeasure.org","code":"d"}`, 8, true, []string{"/q/unit"}},
		{`{"value":8,"comparator":"<","system":"http://unitsofmeasure.org","code":"d"}`, 8, true, []string{"/q/comparator"}},
		{`{"value":8,"system":"http://unitsofmeasure.org","code":"wk"}`, 0, false, []string{""}},
		{`{"value":8,"system":"http://other.example","code":"d"}`, 0, false, []string{""}},
		{`{"value":8.5,"system":"http://unitsofmeasure.org","code":"d"}`, 0, false, []string{""}},
		{`{"system":"http://unitsofmeasure.org","code":"d"}`, 0, false, []string{""}},
	}
	for _, c := range cases {
		r := reader(t, `{"q":`+c.text+`}`)
		got, has := r.Root().TakeUCUM("q", "d")
		assert.Equal(t, c.want, got, c.text)
		assert.Equal(t, c.has, has, c.text)
		assert.Equal(t, c.left, r.Untaken(), c.text)
	}
}

func TestTakeInt(t *testing.T) {
	r := reader(t, `{"a":12,"b":1.5,"c":"3","d":99999999999999999999}`)
	got, has := r.Root().TakeInt("a")
	assert.True(t, has)
	assert.Equal(t, int64(12), got)
	for _, name := range []string{"b", "c", "d", "e"} {
		_, has = r.Root().TakeInt(name)
		assert.False(t, has, name)
	}
	assert.Equal(t, []string{"/b wrong-type", "/c wrong-type", "/d wrong-type"}, list(r.Problems()))
	assert.Equal(t, []string{"/b", "/c", "/d"}, r.Untaken())
	r.Root().TakeAll()
	assert.Empty(t, r.Untaken())
}

func TestTextsComeBack(t *testing.T) {
	for _, texts := range []map[string]string{{"nb": "Hei"}, {"nb": "Hei", "nn": "Hei", "se": "Bures\n"}, {"en": "Hello"}, {}} {
		var out struct {
			ID    string        `json:"id"`
			Title string        `json:"title,omitempty"`
			More  *fhir.Element `json:"_title,omitempty"`
		}
		out.ID = "x"
		out.Title, out.More = fhir.Texts(texts, "nb")
		assert.Equal(t, texts["nb"], out.Title)
		text, err := json.Marshal(out)
		require.NoError(t, err)
		r := reader(t, string(text))
		assert.Equal(t, texts, r.Root().Texts("title", "nb"))
		assert.Equal(t, "x", r.Root().Take("id"))
		assert.Empty(t, r.Untaken())
	}
}

func TestTextsThatAreNotOurs(t *testing.T) {
	translation := func(inner string) string {
		return `{"url":"` + fhir.ExtensionTranslation + `","extension":[` + inner + `]}`
	}
	r := reader(t, `{"title":"Hei","_title":{"extension":[`+translation(`{"url":"lang","valueCode":"nb"},{"url":"content","valueString":"Hallo"}`)+`,`+
		translation(`{"url":"lang","valueCode":"nn"}`)+`,{"url":"https://a.example","valueCode":"en"}]}}`)
	assert.Equal(t, map[string]string{"nb": "Hei"}, r.Root().Texts("title", "nb"))
	assert.Equal(t, []string{"/_title/extension/0", "/_title/extension/1", "/_title/extension/2"}, r.Untaken(), "another text in the same language, one without text, and no translation")
	assert.Equal(t, map[string]string{"nb": "Hallo"}, r.Root().Texts("title", ""))
	assert.Equal(t, []string{"/title bad-value"}, list(r.Problems()), "a text without a language")
}

func TestEcho(t *testing.T) {
	r := reader(t, `{"a":"1","b":[{"c":1,"d":2},{"c":3},{"c":3}],"e":{"f":true,"g":"x"},"h":"1","i":1.0}`)
	require.NoError(t, r.Root().Echo([]byte(`{"a":"1","b":[{"c":3},{"d":2,"c":1}],"e":{"f":true,"g":"y"},"h":1,"i":1}`), strictjson.Document()))
	assert.Equal(t, []string{"/e/g", "/h", "/i"}, r.Untaken())
}

func TestRefuseModifiers(t *testing.T) {
	r := reader(t, `{"modifierExtension":[{"modifierExtension":[1]}],"a":[{"implicitRules":"x"}],"b":{"extension":[{"url":"modifierExtension"}]}}`)
	r.Root().RefuseModifiers()
	assert.Equal(t, []string{"/modifierExtension bad-value", "/a/0/implicitRules bad-value"}, list(r.Problems()))
}

func TestSameMember(t *testing.T) {
	r := reader(t, `{"a":{"s":"1"},"b":{"s":"1"},"c":{"s":"2"},"d":{"t":"1"},"e":{"t":"1"}}`)
	same := func(a, b string) bool { return r.Root().Member(a).SameMember(r.Root().Member(b), "s") }
	assert.True(t, same("a", "b"))
	assert.True(t, same("d", "e"), "neither has it")
	assert.False(t, same("a", "c"))
	assert.False(t, same("a", "d"))
	assert.False(t, same("d", "a"))
}
