package catalogue_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestParseReadsEveryMember(t *testing.T) {
	tool := get(t, "sov-godt")
	sixteen := 16
	assert.Equal(t, &catalogue.Ages{Min: &sixteen}, tool.Ages)
	assert.Equal(t, "Eksempel AS", tool.Vendor.Name)
	assert.Equal(t, []string{"søvn", "insomni", "søvnproblem"}, tool.Keywords["nb"])
	assert.Equal(t, catalogue.Access{RequiresPrescription: true, National: true}, tool.Access)
	assert.Equal(t, catalogue.Approval{Decision: "d-0123456789abcdef", ValidUntil: "2027-11-01"}, *tool.Approval)
	assert.Equal(t, []catalogue.Identifier{{System: "https://register.example.no/tools", Value: "T 17"}}, tool.Identifiers)
	assert.Equal(t, &catalogue.Listing{From: "2020-01-01"}, tool.Listing)
	require.Len(t, tool.Evidence, 2)
	assert.Equal(t, catalogue.Evidence{Kind: catalogue.EvidenceStudy, Title: catalogue.Text{"nb": "Studie fra 2019"},
		URL: "https://forskning.example.no/17", Reviewed: "2024-02-29", NextReview: "2026-02-28"}, tool.Evidence[0])
	unit, known := tool.Unit("standard")
	require.True(t, known)
	assert.Equal(t, 56, unit.Days)
	assert.Equal(t, catalogue.Text{"nb": "Psykose"}, unit.Exclusions[0])
}

