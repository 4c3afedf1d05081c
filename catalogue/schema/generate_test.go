package schema_test

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/invopop/jsonschema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/schema"
	"github.com/verktoykatalog/verktoy/internal/schemagen"
	"github.com/verktoykatalog/verktoy/vendor"
)

var update = flag.Bool("update", false, "write catalogue.schema.json anew")

// The committed schema is what the Go types give. After a change of the types: go test ./catalogue/schema -update
func TestSchemaFollowsTheTypes(t *testing.T) {
	want, err := schemagen.GenerateWith(catalogue.Document{}, schema.CatalogueID, "Catalogue of digital health tools", options())
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("catalogue.schema.json", want, 0o600))
	}
	got, err := os.ReadFile("catalogue.schema.json")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run: go test ./catalogue/schema -update")
}

func TestCatalogueGivesTheCallersOwnBytes(t *testing.T) {
	schema.Catalogue()[0] = 'x'
	assert.True(t, json.Valid(schema.Catalogue()))
}

const (
	systemPattern = `^[a-z][a-z0-9+.-]*:\S+$`
	valuePattern  = `^\S(.*\S)?$`
	idPattern     = `^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`
	langPattern   = `^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`
	urlPattern    = `^(https://[^\s/?#@\\]+|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?)([/?#][^\s\\]*)?$`
)

func options() schemagen.Options {
	return schemagen.Options{
		Description: "All tools of a catalogue. Unknown members are refused. Identifiers of tools appear once.",
		Describe:    descriptions,
		Types:       types(),
		Refine: map[string]func(*jsonschema.Schema){
			"Document":   func(s *jsonschema.Schema) { set(s, "version").Const = catalogue.DocumentVersion },
			"Tool":       refineTool,
			"Unit":       refineUnit,
			"Start":      refineStart,
			"Ages":       refineAges,
			"Text":       refineText,
			"Approval":   func(s *jsonschema.Schema) { limit(set(s, "decision"), 200) },
			"Evidence":   refineEvidence,
			"Identifier": refineIdentifier,
		},
	}
}

// types are the schemas of types that are texts in Go.
func types() map[reflect.Type]*jsonschema.Schema {
	return map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[catalogue.ToolID]():       {Type: "string", Pattern: idPattern, Description: "Identifies a tool for ever: lower-case letters a-z, digits and hyphens."},
		reflect.TypeFor[catalogue.UnitID]():       {Type: "string", Pattern: idPattern, Description: "Identifies a unit within its tool."},
		reflect.TypeFor[catalogue.Area]():         {Type: "string", Pattern: idPattern, Description: "A health matter, such as sleep or anxiety. The set is open."},
		reflect.TypeFor[catalogue.Audience]():     {Type: "string", Pattern: idPattern, Description: "A group of people, such as adults or parents. The set is open."},
		reflect.TypeFor[catalogue.EvidenceKind](): {Type: "string", Pattern: idPattern, Description: "A sort of evidence, such as study or assessment. The set is open."},
		reflect.TypeFor[catalogue.Lang](): {Type: "string", Pattern: langPattern, MaxLength: number(35), Not: &jsonschema.Schema{Const: "no"},
			Description: "A language: nb, nn, en, se or another code of BCP 47. Not no, which does not say which Norwegian."},
		reflect.TypeFor[catalogue.Date]():     {Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, Description: "A day, YYYY-MM-DD."},
		reflect.TypeFor[vendor.Vendor]():      reference(),
		reflect.TypeFor[catalogue.Status]():   list("Where the tool stands in its life.", "draft", "listed", "paused", "withdrawn"),
		reflect.TypeFor[catalogue.Platform](): list("What the tool runs on.", "web", "ios", "android"),
		reflect.TypeFor[catalogue.Kind](): list("The sort of tool.", "treatment-room", "course", "triage", "directory", "questionnaire",
			"video-consultation", "collaboration", "forum", "app", "video", "home-follow-up"),
	}
}

// reference is what a catalogue holds of a vendor, which can say more of itself elsewhere.
func reference() *jsonschema.Schema {
	members := jsonschema.NewProperties()
	members.Set("orgNumber", &jsonschema.Schema{Type: "string", Pattern: `^[0-9]{9}$`,
		Description: "A Norwegian organisation number. The last digit is a check digit (MOD 11)."})
	members.Set("name", limit(&jsonschema.Schema{Type: "string"}, 200))
	return &jsonschema.Schema{Type: "object", Properties: members, AdditionalProperties: jsonschema.FalseSchema, Required: []string{"orgNumber", "name"}}
}

func list(description string, values ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Enum: values, Description: description}
}

func refineTool(s *jsonschema.Schema) {
	required(s, "name")
	limitText(s, "name", 200)
	limitText(s, "summary", 1000)
	for _, name := range []string{"areas", "audiences", "languages"} {
		set(s, name).UniqueItems = true
	}
	keywords := set(s, "keywords")
	keywords.PropertyNames = &jsonschema.Schema{Ref: "#/$defs/Lang"}
	keywords.AdditionalProperties = &jsonschema.Schema{Type: "array", MaxItems: number(100), Items: limit(&jsonschema.Schema{Type: "string"}, 100)}
}

