package strictjson_test

import (
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

func problems(t *testing.T, err error) []string {
	t.Helper()
	var e *strictjson.Error
	require.ErrorAs(t, err, &e)
	out := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		out[i] = p.Pointer + " " + string(p.Code)
	}
	return out
}

func TestParseRefuses(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{" syntax"}},
		{"two values", "{} {}", []string{" trailing"}},
		{"byte-order mark", "\ufeff{}", []string{" byte-order-mark"}},
		{"byte-order mark within", "{\ufeff}", []string{" syntax"}},
		{"broken UTF-8", "{\"a\":\"\xff\"}", []string{" not-utf8"}},
		{"UTF-16", "{\x00}\x00", []string{" syntax"}},
		{"NUL in a string", "[\"a\x00b\"]", []string{"/0 syntax"}},
		{"line break in a string", "[\"a\nb\"]", []string{"/0 syntax"}},
		{"lone surrogate", `["\ud800"]`, []string{"/0 syntax"}},
		{"lone low surrogate", `["\udc00"]`, []string{"/0 syntax"}},
		{"surrogate and letter", `["\ud800\u0041"]`, []string{"/0 syntax"}},
		{"unknown escape", `["\x41"]`, []string{"/0 syntax"}},
		{"open string", `["a`, []string{"/0 syntax"}},
		{"open object", `{"a":1`, []string{" syntax"}},
		{"comma at the end", `{"a":1,}`, []string{" syntax"}},
		{"comma at the end of an array", `[1,]`, []string{"/1 syntax"}},
		{"single quotes", `{'a':1}`, []string{" syntax"}},
		{"comment", "{} // x", []string{" trailing"}},
		{"leading zero", `{"a":01}`, []string{" syntax"}},
		{"plus", `[+1]`, []string{"/0 syntax"}},
		{"NaN", `[NaN]`, []string{"/0 syntax"}},
		{"no digit after the point", `[1.]`, []string{"/0 syntax"}},
		{"two members with one name", `{"a":1,"a":2}`, []string{"/a duplicate-member"}},
		{"one name by escape", `{"a":1,"\u0061":2}`, []string{"/a duplicate-member"}},
		{"huge exponent", `[1e1000000]`, []string{"/0 bad-number"}},
		{"tiny exponent", `[1e-1000000]`, []string{"/0 bad-number"}},
		{"long number", "[" + strings.Repeat("9", 33) + "]", []string{"/0 bad-number"}},
		{"deep", strings.Repeat("[", 33) + strings.Repeat("]", 33), []string{strings.Repeat("/0", 32) + " too-deep"}},
		{"many", "[" + strings.Repeat("0,", 10_000) + "0]", []string{" too-many"}},
		{"several at once", `{"a":1,"a":1e999,"b":{"c":1,"c":2}}`,
			[]string{"/a bad-number", "/a duplicate-member", "/b/c duplicate-member"}},
		{"large", `"` + strings.Repeat("a", 1<<20) + `"`, []string{" too-large"}},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v, err := strictjson.Parse([]byte(c.text), strictjson.Document())
			assert.Equal(t, c.want, problems(t, err))
			assert.Nil(t, v)
		})
	}
}

// One long name above thousands of values must not be copied for each of them.
func TestALongNameCostsItsLengthOnce(t *testing.T) {
	text := []byte(`{"` + strings.Repeat("a", 100_000) + `":[` + strings.Repeat("1,", 9_000) + `1]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v, err := strictjson.Parse(text, strictjson.Document())
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(20<<20))
	assert.Len(t, v.Members[0].Value.Items[8_999].Pointer(), 100_000+len("//8999"))
}

func TestSyntaxNamesLineAndColumn(t *testing.T) {
	_, err := strictjson.Parse([]byte("{\n  \"a\": 1\n  \"b\": 2\n}"), strictjson.Document())
	assert.EqualError(t, err, `json: document: this is not valid JSON, want "," or "}" at line 3, column 3`)
}

func TestZeroLimitsRefuse(t *testing.T) {
	_, err := strictjson.Parse([]byte("1"), strictjson.Limits{})
	assert.Equal(t, []string{" too-large"}, problems(t, err))
}

func TestParseKeepsWhatWasWritten(t *testing.T) {
	text := `{"b":[1.50,-0,1e2,true,null,"ø😀\/\n"],"a":{}}`
	v, err := strictjson.Parse([]byte(text), strictjson.Document())
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"a": map[string]any{},
		"b": []any{json.Number("1.50"), json.Number("-0"), json.Number("1e2"), true, nil, "ø😀/\n"},
	}, v.Any())
	b, found := v.Member("b")
	require.True(t, found)
	assert.Equal(t, "/b/5", b.Items[5].Pointer())
	_, found = v.Member("B")
	assert.False(t, found, "names are compared with case")
}

func TestReadStopsAtTheLimit(t *testing.T) {
	_, err := strictjson.Read(strings.NewReader(strings.Repeat("x", 20<<20)), strictjson.Catalogue())
	assert.Equal(t, []string{" too-large"}, problems(t, err))
	assert.ErrorContains(t, err, "16 MiB")
	data, err := strictjson.Read(strings.NewReader("{}"), strictjson.Limits{Bytes: 2})
	require.NoError(t, err)
	assert.Equal(t, "{}", string(data))
}

func TestReadGivesTheReadersError(t *testing.T) {
	broken := errors.New("disk gone")
	_, err := strictjson.Read(failing{broken}, strictjson.Document())
	assert.ErrorIs(t, err, broken)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestPointerEscapesAndRedacts(t *testing.T) {
	assert.Equal(t, "/a~1b/0/m~0n", strictjson.Pointer("a/b", 0, "m~n"))
	assert.Equal(t, "/id-[redacted]-x", strictjson.Pointer("id-00000000000-x"))
	assert.Equal(t, "/[redacted]", strictjson.Pointer("000000 00000"))
}

// Whatever Parse takes, the standard library reads the same way, and writing it again changes nothing.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\u00e5",null]}`, `{"a":1,"a":2}`, `[1e5]`, "\"\xff\"", `{"a":{"b":[{}]}}`, `[[[]]]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := strictjson.Parse(data, strictjson.Document())
		if err != nil {
			return
		}
		d := json.NewDecoder(strings.NewReader(string(data)))
		d.UseNumber()
		var want any
		require.NoError(t, d.Decode(&want))
		assert.Equal(t, want, v.Any())
		again, err := json.Marshal(v.Any())
		require.NoError(t, err)
		second, err := strictjson.Parse(again, strictjson.Document())
		require.NoError(t, err)
		assert.Equal(t, v.Any(), second.Any())
	})
}
