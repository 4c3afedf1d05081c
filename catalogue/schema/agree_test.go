package schema_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/schema"
)

// compiled refuses to load anything, so that a reference to another document fails.
func compiled(t testing.TB) *validator.Schema {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(schema.Catalogue()))
	require.NoError(t, err)
	c := validator.NewCompiler()
	c.UseLoader(validator.SchemeURLLoader{})
	c.AssertFormat()
	require.NoError(t, c.AddResource(schema.CatalogueID, v))
	s, err := c.Compile(schema.CatalogueID)
	require.NoError(t, err)
	return s
}

func accepts(t testing.TB, s *validator.Schema, data []byte) bool {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	return s.Validate(v) == nil
}

const (
	head = `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"A"},"access":{}`
	tail = `}]}`
)

func TestSchemaAndParseAgree(t *testing.T) {
	s := compiled(t)
	long := func(n int) string { return strings.Repeat("å", n) }
	cases := []struct {
		name, data string
		right      bool
	}{
		{"empty catalogue", `{"version":1,"tools":[]}`, true},
		{"required members", head + tail, true},
		{"empty object", `{}`, false},
		{"no tools", `{"version":1}`, false},
		{"null tools", `{"version":1,"tools":null}`, false},
		{"other version", `{"version":2,"tools":[]}`, false},
		{"version as text", `{"version":"1","tools":[]}`, false},
		{"unknown member", `{"version":1,"tools":[],"x":1}`, false},
		{"unknown member of a tool", head + `,"x":1` + tail, false},
		{"member in capitals", head + `,"Kind":"app"` + tail, false},
		{"tool that is text", `{"version":1,"tools":["a"]}`, false},
		{"missing access", `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"A"}}]}`, false},
		{"missing id", `{"version":1,"tools":[{"status":"listed","name":{"nb":"A"},"access":{}}]}`, false},
		{"bad id", `{"version":1,"tools":[{"id":"a-","status":"listed","name":{"nb":"A"},"access":{}}]}`, false},
		{"id of 65", `{"version":1,"tools":[{"id":"` + strings.Repeat("a", 65) + `","status":"listed","name":{"nb":"A"},"access":{}}]}`, false},
		{"bad status", `{"version":1,"tools":[{"id":"a","status":"new","name":{"nb":"A"},"access":{}}]}`, false},
		{"empty status", `{"version":1,"tools":[{"id":"a","status":"","name":{"nb":"A"},"access":{}}]}`, false},
		{"name in no language", `{"version":1,"tools":[{"id":"a","status":"listed","name":{},"access":{}}]}`, false},
		{"empty name", `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":" "},"access":{}}]}`, false},
		{"name of 200", `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"` + long(200) + `"},"access":{}}]}`, true},
		{"name of 201", `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"` + long(201) + `"},"access":{}}]}`, false},
		{"unspecified Norwegian", `{"version":1,"tools":[{"id":"a","status":"listed","name":{"no":"A"},"access":{}}]}`, false},
		{"access all", `{"version":1,"tools":[{"id":"a","status":"draft","name":{"se":"A"},"access":{"withoutLogin":true,"requiresPrescription":false,"national":true,"onBehalf":true}}]}`, true},
		{"access as text", `{"version":1,"tools":[{"id":"a","status":"draft","name":{"se":"A"},"access":{"national":"yes"}}]}`, false},
		{"vendor", head + `,"vendor":{"orgNumber":"999999999","name":"A"}` + tail, true},
		{"null vendor", head + `,"vendor":null` + tail, true},
		{"vendor with country", head + `,"vendor":{"orgNumber":"999999999","name":"A","country":"NO"}` + tail, false},
		{"vendor with roles", head + `,"vendor":{"orgNumber":"999999999","name":"A","roles":[]}` + tail, false},
		{"vendor with subprocessors", head + `,"vendor":{"orgNumber":"999999999","name":"A","subprocessors":[]}` + tail, false},
		{"vendor with certificates", head + `,"vendor":{"orgNumber":"999999999","name":"A","certificates":[]}` + tail, false},
		{"vendor with null contacts", head + `,"vendor":{"orgNumber":"999999999","name":"A","contacts":null}` + tail, false},
		{"vendor without name", head + `,"vendor":{"orgNumber":"999999999"}` + tail, false},
		{"vendor with blank name", head + `,"vendor":{"orgNumber":"999999999","name":" "}` + tail, false},
		{"short organisation number", head + `,"vendor":{"orgNumber":"99999999","name":"A"}` + tail, false},
		{"kind", head + `,"kind":"home-follow-up"` + tail, true},
		{"unknown kind", head + `,"kind":"game"` + tail, false},
		{"areas", head + `,"areas":["sleep","self-harm"],"audiences":["adults"],"languages":["nb","pl","zh-Hans"]` + tail, true},
		{"null areas", head + `,"areas":null` + tail, false},
		{"area twice", head + `,"areas":["sleep","sleep"]` + tail, false},
		{"bad area", head + `,"areas":["Sleep"]` + tail, false},
		{"bad audience", head + `,"audiences":["all people"]` + tail, false},
		{"bad language", head + `,"languages":["Norsk"]` + tail, false},
		{"language of 35", head + `,"languages":["aa` + strings.Repeat("-a1", 11) + `"]` + tail, true},
		{"language of 38", head + `,"languages":["aa` + strings.Repeat("-a1", 12) + `"]` + tail, false},
		{"language twice", head + `,"languages":["nb","nb"]` + tail, false},
		{"ages", head + `,"ages":{"min":16,"max":null}` + tail, true},
		{"no ages", head + `,"ages":null` + tail, true},
		{"age of -1", head + `,"ages":{"min":-1}` + tail, false},
		{"age of 151", head + `,"ages":{"max":151}` + tail, false},
		{"half an age", head + `,"ages":{"max":1.5}` + tail, false},
		{"texts", head + `,"summary":{"nb":"A"},"description":{"en":"A"},"acuteNotice":{"nn":"A"}` + tail, true},
		{"no texts", head + `,"summary":{},"description":{}` + tail, true},
		{"null summary", head + `,"summary":null` + tail, false},
		{"long summary", head + `,"summary":{"nb":"` + long(1001) + `"}` + tail, false},
		{"long description", head + `,"description":{"nb":"` + long(20001) + `"}` + tail, false},
		{"keywords", head + `,"keywords":{"nb":["søvn"],"en":[]}` + tail, true},
		{"empty keyword", head + `,"keywords":{"nb":[""]}` + tail, false},
		{"keywords without language", head + `,"keywords":["søvn"]` + tail, false},
		{"keywords in a bad language", head + `,"keywords":{"NB":["a"]}` + tail, false},
		{"101 keywords", head + `,"keywords":{"nb":["a"` + strings.Repeat(`,"a"`, 100) + `]}` + tail, false},
		{"start", head + `,"start":[{"platform":"web","url":"https://a.no/x#y","profile":"hti"}]` + tail, true},
		{"start on this machine", head + `,"start":[{"platform":"web","url":"http://127.0.0.1:8080/launch","profile":"hti"}]` + tail, true},
		{"start without profile", head + `,"start":[{"platform":"web","url":"https://a.no/"}]` + tail, false},
		{"start with unknown profile", head + `,"start":[{"platform":"web","url":"https://a.no/","profile":"lti"}]` + tail, false},
		{"start on an unknown platform", head + `,"start":[{"platform":"tv","url":"https://a.no/","profile":"link"}]` + tail, false},
		{"start without encryption", head + `,"start":[{"platform":"web","url":"http://a.no/","profile":"link"}]` + tail, false},
		{"start with a user name", head + `,"start":[{"platform":"web","url":"https://u@a.no/","profile":"link"}]` + tail, false},
		{"start that looks like this machine", head + `,"start":[{"platform":"web","url":"http://localhost.a.no/","profile":"link"}]` + tail, false},
		{"unit", head + `,"units":[{"id":"u","title":{"nb":"U"},"indications":[{"nb":"A"}],"exclusions":[],"days":56,"patientText":{"nb":"A"}}]` + tail, true},
		{"unit without title", head + `,"units":[{"id":"u"}]` + tail, false},
		{"unit with an empty title", head + `,"units":[{"id":"u","title":{}}]` + tail, false},
		{"unit with an empty indication", head + `,"units":[{"id":"u","title":{"nb":"U"},"indications":[{}]}]` + tail, false},
		{"unit with bad id", head + `,"units":[{"id":"U","title":{"nb":"U"}}]` + tail, false},
		{"unit of -1 days", head + `,"units":[{"id":"u","title":{"nb":"U"},"days":-1}]` + tail, false},
		{"unit of 3651 days", head + `,"units":[{"id":"u","title":{"nb":"U"},"days":3651}]` + tail, false},
		{"approval", head + `,"approval":{"decision":"d-1","validUntil":"2028-02-29"}` + tail, true},
		{"approval until no day", head + `,"approval":{"decision":"d-1","validUntil":"2027-02-29"}` + tail, false},
		{"approval with a time", head + `,"approval":{"decision":"d-1","validUntil":"2027-02-28T00:00:00Z"}` + tail, false},
		{"approval without an end", head + `,"approval":{"decision":"d-1"}` + tail, false},
		{"identifiers", head + `,"identifiers":[{"system":"urn:oid:2.16.578","value":"A 1"},{"system":"https://a.no/x","value":"å"}]` + tail, true},
		{"identifier without system", head + `,"identifiers":[{"value":"1"}]` + tail, false},
		{"identifier of an empty system", head + `,"identifiers":[{"system":"","value":"1"}]` + tail, false},
		{"identifier of no URI", head + `,"identifiers":[{"system":"a.no","value":"1"}]` + tail, false},
		{"identifier of a URI with a blank", head + `,"identifiers":[{"system":"urn:a b","value":"1"}]` + tail, false},
		{"identifier with a blank", head + `,"identifiers":[{"system":"urn:a","value":" 1"}]` + tail, false},
		{"identifier on two lines", head + `,"identifiers":[{"system":"urn:a","value":"1\n2"}]` + tail, false},
		{"identifier of 201", head + `,"identifiers":[{"system":"urn:a","value":"` + long(201) + `"}]` + tail, false},
		{"listing", head + `,"listing":{"from":"2026-01-01","to":"2026-12-31"}` + tail, true},
		{"listing without end", head + `,"listing":{"from":"2026-01-01"}` + tail, true},
		{"empty listing", head + `,"listing":{}` + tail, true},
		{"null listing", head + `,"listing":null` + tail, true},
		{"listing until no day", head + `,"listing":{"to":"2026-02-29"}` + tail, false},
		{"listing until an empty day", head + `,"listing":{"to":""}` + tail, false},
		{"listing with a time", head + `,"listing":{"from":"2026-01-01T00:00:00Z"}` + tail, false},
		{"evidence", head + `,"evidence":[{"kind":"own-kind","title":{"nb":"A"},"url":"https://a.no/","reviewed":"2026-01-01","nextReview":"2027-01-01"}]` + tail, true},
		{"evidence with little", head + `,"evidence":[{"kind":"study","title":{"nb":"A"},"url":"","reviewed":"2026-01-01"}]` + tail, true},
		{"evidence without kind", head + `,"evidence":[{"title":{"nb":"A"},"reviewed":"2026-01-01"}]` + tail, false},
		{"evidence without title", head + `,"evidence":[{"kind":"study","title":{},"reviewed":"2026-01-01"}]` + tail, false},
		{"evidence with a long title", head + `,"evidence":[{"kind":"study","title":{"nb":"` + long(201) + `"},"reviewed":"2026-01-01"}]` + tail, false},
		{"evidence nobody has reviewed", head + `,"evidence":[{"kind":"study","title":{"nb":"A"}}]` + tail, false},
		{"evidence without encryption", head + `,"evidence":[{"kind":"study","title":{"nb":"A"},"url":"ftp://a.no/","reviewed":"2026-01-01"}]` + tail, false},
		{"evidence with an unknown member", head + `,"evidence":[{"kind":"study","title":{"nb":"A"},"score":1,"reviewed":"2026-01-01"}]` + tail, false},
		{"approval without a decision", head + `,"approval":{"decision":"","validUntil":"2027-02-28"}` + tail, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := catalogue.Parse([]byte(c.data))
			assert.Equal(t, c.right, err == nil, "Parse: %v", err)
			assert.Equal(t, c.right, accepts(t, s, []byte(c.data)), "schema")
		})
	}
}