func TestParseRefusesOneFault(t *testing.T) {
	cases := []struct {
		name string
		edit func(d, tool map[string]any)
		want string
	}{
		{"missing version", func(d, _ map[string]any) { delete(d, "version") }, "/version not-allowed"},
		{"later version", func(d, _ map[string]any) { d["version"] = 2 }, "/version not-allowed"},
		{"missing tools", func(d, _ map[string]any) { delete(d, "tools") }, "/tools missing-member"},
		{"null tools", func(d, _ map[string]any) { d["tools"] = nil }, "/tools wrong-type"},
		{"unknown member", func(d, _ map[string]any) { d["tool"] = 1 }, "/tool unknown-member"},
		{"unknown member of a tool", func(_, t map[string]any) { t["Name"] = 1 }, "/tools/0/Name unknown-member"},
		{"missing id", func(_, t map[string]any) { delete(t, "id") }, "/tools/0/id missing-member"},
		{"id in capitals", func(_, t map[string]any) { t["id"] = "Sov" }, "/tools/0/id bad-format"},
		{"id of 65 characters", func(_, t map[string]any) { t["id"] = strings.Repeat("a", 65) }, "/tools/0/id bad-format"},
		{"id that ends in a hyphen", func(_, t map[string]any) { t["id"] = "sov-" }, "/tools/0/id bad-format"},
		{"id of another tool", func(_, t map[string]any) { t["id"] = "pust" }, "/tools/2/id repeated"},
		{"missing status", func(_, t map[string]any) { delete(t, "status") }, "/tools/0/status missing-member"},
		{"unknown status", func(_, t map[string]any) { t["status"] = "Listed" }, "/tools/0/status not-allowed"},
		{"unknown kind", func(_, t map[string]any) { t["kind"] = "game" }, "/tools/0/kind not-allowed"},
		{"area with a space", func(_, t map[string]any) { t["areas"] = []any{"sleep", "bad sleep"} }, "/tools/0/areas/1 bad-format"},
		{"area twice", func(_, t map[string]any) { t["areas"] = []any{"sleep", "sleep"} }, "/tools/0/areas/1 repeated"},
		{"audience in capitals", func(_, t map[string]any) { t["audiences"] = []any{"Adults"} }, "/tools/0/audiences/0 bad-format"},
		{"language by name", func(_, t map[string]any) { t["languages"] = []any{"bokmål"} }, "/tools/0/languages/0 bad-format"},
		{"which Norwegian", func(_, t map[string]any) { t["languages"] = []any{"no"} }, "/tools/0/languages/0 bad-format"},
		{"which Norwegian of a text", func(_, t map[string]any) { t["name"] = obj("no", "Navn") }, "/tools/0/name/no bad-format"},
		{"negative age", func(_, t map[string]any) { t["ages"] = obj("min", -1) }, "/tools/0/ages/min out-of-range"},
		{"age of 151", func(_, t map[string]any) { t["ages"] = obj("max", 151) }, "/tools/0/ages/max out-of-range"},
		{"ages the wrong way round", func(_, t map[string]any) { t["ages"] = obj("min", 20, "max", 19) }, "/tools/0/ages/max contradiction"},
		{"age as text", func(_, t map[string]any) { t["ages"] = obj("min", "16") }, "/tools/0/ages/min wrong-type"},
		{"missing name", func(_, t map[string]any) { delete(t, "name") }, "/tools/0/name missing-member"},
		{"name in no language", func(_, t map[string]any) { t["name"] = obj() }, "/tools/0/name missing-member"},
		{"blank name", func(_, t map[string]any) { t["name"] = obj("nb", " \u00a0") }, "/tools/0/name/nb too-short"},
		{"long name", func(_, t map[string]any) { t["name"] = obj("nb", strings.Repeat("å", 201)) }, "/tools/0/name/nb too-long"},
		{"null name", func(_, t map[string]any) { t["name"] = obj("nb", nil) }, "/tools/0/name/nb wrong-type"},
		{"turned writing", func(_, t map[string]any) { t["summary"] = obj("nb", "god \u202eekki") }, "/tools/0/summary/nb bad-value"},
		{"control character", func(_, t map[string]any) { t["summary"] = obj("nb", "a\u0000b") }, "/tools/0/summary/nb bad-value"},
		{"blank keyword", func(_, t map[string]any) { t["keywords"] = obj("nb", []any{"a", ""}) }, "/tools/0/keywords/nb/1 too-short"},
		{"keyword list in no language", func(_, t map[string]any) { t["keywords"] = obj("x", []any{"a"}) }, "/tools/0/keywords/x bad-format"},
		{"missing access", func(_, t map[string]any) { delete(t, "access") }, "/tools/0/access missing-member"},
		{"null access", func(_, t map[string]any) { t["access"] = nil }, "/tools/0/access wrong-type"},
		{"unknown access", func(_, t map[string]any) { t["access"] = obj("open", true) }, "/tools/0/access/open unknown-member"},
		{"unknown platform", func(_, t map[string]any) { start(t)["platform"] = "windows" }, "/tools/0/start/0/platform not-allowed"},
		{"missing platform", func(_, t map[string]any) { delete(start(t), "platform") }, "/tools/0/start/0/platform missing-member"},
		{"unknown profile", func(_, t map[string]any) { start(t)["profile"] = "lti" }, "/tools/0/start/0/profile not-allowed"},
		{"missing profile", func(_, t map[string]any) { delete(start(t), "profile") }, "/tools/0/start/0/profile missing-member"},
		{"missing address", func(_, t map[string]any) { delete(start(t), "url") }, "/tools/0/start/0/url missing-member"},
		{"address of 2,001 characters", func(_, t map[string]any) { start(t)["url"] = "https://a.no/" + strings.Repeat("a", 1988) }, "/tools/0/start/0/url too-long"},
		{"vendor without number", func(_, t map[string]any) { t["vendor"] = obj("name", "A") }, "/tools/0/vendor/orgNumber missing-member"},
		{"vendor without name", func(_, t map[string]any) { t["vendor"] = obj("orgNumber", "999999999") }, "/tools/0/vendor/name missing-member"},
		{"vendor with contacts", func(_, t map[string]any) {
			t["vendor"] = obj("orgNumber", "999999999", "name", "A", "contacts", []any{obj("kind", "technical", "phone", "22 22 22 22")})
		}, "/tools/0/vendor/contacts unknown-member"},
		{"vendor with an empty list", func(_, t map[string]any) { t["vendor"] = obj("orgNumber", "999999999", "name", "A", "roles", []any{}) }, "/tools/0/vendor/roles unknown-member"},
		{"vendor with a wrong number", func(_, t map[string]any) { t["vendor"] = obj("name", "A", "orgNumber", "999999998") }, "/tools/0/vendor/orgNumber bad-format"},
		{"missing unit id", func(_, t map[string]any) { delete(unit(t), "id") }, "/tools/0/units/0/id missing-member"},
		{"unit twice", func(_, t map[string]any) { t["units"] = []any{unit(t), unit(t)} }, "/tools/0/units/1/id repeated"},
		{"missing unit title", func(_, t map[string]any) { delete(unit(t), "title") }, "/tools/0/units/0/title missing-member"},
		{"indication that says nothing", func(_, t map[string]any) { unit(t)["indications"] = []any{obj()} }, "/tools/0/units/0/indications/0 too-few"},
		{"negative days", func(_, t map[string]any) { unit(t)["days"] = -1 }, "/tools/0/units/0/days out-of-range"},
		{"days beyond ten years", func(_, t map[string]any) { unit(t)["days"] = 3651 }, "/tools/0/units/0/days out-of-range"},
		{"half a day", func(_, t map[string]any) { unit(t)["days"] = 1.5 }, "/tools/0/units/0/days wrong-type"},
		{"approval without decision", func(_, t map[string]any) { t["approval"] = obj("validUntil", "2027-01-01") }, "/tools/0/approval/decision missing-member"},
		{"approval without end", func(_, t map[string]any) { t["approval"] = obj("decision", "d-1") }, "/tools/0/approval/validUntil missing-member"},
		{"approval until a day that does not exist", func(_, t map[string]any) { t["approval"] = obj("decision", "d-1", "validUntil", "2027-02-29") }, "/tools/0/approval/validUntil bad-format"},
		{"identifier without system", func(_, t map[string]any) { t["identifiers"] = []any{obj("value", "1")} }, "/tools/0/identifiers/0/system missing-member"},
		{"identifier without value", func(_, t map[string]any) { t["identifiers"] = []any{obj("system", "https://a.no")} }, "/tools/0/identifiers/0/value missing-member"},
		{"identifier of no URI", func(_, t map[string]any) { t["identifiers"] = []any{obj("system", "a.no", "value", "1")} }, "/tools/0/identifiers/0/system bad-format"},
		{"identifier with a blank at its end", func(_, t map[string]any) { t["identifiers"] = []any{obj("system", "urn:a", "value", "1 ")} }, "/tools/0/identifiers/0/value bad-format"},
		{"identifier of 201 characters", func(_, t map[string]any) {
			t["identifiers"] = []any{obj("system", "urn:a", "value", strings.Repeat("1", 201))}
		}, "/tools/0/identifiers/0/value too-long"},
		{"identifier with turned writing", func(_, t map[string]any) { t["identifiers"] = []any{obj("system", "urn:a", "value", "1\u202e2")} }, "/tools/0/identifiers/0/value bad-value"},
		{"identifier twice", func(d, _ map[string]any) {
			d["tools"].([]any)[2].(map[string]any)["identifiers"] = []any{obj("system", "https://register.example.no/tools", "value", "T 17")}
		}, "/tools/2/identifiers/0 repeated"},
		{"listing from no day", func(_, t map[string]any) { t["listing"] = obj("from", "2026-02-29") }, "/tools/0/listing/from bad-format"},
		{"listing from an empty text", func(_, t map[string]any) { t["listing"] = obj("from", "") }, "/tools/0/listing/from bad-format"},
		{"listing that ends before it begins", func(_, t map[string]any) { t["listing"] = obj("from", "2026-02-02", "to", "2026-02-01") }, "/tools/0/listing/to contradiction"},
		{"evidence without kind", func(_, t map[string]any) { delete(evidence(t), "kind") }, "/tools/0/evidence/0/kind missing-member"},
		{"evidence of a kind in capitals", func(_, t map[string]any) { evidence(t)["kind"] = "RCT" }, "/tools/0/evidence/0/kind bad-format"},
		{"evidence without title", func(_, t map[string]any) { delete(evidence(t), "title") }, "/tools/0/evidence/0/title missing-member"},
		{"evidence without encryption", func(_, t map[string]any) { evidence(t)["url"] = "http://a.no" }, "/tools/0/evidence/0/url bad-format"},
		{"evidence nobody has reviewed", func(_, t map[string]any) { delete(evidence(t), "reviewed") }, "/tools/0/evidence/0/reviewed missing-member"},
		{"evidence reviewed on no day", func(_, t map[string]any) { evidence(t)["reviewed"] = "2023-02-29" }, "/tools/0/evidence/0/reviewed bad-format"},
		{"evidence whose next review is before the last", func(_, t map[string]any) { evidence(t)["nextReview"] = "2024-02-28" }, "/tools/0/evidence/0/nextReview contradiction"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := catalogue.Parse(edited(t, c.edit))
			assert.Equal(t, []string{c.want}, problems(t, err))
			assert.Empty(t, d.Tools, "nothing is given of a refused document")
		})
	}
}