func refineUnit(s *jsonschema.Schema) {
	required(s, "title")
	limitText(s, "title", 200)
	set(s, "days").Minimum, set(s, "days").Maximum = "0", "3650"
	for _, name := range []string{"indications", "exclusions"} {
		set(s, name).Items = &jsonschema.Schema{Ref: "#/$defs/Text", MinProperties: number(1)}
	}
}

func refineStart(s *jsonschema.Schema) {
	url := set(s, "url")
	url.Pattern, url.MaxLength = urlPattern, number(2000)
	set(s, "profile").Enum = []any{"helsenorge", "hti", "link"}
}

func refineAges(s *jsonschema.Schema) {
	for _, name := range []string{"min", "max"} {
		set(s, name).Minimum, set(s, name).Maximum = "0", "150"
	}
}

func refineEvidence(s *jsonschema.Schema) {
	required(s, "title")
	limitText(s, "title", 200)
	set(s, "url").Pattern, set(s, "url").MaxLength = "^$|"+urlPattern, number(2000)
}

func refineIdentifier(s *jsonschema.Schema) {
	set(s, "system").Pattern, set(s, "system").MaxLength = systemPattern, number(2000)
	set(s, "value").Pattern, set(s, "value").MaxLength = valuePattern, number(200)
}

func refineText(s *jsonschema.Schema) {
	s.PropertyNames = &jsonschema.Schema{Ref: "#/$defs/Lang"}
	s.AdditionalProperties = limit(&jsonschema.Schema{Type: "string"}, 20000)
}

// set gives a member's schema for editing.
func set(s *jsonschema.Schema, name string) *jsonschema.Schema {
	p, known := s.Properties.Get(name)
	if !known {
		panic("no member " + name)
	}
	return p
}

// required asks for a text in one language at least; limitText bounds it in all.
func required(s *jsonschema.Schema, name string) { set(s, name).MinProperties = number(1) }

func limitText(s *jsonschema.Schema, name string, most uint64) {
	set(s, name).AdditionalProperties = limit(&jsonschema.Schema{}, most)
}

// limit asks for a text that says something and is not too long.
func limit(s *jsonschema.Schema, most uint64) *jsonschema.Schema {
	s.Pattern, s.MaxLength = `\S`, number(most)
	return s
}

func number(n uint64) *uint64 { return &n }

var descriptions = map[string]string{
	"Document.version":            "The version of the format.",
	"Document.tools":              "The tools. The order means nothing.",
	"Text":                        "A text in one or more languages.",
	"Tool":                        "A digital health tool.",
	"Tool.areas":                  "The health matters that the tool is for.",
	"Tool.audiences":              "The people that the tool is for.",
	"Tool.languages":              "The languages of the tool itself.",
	"Tool.ages":                   "The ages that the tool is meant for, in full years. Absent or null: no limit.",
	"Tool.name":                   "The name that people know, at most 200 characters a language.",
	"Tool.summary":                "One or two sentences for those who choose, at most 1,000 characters a language.",
	"Tool.description":            "What the tool does, at most 20,000 characters a language.",
	"Tool.keywords":               "Words that people search for, by language.",
	"Tool.start":                  "Where the tool is started.",
	"Tool.units":                  "What a therapist may prescribe. None: the tool cannot be prescribed.",
	"Tool.acuteNotice":            "Where to turn in an emergency.",
	"Tool.identifiers":            "What other systems call the tool. Each stands once in the catalogue.",
	"Tool.listing":                "The days on which a listed tool is there. Absent or null: no limit.",
	"Tool.evidence":               "What speaks for the tool's quality.",
	"Identifier":                  "What the tool is called in another system. It resolves for ever.",
	"Identifier.system":           "Whose identifier it is: an absolute URI.",
	"Identifier.value":            "The identifier there.",
	"Listing":                     "From the beginning of the first day through the end of the last.",
	"Listing.from":                "The first day.",
	"Listing.to":                  "The last day.",
	"Evidence":                    "What speaks for the tool's quality, and when somebody last looked at it.",
	"Evidence.title":              "At most 200 characters a language.",
	"Evidence.url":                "Where it can be read. Absolute, https.",
	"Evidence.reviewed":           "The day of the latest review.",
	"Evidence.nextReview":         "The day by which the next review is due.",
	"Vendor":                      "The organisation that makes or offers the tool.",
	"Access":                      "Who may use the tool, and how. What is left out is false.",
	"Access.withoutLogin":         "The tool may be used without logging in.",
	"Access.requiresPrescription": "A therapist must have sent the tool to the citizen.",
	"Access.national":             "Offered everywhere in Norway.",
	"Access.onBehalf":             "May be used on behalf of someone who is represented.",
	"Ages":                        "Both ends are included.",
	"Start":                       "One way to start the tool.",
	"Start.url":                   "Absolute, https. http for localhost only.",
	"Start.profile":               "How the tool is opened: from helsenorge.no, with a signed launch message (HTI), or as an ordinary link.",
	"Unit":                        "What can be prescribed: a tool for an indication and for a time.",
	"Unit.indications":            "Whom the unit is for.",
	"Unit.exclusions":             "Whom the unit is not for.",
	"Unit.days":                   "How long the citizen has the unit. Absent or 0: no time is given.",
	"Unit.patientText":            "What the citizen reads.",
	"Approval":                    "The decision that the listing rests on.",
	"Approval.decision":           "The decision's identifier.",
	"Approval.validUntil":         "The last day on which the tool may be started.",
}
