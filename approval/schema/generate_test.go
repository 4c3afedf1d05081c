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

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/schema"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/schemagen"
	"github.com/verktoykatalog/verktoy/vendor"
)

var update = flag.Bool("update", false, "write the schemas anew")

const base = "https://verktoykatalog.github.io/schema/"

// Forms of identifiers and texts. \s is not used: it means one thing in Go and another in JavaScript.
const (
	notBlank  = `[^\p{Z}\p{Cc}\p{Cf}]`
	codeForm  = `^[a-z0-9]+(-[a-z0-9]+)*$`
	nameForm  = `^[A-Za-z0-9][A-Za-z0-9._-]*$`
	threePart = `^[0-9]+\.[0-9]+\.[0-9]+$`
	httpsForm = `^https://[^/\p{Z}\p{Cc}\p{Cf}]`
	// RFC 3339 in UTC with whole seconds; no leap seconds.
	momentForm = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`

	countryForm = `^[A-Z]{2}$`
	emailForm   = `^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$`
	phoneForm   = `^\+?[0-9]([ -]?[0-9]){4,14}$`
	digestForm  = `^[0-9a-f]{64}$`
)

var generated = []struct {
	file, title string
	value       any
	published   func() []byte
	options     schemagen.Options
}{
	{"self-declaration", "Self-declaration of a digital health tool", approval.SelfDeclaration{}, schema.SelfDeclaration, declarationOptions},
	{"vendor-declaration", "A vendor's declaration for all its digital health tools", approval.VendorDeclaration{}, schema.VendorDeclaration, vendorOptions},
	{"requirement-set", "Requirement set for digital health tools", approval.RequirementSet{}, schema.RequirementSet, setOptions},
	{"decision", "Decision on a digital health tool", approval.Decision{}, schema.Decision, decisionOptions},
	{"mapping", "Mapping between requirement sets for digital health tools", approval.Mapping{}, schema.Mapping, mappingOptions},
}

func TestSchemasAreThoseOfTheTypes(t *testing.T) {
	for _, g := range generated {
		t.Run(g.file, func(t *testing.T) {
			g.options.Types = types
			want, err := schemagen.GenerateWith(g.value, base+g.file+".schema.json", g.title, g.options)
			require.NoError(t, err)
			if *update {
				require.NoError(t, os.WriteFile(g.file+".schema.json", want, 0o644))
				return
			}
			assert.Equal(t, string(want), string(g.published()), "the types have changed: run go test ./approval/schema -update")
		})
	}
}

// types are written the same way in all schemas.
var types = map[reflect.Type]*jsonschema.Schema{
	reflect.TypeFor[catalogue.Text](): {
		Type: "object", Description: "A text in one or more languages: nb, nn, en, se …", MinProperties: pointer(1),
		// Not propertyNames: for those the validator in use reports a place that it has overwritten.
		PatternProperties: map[string]*jsonschema.Schema{
			`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`: {Type: "string", Pattern: notBlank, MaxLength: pointer(8000)},
		},
		AdditionalProperties: jsonschema.FalseSchema,
	},
	reflect.TypeFor[catalogue.Date]():   {Type: "string", Format: "date", Description: "A day: YYYY-MM-DD."},
	reflect.TypeFor[catalogue.ToolID](): {Type: "string", Pattern: `^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`, Description: "A tool's id in the catalogue."},
	reflect.TypeFor[vendor.OrgNumber](): {Type: "string", Pattern: "^[0-9]{9}$", Description: "A Norwegian organisation number. The check digit must be right too."},
	reflect.TypeFor[vendor.Country]():   {Type: "string", Pattern: countryForm, Description: "A country: two upper-case letters of ISO 3166-1."},
	reflect.TypeFor[vendor.Day]():       {Type: "string", Format: "date", Description: "A day: YYYY-MM-DD."},
	reflect.TypeFor[approval.Digest]():  {Type: "string", Pattern: digestForm, Description: "SHA-256, lower-case hexadecimal."},
}

func pointer(n uint64) *uint64 { return &n }

// member edits the schema of a member.
func member(s *jsonschema.Schema, name string, edit func(*jsonschema.Schema)) {
	p, ok := s.Properties.Get(name)
	if !ok {
		panic("no member " + name)
	}
	edit(p)
}

func text(most uint64) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Pattern, s.MaxLength = notBlank, pointer(most) }
}

func form(pattern string, most uint64) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Pattern, s.MaxLength = pattern, pointer(most) }
}

func oneOf[T ~string](values ...T) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		for _, v := range values {
			s.Enum = append(s.Enum, string(v))
		}
	}
}

func between(least, most string) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Minimum, s.Maximum = json.Number(least), json.Number(most) }
}

func items(least, most uint64) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.MaxItems = pointer(most)
		if least > 0 {
			s.MinItems = pointer(least)
		}
	}
}

func webAddress(s *jsonschema.Schema) { s.Pattern, s.MaxLength = httpsForm, pointer(2000) }

// edits collects edits of members of one type.
func edits(of map[string]func(*jsonschema.Schema)) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		for name, edit := range of {
			member(s, name, edit)
		}
	}
}

func isVersion(n int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Const = n }
}