// What a schema cannot say, Parse says alone. This list is in the package comment.
func TestWhatOnlyParseFinds(t *testing.T) {
	s := compiled(t)
	for name, data := range map[string]string{
		"id twice":                  `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"A"},"access":{}},{"id":"a","status":"draft","name":{"nb":"A"},"access":{}}]}`,
		"ages the wrong way round":  head + `,"ages":{"min":20,"max":10}` + tail,
		"identifier twice":          head + `,"identifiers":[{"system":"urn:a","value":"1"},{"system":"urn:a","value":"1"}]` + tail,
		"listing the wrong way":     head + `,"listing":{"from":"2026-02-02","to":"2026-02-01"}` + tail,
		"next review before last":   head + `,"evidence":[{"kind":"study","title":{"nb":"A"},"reviewed":"2026-02-02","nextReview":"2026-02-01"}]` + tail,
		"check digit":               head + `,"vendor":{"orgNumber":"999999998","name":"A"}` + tail,
		"blank in Unicode's sense":  head + `,"summary":{"nb":"\u00a0"}` + tail,
		"turned writing":            head + `,"summary":{"nb":"a\u202eb"}` + tail,
		"unit twice within a tool":  head + `,"units":[{"id":"u","title":{"nb":"U"}},{"id":"u","title":{"nb":"V"}}]` + tail,
		"number that is no integer": head + `,"units":[{"id":"u","title":{"nb":"U"},"days":56.0}]` + tail,
	} {
		t.Run(name, func(t *testing.T) {
			assert.True(t, accepts(t, s, []byte(data)), "schema")
			_, err := catalogue.Parse([]byte(data))
			assert.ErrorIs(t, err, catalogue.ErrInvalid)
		})
	}
}

// Every document that Marshal writes is right by the schema, and the documents that come with the package are.
func TestDocumentsOfTheProjectAreRight(t *testing.T) {
	s := compiled(t)
	files, err := filepath.Glob("../testdata/*.json")
	require.NoError(t, err)
	samples, err := filepath.Glob("../sample/*.json")
	require.NoError(t, err)
	files = append(files, samples...)
	require.NotEmpty(t, files)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.True(t, accepts(t, s, data), name)
		d, err := catalogue.Parse(data)
		require.NoError(t, err, name)
		written, err := catalogue.Marshal(d)
		require.NoError(t, err)
		assert.True(t, accepts(t, s, written), name)
	}
}

// Every member of the format has a description, so that editors can show it.
func TestEveryTypeIsDescribed(t *testing.T) {
	var s struct {
		Description string                                  `json:"description"`
		Defs        map[string]struct{ Description string } `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(schema.Catalogue(), &s))
	assert.NotEmpty(t, s.Description)
	require.NotEmpty(t, s.Defs)
	for name, def := range s.Defs {
		assert.NotEmpty(t, def.Description, name)
	}
}