func TestStartAddresses(t *testing.T) {
	good := []string{"https://a.no", "https://a.no/x?y=1&z", "https://a.no:8443/#/start", "https://[2001:db8::1]/", "http://127.0.0.1:8080/launch", "http://localhost/", "http://[::1]:1/"}
	bad := []string{"http://a.no/", "a.no", "//a.no", "https:", "https://", "https:///x", "HTTPS://a.no", "javascript:alert(1)", "https://user@a.no/", "https://user:pw@a.no/",
		"https://a.no/a b", "https://a.no\\@b.no", "http://localhost.evil.no/", "http://127.0.0.1@evil.no/", "https://:443/", "https://a.no:99999/", "http://127.0.0.1:0/", " https://a.no", "https://a.no/\n", "http://127.0.0.1.evil.no"}
	for _, url := range good {
		_, err := catalogue.Parse(edited(t, func(_, tool map[string]any) { start(tool)["url"] = url }))
		assert.NoError(t, err, url)
	}
	for _, url := range bad {
		_, err := catalogue.Parse(edited(t, func(_, tool map[string]any) { start(tool)["url"] = url }))
		assert.Equal(t, []string{"/tools/0/start/0/url bad-format"}, problems(t, err), "%q", url)
	}
}

func TestParseReportsEverythingAtOnceAndNoValue(t *testing.T) {
	_, err := catalogue.Parse([]byte(`{"version": 1, "extra": 1, "tools": [
		{"id": "SECRET", "id": "b", "status": "SECRET", "name": {"nb": 5, "en": ""}, "access": {"national": "SECRET"}},
		{"id": "twice", "status": "listed", "name": {"nb": "A"}, "access": {}, "ages": {"min": "SECRET", "max": -2}},
		{"id": "twice", "status": "listed", "name": {"nb": "A"}, "start": [{"platform": "web", "url": "http://SECRET", "profile": "link"}]},
		7]}`))
	assert.Equal(t, []string{"/tools/0/id duplicate-member"}, problems(t, err), "a text that is not one meaning is read no further")

	_, err = catalogue.Parse([]byte(`{"version": 1, "extra": 1, "tools": [
		{"id": "SECRET", "status": "SECRET", "name": {"nb": 5, "en": ""}, "access": {"national": "SECRET"}},
		{"id": "twice", "status": "listed", "name": {"nb": "A"}, "access": {}, "ages": {"min": "SECRET", "max": -2}},
		{"id": "twice", "status": "listed", "name": {"nb": "A"}, "start": [{"platform": "web", "url": "http://SECRET", "profile": "link"}]},
		7]}`))
	assert.Equal(t, []string{
		"/extra unknown-member",
		"/tools/0/access/national wrong-type", "/tools/0/id bad-format", "/tools/0/name/en too-short", "/tools/0/name/nb wrong-type", "/tools/0/status not-allowed",
		"/tools/1/ages/max out-of-range", "/tools/1/ages/min wrong-type",
		"/tools/2/access missing-member", "/tools/2/id repeated", "/tools/2/start/0/url bad-format",
		"/tools/3 wrong-type",
	}, problems(t, err))
	assert.NotContains(t, err.Error(), "SECRET")
	assert.Contains(t, err.Error(), "/tools/1/id", "the first place of an id that appears twice")
	var bad *catalogue.DocumentError
	require.ErrorAs(t, err, &bad)
	for _, p := range bad.Problems {
		for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
			assert.NotEmpty(t, p.Text[lang], "%s in %s", p.Pointer, lang)
			assert.NotContains(t, p.Text[lang], "SECRET")
		}
	}
}

