package approval_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/verktoykatalog/verktoy/approval"
)

// Inputs that somebody sends to cost us time or to have one text mean two
// things; the rows V1 to V27 of the project's list of abuses of validation.

const (
	// upTo is the size up to which any input is answered within bounded work.
	upTo = 64 << 10
	// mostWork is what that may allocate, in bytes.
	mostWork = 16 << 20
)

// abuse is an input and the code of what is found first; no code means that it is no mistake.
type abuse struct {
	id, name string
	data     []byte
	want     string
}

// replaced is the good declaration with one text replaced by another that need not be JSON.
func replaced(t testing.TB, old, by string) []byte {
	t.Helper()
	data := string(edited(t, "good.json", nil))
	require.Contains(t, data, old)
	return []byte(strings.Replace(data, old, by, 1))
}

// many is a list or object of n parts.
func many(open string, n int, part func(int) string, end string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = part(i)
	}
	return open + strings.Join(parts, ",") + end
}

func same(part string) func(int) string { return func(int) string { return part } }

func named(form string) func(int) string { return func(i int) string { return fmt.Sprintf(form, i) } }

const (
	age       = `"minimumAge":18`
	theirList = `"evidence":["e1"]`
	platforms = `["web","backend"]`
)

func abuses(t testing.TB) []abuse {
	t.Helper()
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(read(t, "good.json"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	evidence := func(list string) []byte {
		return replaced(t, `"evidence":[{`, `"evidence":`+list+`,"unused":[{`)
	}
	return []abuse{
		{"V1", "numbers that cost", replaced(t, age, `"minimumAge":`+many("[", 100, same("1e1000000"), "]")), "bad-number"},
		{"V2", "a number of 60,000 digits", replaced(t, age, `"minimumAge":`+strings.Repeat("9", 60_000)), "bad-number"},
		{"V3", "a number next to nothing", replaced(t, age, `"minimumAge":1e-1000000`), "bad-number"},
		{"V4", "a number beyond the exponent", replaced(t, age, `"minimumAge":1e10000000`), "bad-number"},
		{"V4", "the greatest number that is read", replaced(t, age, `"minimumAge":1e308`), "out-of-range"},
		{"V5", "bad, then good", replaced(t, `"A-1":{"status":"yes"}`, `"A-1":{"status":"no","status":"yes"}`), "duplicate-member"},
		{"V5", "the whole answer twice", replaced(t, `"A-1":{"status":"yes"}`, `"A-1":{"status":"no"},"A-1":{"status":"yes"}`), "duplicate-member"},
		{"V5", "the same name escaped", replaced(t, `"A-1":{"status":"yes"}`, `"A-1":{"status":"no","st\u0061tus":"yes"}`), "duplicate-member"},
		{"V6", "capital", replaced(t, `"tool":`, `"Tool":`), "unknown-member"},
		{"V6", "long s", replaced(t, `"set":`, `"ſet":`), "missing-member"},
		{"V6", "Kelvin sign", replaced(t, `"kind":`, `"`+"\u212a"+`ind":`), "missing-member"},
		{"V7", "two documents", []byte(`{} {}`), "trailing"},
		{"V8", "not UTF-8", replaced(t, "Penetrasjonstest", "\xff\xfe"), "not-utf8"},
		{"V8", "half a pair", replaced(t, "Penetrasjonstest", `\ud800`), "syntax"},
		{"V8", "half a pair and a letter", replaced(t, "Penetrasjonstest", `\ud800\u0061`), "syntax"},
		{"V9", "9,000 lists", replaced(t, age, `"minimumAge":`+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)), "too-deep"},
		{"V9", "30,000 lists that do not end", replaced(t, age, `"minimumAge":`+strings.Repeat("[", 30_000)), "too-deep"},
		{"V9", "33 levels", replaced(t, age, `"minimumAge":`+strings.Repeat("[", 32)+strings.Repeat("]", 32)), "too-deep"},
		{"V10", "6,000 unknown members", replaced(t, `{"answers"`, many("{", 6000, named(`"u%d":0`), "")+`,"answers"`), "unknown-member"},
		{"V10", "5,000 unknown answers", replaced(t, `"A-1":{"status":"yes"}`, many("", 5000, named(`"u%d":{}`), "")), "unknown-member"},
		{"V10", "6,000 unknown facts", replaced(t, age, many("", 6000, named(`"u%d":0`), "")), "unknown-member"},
		{"V10", "6,000 unknown languages", replaced(t, `{"nb":"Søvn steg for steg"}`, many("{", 6000, named(`"u%d":0`), "}")), "unknown-member"},
		{"V10", "30,000 items", replaced(t, age, `"minimumAge":`+many("[", 30_000, same("0"), "]")), "too-many"},
		{"V11", "9,000 items that are wrong", evidence(many("[", 9000, same("0"), "]")), "too-many"},
		{"V11", "9,000 items that lack everything", evidence(many("[", 9000, same("{}"), "]")), "too-many"},
		{"V11", "500 items that lack everything", evidence(many("[", 500, same("{}"), "]")), "missing-member"},
		{"V11", "500 items of 18 mistakes", evidence(many("[", 500, same(many("{", 18, named(`"%d":0`), "}")), "]")), "unknown-member"},
		{"V11", "9,000 choices that do not exist", replaced(t, platforms, many("[", 9000, same(`"x"`), "]")), "not-allowed"},
		{"V11", "a long name before many texts", replaced(t, `{"answers"`, `{"`+strings.Repeat("n", 40_000)+`":`+many("[", 1500, same(`"00000000000"`), `],"answers"`)), "unknown-member"},
		{"V11", "many names before many texts", replaced(t, `{"answers"`, `{`+strings.Repeat(`"`+strings.Repeat("n", 199)+`":{`, 28)+`"x":`+
			many("[", 3500, same(`"00000000000"`), "]")+strings.Repeat("}", 28)+`,"answers"`), approval.CodePersonalData},
		{"V11", "a long id before many mistakes", replaced(t, `"A-1":{"status":"yes"}`, `"`+strings.Repeat("n", 60_000)+`":{`+many("", 400, named(`"u%d":0`), "}")), "unknown-member"},
		{"V20", "many names before many accents", []byte(strings.ReplaceAll(string(replaced(t, `{"answers"`, `{`+strings.Repeat(`"`+strings.Repeat("n", 199)+`":{`, 28)+`"x":`+
			many("[", 700, same(`"`+strings.Repeat("e\u0301", 25)+`"`), "]")+strings.Repeat("}", 28)+`,"answers"`)), "Søvnhjelp AS", strings.Repeat("e\u0301", 230))), "too-long"},
		{"V11", "a long name before many mistakes", replaced(t, `"A-1":{"status":"yes"}`, `"`+strings.Repeat("n", 40_000)+`":{`+many("", 2000, named(`"u%d":0`), "}")), "unknown-member"},
		{"V11", "a long language before many mistakes", replaced(t, `{"nb":"Søvn steg for steg"}`, `{"`+strings.Repeat("n", 40_000)+`":[`+many("", 9000, same("0"), "]}")), "unknown-member"},
		{"V13", "30,000 letters for every pattern", edited(t, "good.json", func(d document) {
			d["id"], part(d, "tool")["id"] = strings.Repeat("a", 30_000), strings.Repeat("a", 30_000)
		}), "too-long"},
		{"V13", "30,000 letters and a sign", edited(t, "good.json", func(d document) { d["id"] = strings.Repeat("a", 30_000) + "!" }), "bad-format"},
		{"V14", "9,000 references", replaced(t, theirList, `"evidence":`+many("[", 6000, named(`"r%d"`), "]")), "too-many"},
		{"V14", "9,000 times the same", replaced(t, theirList, `"evidence":`+many("[", 9000, same(`"e1"`), "]")), "too-many"},
		{"V14", "3,000 objects for references", replaced(t, theirList, `"evidence":`+many("[", 3000, named(`{"a":%d}`), "]")), "too-many"},
		{"V14", "9,000 references that are none", replaced(t, theirList, `"evidence":`+many("[", 9000, same("0"), "]")), "wrong-type"},
		{"V14", "references to a long list of nothing", func() []byte {
			data := string(evidence(many("[", 499, same("{}"), `,{"id":"x","kind":"report","title":"x","issued":"2026-01-01"}]`)))
			return []byte(strings.Replace(data, theirList, `"evidence":`+many("[", 4000, same(`"x"`), "]"), 1))
		}(), "too-many"},
		{"V14", "many names, of people and of those who checked", crowdOfNames(t), ""},
		{"V19", "no such day", replaced(t, `"2026-11-01"`, `"2026-02-30"`), "bad-format"},
		{"V19", "a day with a time", replaced(t, `"2026-11-01"`, `"2026-11-01T00:00:00Z"`), "bad-format"},
		{"V20", "accents of their own", edited(t, "good.json", func(d document) {
			part(d, "answers", "A-1")["explanation"] = norm.NFD.String(strings.Repeat("é", 4000))
		}), ""},
		{"V20", "an accent too much", edited(t, "good.json", func(d document) {
			part(d, "answers", "A-1")["explanation"] = norm.NFD.String(strings.Repeat("é", 4001))
		}), "too-long"},
		{"V20", "30,000 accents on one letter", edited(t, "good.json", func(d document) { d["id"] = "e" + strings.Repeat("\u0301", 30_000) }), "bad-format"},
		{"V21", "digits of another script", replaced(t, `"999999999"`, `"９９９９９９９９９"`), "bad-format"},
		{"V21", "a line break after a number", replaced(t, `"999999999"`, `"999999999\n"`), "bad-format"},
		{"V21", "a line break after a day", replaced(t, `"2026-11-01"`, `"2026-11-01\n"`), "bad-format"},
		{"V22", "wrong check digit", replaced(t, `"999999999"`, `"999999998"`), "bad-format"},
		{"V22", "a check digit that would be ten", replaced(t, `"999999999"`, `"100000300"`), "bad-format"},
		{"V22", "zeros", replaced(t, `"999999999"`, `"000000000"`), "bad-format"},
		{"V22", "letters", replaced(t, `"999999999"`, `"99999999A"`), "bad-format"},
		{"V22", "a number and no text", replaced(t, `"999999999"`, `999999999`), "wrong-type"},
		{"V23", "identity number", replaced(t, "Kari Nordmann", "Kari 000000 00000"), approval.CodePersonalData},
		{"V25", "gzip", zipped.Bytes(), "not-utf8"},
		{"V25", "byte order mark", append([]byte("\ufeff"), read(t, "good.json")...), "byte-order-mark"},
		{"V25", "UTF-16", inUTF16(string(read(t, "good.json"))), "not-utf8"},
		{"V25", "NUL", append(read(t, "good.json"), 0), "trailing"},
		{"V25", "NUL in a text", replaced(t, "Penetrasjonstest", "a\x00b"), "syntax"},
		{"V25", "NUL in a text, escaped", replaced(t, "Penetrasjonstest", `a\u0000b`), "bad-value"},
		{"V26", "another version", replaced(t, `"version":"1.0.0"`, `"version":"1.0.1"`), "other-set"},
		{"V26", "another set", replaced(t, `"id":"small"`, `"id":"smaller"`), "other-set"},
		{"V26", "a form of the future", replaced(t, `"version":1}`, `"version":2}`), "not-allowed"},
		{"V26", "a schema of its own", replaced(t, `{"answers"`, `{"$id":"https://example.no/x","answers"`), "unknown-member"},
	}
}

// crowdOfNames has contacts and checkers of as many words as fit, of which each name shares all but one with each other.
func crowdOfNames(t testing.TB) []byte {
	name := func(i int, last string) string {
		words := make([]string, 64)
		for j := range words {
			words[j] = fmt.Sprintf("%c%c", 'a'+j%26, 'a'+j/26)
		}
		words[i%len(words)] = fmt.Sprintf("%s%d", last, i)
		return strings.Join(words, " ")
	}
	return edited(t, "good.json", func(d document) {
		var contacts, evidence, ids []any
		for i := range 50 {
			contacts = append(contacts, document{"kind": "technical", "name": name(i, "x"), "email": fmt.Sprintf("%d@x.no", i)})
		}
		for i := range 145 {
			id := fmt.Sprint("n", i)
			evidence = append(evidence, document{"id": id, "kind": "report", "title": "x", "issued": "2026-03-01", "level": "checked",
				"checkedBy": name(i, "y"), "url": "https://x.no"})
			if i < 50 {
				ids = append(ids, id)
			}
		}
		part(d, "vendor")["contacts"] = contacts
		d["evidence"] = append(d["evidence"].([]any), evidence...)
		part(d, "answers", "A-2")["evidence"] = ids
	})
}

func inUTF16(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// checks are the ways in for what a vendor sends.
func checks(set *approval.RequirementSet) map[string]func([]byte) error {
	return map[string]func([]byte) error{
		"declaration": func(b []byte) error { _, err := approval.CheckDeclaration(b, set); return err },
		"draft":       func(b []byte) error { _, err := approval.CheckDraft(b, set); return err },
		"vendor":      func(b []byte) error { _, err := approval.CheckVendorDeclaration(b, set); return err },
		"set":         func(b []byte) error { _, err := approval.ReadSetRef(b); return err },
	}
}

func TestAbuse(t *testing.T) {
	set, rows := small(t), map[string]bool{}
	for _, a := range abuses(t) {
		t.Run(a.id+" "+a.name, func(t *testing.T) {
			rows[a.id] = true
			require.LessOrEqual(t, len(a.data), upTo)
			_, err := approval.CheckDeclaration(a.data, set)
			if a.want == "" {
				require.NoError(t, err)
				return
			}
			ps := problems(t, err)
			codes := map[string]bool{}
			for _, p := range ps {
				codes[p.Code] = true
			}
			assert.True(t, codes[a.want], "want %s: %v", a.want, slices.Sorted(maps.Keys(codes)))
			assert.LessOrEqual(t, len(ps), 100)
			assert.LessOrEqual(t, len(err.Error()), upTo, "V11: the error's text")
		})
	}
	assert.Len(t, rows, 20)
}

// V27: whatever comes, up to 64 KiB, is answered within bounded work. Time depends on the machine; what is allocated does not.
func TestAbuseIsAnsweredWithinBounds(t *testing.T) {
	bounded(t, small(t), abuses(t))
}

// The set with most requirements asks for the most work: the same inputs as
// answers to it, and its own declaration with much more in each place than fits.
func TestAbuseOfALargeSetIsAnsweredWithinBounds(t *testing.T) {
	base := subjects(t)[0]
	require.Equal(t, "baseline", base.name)
	all := abuses(t)
	for i := range all {
		all[i].data = bytes.Replace(all[i].data, []byte(`"id":"small"`), []byte(`"id":"baseline"`), 1)
	}
	crowded := func(name string, edit func(document)) {
		var d document
		require.NoError(t, json.Unmarshal(base.good, &d))
		edit(d)
		data := []byte(encode(t, d))
		require.LessOrEqual(t, len(data), upTo, name)
		all = append(all, abuse{"V11", name, data, ""})
	}
	onEach := func(edit func(answer document)) func(document) {
		return func(d document) {
			for _, a := range d["answers"].(document) {
				edit(a.(document))
			}
		}
	}
	crowded("every answer with many references", onEach(func(a document) { a["evidence"] = slices.Repeat([]string{"x"}, 90) }))
	crowded("every answer with many members", onEach(func(a document) {
		for i := range 40 {
			a[fmt.Sprint("u", i)] = 0
		}
	}))
	crowded("much evidence that is wrong", func(d document) {
		d["evidence"] = slices.Repeat([]any{document{"id": "x", "level": "documented"}}, 499)
	})
	crowded("no fact", func(d document) { d["facts"] = document{} })
	crowded("many unknown facts", func(d document) { d["facts"] = json.RawMessage(many("{", 4000, named(`"u%d":0`), "}")) })
	bounded(t, base.set, all)
}

// bounded measures what every way in allocates for every input.
func bounded(t *testing.T, set *approval.RequirementSet, inputs []abuse) {
	t.Helper()
	require.NotEmpty(t, inputs)
	most := uint64(0)
	for name, check := range checks(set) {
		_ = check(read(t, "good.json")) // what is made once is not counted
		_ = check([]byte(`{"set":{"id":"` + set.ID + `","version":"1.0.0"}}`))
		for _, a := range inputs {
			require.LessOrEqual(t, len(a.data), upTo+8)
			n := allocated(func() { _ = check(a.data) })
			if most = max(most, n); n > mostWork {
				t.Errorf("%s of %s %s: %.1f MiB", name, a.id, a.name, float64(n)/(1<<20))
			}
		}
	}
	t.Logf("%d inputs, at most %.1f MiB", len(inputs), float64(most)/(1<<20))
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// V2, V24: what is larger than the limit is not looked at.
func TestLargerInputsAreRefused(t *testing.T) {
	set := small(t)
	good := read(t, "good.json")
	inputs := map[string][]byte{
		"a byte too much":       append(slices.Clone(good), bytes.Repeat([]byte(" "), approval.MostBytes-len(good)+1)...),
		"V2, 1 MiB of digits":   bytes.Repeat([]byte("9"), 1<<20+1),
		"V24, a text of 10 MB":  replaced(t, "Penetrasjonstest", strings.Repeat("x", 10_000_000)),
		"V10, 100,000 members":  []byte(many("{", 100_000, named(`"unknown-%d":0`), "}")),
		"V11, 400,000 mistakes": replaced(t, theirList, `"evidence":`+many("[", 400_000, same("{}"), "]")),
	}
	for name, data := range inputs {
		for entry, check := range checks(set) {
			var err error
			_ = check(data) // what is made once is not counted
			n := allocated(func() { err = check(data) })
			assert.Equal(t, []found{{"", "", "too-large"}}, places(problems(t, err)), "%s, %s", name, entry)
			assert.Less(t, n, uint64(64<<10), "%s, %s", name, entry)
		}
	}
	_, err := approval.CheckDeclaration(append(slices.Clone(good), bytes.Repeat([]byte(" "), approval.MostBytes-len(good))...), set)
	require.NoError(t, err, "exactly at the limit")
}

// V11, V12: a hundred findings, how many more there are, and no value among them.
func TestV12FindingsHoldNoValue(t *testing.T) {
	const secret = "hemmelig-verdi"
	var root any
	require.NoError(t, json.Unmarshal(read(t, "good.json"), &root))
	n, entries := 0, checks(small(t))
	visit(root, "", func(at string, old any, set func(any), _ func()) {
		for _, value := range []any{secret, secret + "\u0001", []any{secret}, document{secret: secret}} {
			set(value)
			for name, check := range entries {
				err := check([]byte(encode(t, root)))
				if err == nil {
					continue
				}
				n++
				for _, p := range problems(t, err) {
					for _, lang := range languages {
						assert.NotContains(t, p.Text[lang], secret, "%s at %s", name, at)
					}
				}
			}
		}
		set(old)
	})
	assert.Greater(t, n, 200)
}

// V15, V16: nothing is loaded, from nowhere.
func TestV15V16SchemasLoadNothing(t *testing.T) {
	for _, ref := range []string{"https://example.no/schema.json", "http://127.0.0.1:1/schema.json", "file:///etc/hostname", "../testdata/good.json"} {
		_, err := approval.Compile([]byte(encode(t, document{"$ref": ref})), "https://verktoykatalog.github.io/schema/test.json")
		assert.ErrorContains(t, err, "complete in itself", ref)
	}
}

// V13: the compiler refuses what regular expressions without bounds need.
func TestV13NoLookAround(t *testing.T) {
	_, err := approval.Compile([]byte(`{"pattern":"(?=a)b"}`), "https://verktoykatalog.github.io/schema/test.json")
	assert.Error(t, err)
}

// BenchmarkAbuse tells the milliseconds of the slowest inputs of each row; the goal is 50 ms for each.
func BenchmarkAbuse(b *testing.B) {
	set := small(b)
	for _, a := range abuses(b) {
		b.Run(a.id+" "+a.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = approval.CheckDeclaration(a.data, set)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/op")
		})
	}
}

// BenchmarkAbuseEvaluatedBaseline is the same for the set with most requirements, with every reference that fits and no fact known.
func BenchmarkAbuseEvaluatedBaseline(b *testing.B) {
	base := subjects(b)[0]
	d := &approval.SelfDeclaration{}
	require.NoError(b, json.Unmarshal(base.good, d))
	crowd, err := approval.CheckDeclaration(crowdOfNames(b), small(b))
	require.NoError(b, err)
	d.Vendor.Contacts, d.Evidence, d.Facts = crowd.Vendor.Contacts, append(d.Evidence, crowd.Evidence...), map[string]approval.FactValue{}
	for id, a := range d.Answers {
		for i := range 50 {
			a.Evidence = append(a.Evidence, fmt.Sprint("n", 95+i))
		}
		d.Answers[id] = a
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err = approval.Evaluate(d, base.set, decided)
		require.NoError(b, err)
	}
}

// BenchmarkAbuseEvaluated tells the milliseconds of an evaluation of what passes; the goal is 50 ms.
func BenchmarkAbuseEvaluated(b *testing.B) {
	set := setOf(b, raised("checked", nil))
	d, err := approval.CheckDeclaration(crowdOfNames(b), set)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err = approval.Evaluate(d, set, decided)
		require.NoError(b, err)
	}
}
