package jcs_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	upstream "github.com/gowebpki/jcs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// RFC 8785, appendix B: the bits of a number and its canonical form; "" is an error.
func TestNumbersOfRFC8785(t *testing.T) {
	cases := []struct {
		bits uint64
		want string
	}{
		{0x0000000000000000, "0"},
		{0x8000000000000000, "0"},
		{0x0000000000000001, "5e-324"},
		{0x8000000000000001, "-5e-324"},
		{0x7fefffffffffffff, "1.7976931348623157e+308"},
		{0xffefffffffffffff, "-1.7976931348623157e+308"},
		{0x4340000000000000, "9007199254740992"},
		{0xc340000000000000, "-9007199254740992"},
		{0x4430000000000000, "295147905179352830000"},
		{0x7fffffffffffffff, ""},
		{0x7ff0000000000000, ""},
		{0x44b52d02c7e14af5, "9.999999999999997e+22"},
		{0x44b52d02c7e14af6, "1e+23"},
		{0x44b52d02c7e14af7, "1.0000000000000001e+23"},
		{0x444b1ae4d6e2ef4e, "999999999999999700000"},
		{0x444b1ae4d6e2ef4f, "999999999999999900000"},
		{0x444b1ae4d6e2ef50, "1e+21"},
		{0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
		{0x3eb0c6f7a0b5ed8d, "0.000001"},
		{0x41b3de4355555553, "333333333.3333332"},
		{0x41b3de4355555554, "333333333.33333325"},
		{0x41b3de4355555555, "333333333.3333333"},
		{0x41b3de4355555556, "333333333.3333334"},
		{0x41b3de4355555557, "333333333.33333343"},
		{0xbecbf647612f3696, "-0.0000033333333333333333"},
		{0x43143ff3c1cb0959, "1424953923781206.2"},
	}
	for _, c := range cases {
		got, err := upstream.NumberToJSON(math.Float64frombits(c.bits))
		if c.want == "" {
			require.Error(t, err, "%x", c.bits)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, c.want, got, "%x", c.bits)
	}
}

// RFC 8785, sections 3.2.2 and 3.2.3. The numbers of the first lose digits:
// the library takes them, we do not.
func TestExamplesOfRFC8785(t *testing.T) {
	const sample = `{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`
	got, err := upstream.Transform([]byte(sample))
	require.NoError(t, err)
	assert.Equal(t, `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`, string(got))
	_, err = jcs.Canonical([]byte(sample), strictjson.Document())
	assert.Equal(t, []string{"/numbers/0 bad-number", "/numbers/1 bad-number"}, problems(t, err))

	const names = `{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`
	got, err = jcs.Canonical([]byte(names), strictjson.Document())
	require.NoError(t, err)
	var order []string
	for _, part := range strings.Split(strings.Trim(string(got), "{}"), ",") {
		order = append(order, strings.Trim(strings.SplitN(part, ":", 2)[1], `"`))
	}
	assert.Equal(t, []string{"Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
		"Hebrew Letter Dalet With Dagesh"}, order, "in the order of UTF-16 code units")
}

func problems(t *testing.T, err error) []string {
	t.Helper()
	var e *strictjson.Error
	require.ErrorAs(t, err, &e)
	var out []string
	for _, p := range e.Problems {
		out = append(out, strings.TrimSpace(p.Pointer+" "+string(p.Code)))
	}
	return out
}

func TestCanonical(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"white space", " { \"a\" : [ 1 , 2 ] }\n", `{"a":[1,2]}`},
		{"order", `{"b":1,"a":{"d":1,"c":2}}`, `{"a":{"c":2,"d":1},"b":1}`},
		{"spellings of a string", `"\u0061\/\u00e6"`, `"a/æ"`},
		{"nothing is normalized", `["\u00e5","a\u030a"]`, "[\"å\",\"a\u030a\"]"},
		{"spellings of a number", `[1.0,10e-1,100E-2,-0,0.10]`, `[1,1,1,0,0.1]`},
		{"the greatest whole numbers", `[9007199254740991,-9007199254740991]`, `[9007199254740991,-9007199254740991]`},
		{"15 digits", `0.123456789012345`, `0.123456789012345`},
		{"empty", `{"a":{},"b":[],"c":""}`, `{"a":{},"b":[],"c":""}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := jcs.Canonical([]byte(c.text), strictjson.Document())
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got))
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	at := func(pointer string, code problem.Code) []string {
		return []string{strings.TrimSpace(pointer + " " + string(code))}
	}
	cases := []struct {
		name, text string
		want       []string
	}{
		{"the same member twice", `{"a":1,"a":1}`, at("/a", problem.DuplicateMember)},
		{"the same member in two spellings", `{"a":1,"\u0061":1}`, at("/a", problem.DuplicateMember)},
		{"2^53", `{"n":9007199254740992}`, at("/n", problem.BadNumber)},
		{"2^53 + 1", `[[9007199254740993]]`, at("/0/0", problem.BadNumber)},
		{"-2^53", `-9007199254740992`, at("", problem.BadNumber)},
		{"2^53 as a fraction", `9007199254740992.0`, at("", problem.BadNumber)},
		{"2^53 with an exponent", `9.007199254740992e15`, at("", problem.BadNumber)},
		{"a huge number", `1e308`, at("", problem.BadNumber)},
		{"too many digits", `0.12345678901234567890`, at("", problem.BadNumber)},
		{"rounded to another", `0.1000000000000000055511151231`, at("", problem.BadNumber)},
		{"too small", `1e-309`, at("", problem.BadNumber)},
		{"NaN", `NaN`, at("", problem.Syntax)},
		{"Infinity", `-Infinity`, at("", problem.Syntax)},
		{"half a surrogate pair", `"\ud800"`, at("", problem.Syntax)},
		{"the other half", `"\udc00"`, at("", problem.Syntax)},
		{"not UTF-8", "\"\xff\"", at("", problem.NotUTF8)},
		{"a surrogate in UTF-8", "\"\xed\xa0\x80\"", at("", problem.NotUTF8)},
		{"too deep", strings.Repeat("[", 33) + strings.Repeat("]", 33), at(strings.Repeat("/0", 32), problem.TooDeep)},
		{"something after it", `{}{}`, at("", problem.Trailing)},
		{"nothing", ``, at("", problem.Syntax)},
		{"all at once", `{"a":9007199254740993,"b":1e300}`, []string{"/a bad-number", "/b bad-number"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := jcs.Canonical([]byte(c.text), strictjson.Document())
			assert.Equal(t, c.want, problems(t, err))
			assert.Nil(t, got)
			assert.NotContains(t, err.Error(), "90071992547409930", "no value in the error")
		})
	}
}

// The canonical form is its own canonical form, says the same, and does not
// depend on how somebody else writes it.
func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"b":[1,2.50,"\u00e5"],"a":{"d":null,"c":true}}`))
	f.Add([]byte(`{"\ufb33":1,"\ud83d\ude00":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, err := jcs.Canonical(data, strictjson.Document())
		if err != nil {
			return
		}
		twice, err := jcs.Canonical(once, strictjson.Document())
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
		var said, says any
		require.NoError(t, json.Unmarshal(data, &said))
		require.NoError(t, json.Unmarshal(once, &says))
		require.Equal(t, said, says)
		indented, err := json.MarshalIndent(says, " ", "\t")
		require.NoError(t, err)
		again, err := jcs.Canonical(indented, strictjson.Limits{Bytes: 1 << 26, Depth: 32, Members: 10_000, Number: 32})
		require.NoError(t, err)
		require.Equal(t, string(once), string(again))
	})
}