func TestParseRefusesWhatIsNoDocument(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"nothing":        {"", " syntax"},
		"a list":         {"[]", " wrong-type"},
		"null":           {"null", " wrong-type"},
		"a second value": {string(small) + "{}", " trailing"},
		"not UTF-8":      {"{\"version\":\"\xff\"}", " not-utf8"},
		"too deep":       {strings.Repeat("[", 40) + strings.Repeat("]", 40), "too-deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := catalogue.Parse([]byte(c.data))
			found := problems(t, err)
			require.Len(t, found, 1)
			assert.Contains(t, found[0], c.want)
		})
	}
}

func TestReadIsBounded(t *testing.T) {
	_, err := catalogue.Read(strings.NewReader(strings.Repeat(" ", 17<<20)))
	assert.Equal(t, []string{" too-large"}, problems(t, err))
	d, err := catalogue.Read(iotest.OneByteReader(strings.NewReader(string(small))))
	require.NoError(t, err)
	assert.Len(t, d.Tools, 6)
	broken := errors.New("disk gone")
	_, err = catalogue.Read(iotest.ErrReader(broken))
	assert.ErrorIs(t, err, broken)
	assert.NotErrorIs(t, err, catalogue.ErrInvalid)
}

func TestAtMostAHundredProblems(t *testing.T) {
	tools := make([]catalogue.Tool, 200)
	found := catalogue.Document{Version: 1, Tools: tools}.Check()
	assert.Len(t, found, 100)
	d := catalogue.Document{Version: 1, Tools: tools}
	_, err := catalogue.NewIndex(tools)
	_, marshalled := catalogue.Marshal(d)
	for _, err := range []error{err, marshalled, d.Validate()} {
		assert.Len(t, problems(t, err), 100)
		var bad *catalogue.DocumentError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, 500, bad.More, "three members of each tool are missing")
		assert.True(t, strings.HasSuffix(err.Error(), "; and 500 more"))
	}
}

// A document with 150 mistakes is refused with 100 of them, and with the number of the rest.
func TestParseSaysHowManyMore(t *testing.T) {
	text := `{"version":1,"tools":[` + strings.TrimSuffix(strings.Repeat(`{"id":"a","status":"gone","name":{"nb":"x"},"access":{}},`, 76), ",") + `]}`
	_, err := catalogue.Parse([]byte(text))
	var bad *catalogue.DocumentError
	require.ErrorAs(t, err, &bad)
	assert.Len(t, bad.Problems, 100)
	assert.Equal(t, 51, bad.More, "76 statuses and 75 ids")
	_, err = catalogue.Parse([]byte(`{"version":2,"tools":[]}`))
	require.ErrorAs(t, err, &bad)
	assert.Zero(t, bad.More)
}

func TestMarshalIsStableAndReadBack(t *testing.T) {
	d, err := catalogue.Parse(small)
	require.NoError(t, err)
	first, err := catalogue.Marshal(d)
	require.NoError(t, err)
	again, err := catalogue.Parse(first)
	require.NoError(t, err)
	assert.Equal(t, d, again)
	for range 20 {
		second, err := catalogue.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	}
	assert.True(t, strings.HasSuffix(string(first), "}\n"))
}

func TestMarshalWritesAnEmptyCatalogueThatCanBeRead(t *testing.T) {
	data, err := catalogue.Marshal(catalogue.Document{Version: 1})
	require.NoError(t, err)
	assert.Equal(t, "{\n  \"version\": 1,\n  \"tools\": []\n}\n", string(data))
	_, err = catalogue.Parse(data)
	assert.NoError(t, err)
}

func TestMarshalRefusesWhatParseRefuses(t *testing.T) {
	_, err := catalogue.Marshal(catalogue.Document{Version: 1, Tools: []catalogue.Tool{{ID: "a", Name: catalogue.Text{"nb": "\xff"}}}})
	assert.Equal(t, []string{"/tools/0/name/nb not-utf8", "/tools/0/status missing-member"}, problems(t, err))
}

// What Parse takes, Marshal writes so that Parse takes it again and the bytes stay the same.
func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add([]byte(`{"version":1,"tools":[]}`))
	f.Add([]byte(`{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"<&>"},"access":{},"units":[],"ages":null}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := catalogue.Parse(data)
		if err != nil {
			return
		}
		first, err := catalogue.Marshal(d)
		require.NoError(t, err)
		again, err := catalogue.Parse(first)
		require.NoError(t, err)
		second, err := catalogue.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		_, err = catalogue.NewIndex(d.Tools)
		require.NoError(t, err)
	})
}

func obj(pairs ...any) map[string]any {
	out := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		out[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return out
}

func start(tool map[string]any) map[string]any { return tool["start"].([]any)[0].(map[string]any) }

func unit(tool map[string]any) map[string]any { return tool["units"].([]any)[0].(map[string]any) }

func evidence(tool map[string]any) map[string]any {
	return tool["evidence"].([]any)[0].(map[string]any)
}
