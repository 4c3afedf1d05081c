package cataloguefhir_test

import (
	"flag"
	"os"
	"reflect"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
	"github.com/verktoykatalog/verktoy/vendor"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestTheSampleComesBackWhole(t *testing.T) {
	tools := samples(t)
	got, err := cataloguefhir.Read(bundle(t, tools...), cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Empty(t, codes(got.Notes))
	require.Len(t, got.Tools, len(tools))
	for i, tool := range tools {
		assert.Equal(t, tool, got.Tools[i])
	}
}

func TestEveryMemberComesBack(t *testing.T) {
	notZero(t, "Tool", reflect.ValueOf(full()))
	got, err := cataloguefhir.Read(bundle(t, full()), cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, []catalogue.Tool{full()}, got.Tools)
}

// notZero sees to it that a member that is added to the model is added to the full tool, and so to the mapping.
func notZero(t *testing.T, name string, v reflect.Value) {
	assert.False(t, v.IsZero(), "%s is empty in full(): fill it, and map it", name)
	switch v.Kind() {
	case reflect.Pointer:
		if whole, is := v.Interface().(*vendor.Vendor); is { // a catalogue refuses the rest
			assert.Equal(t, whole.Reference(), *whole)
			notZero(t, name+".OrgNumber", reflect.ValueOf(whole.OrgNumber))
			notZero(t, name+".Name", reflect.ValueOf(whole.Name))
			return
		}
		notZero(t, name, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			notZero(t, name+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			notZero(t, name+"[]", v.Index(i))
		}
	}
}

func TestEveryStatusAndAccessComesBack(t *testing.T) {
	var tools []catalogue.Tool
	for i, status := range []catalogue.Status{catalogue.StatusDraft, catalogue.StatusListed, catalogue.StatusPaused, catalogue.StatusWithdrawn} {
		for facts := range 16 {
			tool := catalogue.Tool{ID: catalogue.ToolID(string(rune('a'+i)) + string(rune('a'+facts))), Status: status, Name: catalogue.Text{"fi": "x"}}
			tool.Access = catalogue.Access{WithoutLogin: facts&1 > 0, RequiresPrescription: facts&2 > 0, National: facts&4 > 0, OnBehalf: facts&8 > 0}
			tools = append(tools, tool)
		}
	}
	got, err := cataloguefhir.Read(bundle(t, tools...), cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, tools, got.Tools)
}

// What a consumer sees that knows FHIR and not us.
func TestWhatMayNotBeUsedIsNotActive(t *testing.T) {
	want := map[catalogue.Status]string{catalogue.StatusDraft: "draft", catalogue.StatusListed: "active", catalogue.StatusPaused: "retired",
		catalogue.StatusWithdrawn: "retired"}
	for status, code := range want {
		tool := full()
		tool.Status = status
		for _, write := range []func() ([]byte, error){
			func() ([]byte, error) { return writer(t).Tool(tool) },
			func() ([]byte, error) { return writer(t).Unit(tool, "a-second") }} {
			text, err := write()
			require.NoError(t, err)
			assert.Contains(t, string(text), `"status": "`+code+`"`)
		}
	}
}

func TestEmptyListsAndLimitsAreLeftOut(t *testing.T) {
	tool := catalogue.Tool{ID: "a", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "A"}, Ages: &catalogue.Ages{}, Listing: &catalogue.Listing{},
		Identifiers: []catalogue.Identifier{}, Evidence: []catalogue.Evidence{},
		Areas: []catalogue.Area{}, Summary: catalogue.Text{}, Keywords: map[catalogue.Lang][]string{"nb": {}}}
	got, err := cataloguefhir.Read(bundle(t, tool), cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, catalogue.Tool{ID: "a", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "A"}}, got.Tools[0])
	assert.Contains(t, tool.Keywords, catalogue.Lang("nb"), "the caller's tool is not changed")
}

func TestUnitsOfLongIDs(t *testing.T) {
	long := "a23456789-b23456789-c23456789-d23456789-e23456789-f23456789-g234"
	tool := catalogue.Tool{ID: catalogue.ToolID(long), Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "A"}, Units: []catalogue.Unit{
		{ID: catalogue.UnitID(long), Title: catalogue.Text{"nb": "B"}}, {ID: "short", Title: catalogue.Text{"nb": "C"}}}}
	text := bundle(t, tool)
	ids := regexp.MustCompile(`"id": "([^"]*)"`).FindAllSubmatch(text, -1)
	require.Len(t, ids, 3)
	for _, id := range ids {
		assert.Regexp(t, `^[A-Za-z0-9.-]{1,64}$`, string(id[1]), "hl7.org/fhir/R4/datatypes.html#id")
	}
	got, err := cataloguefhir.Read(text, cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, tool, got.Tools[0])
}

// Others store what we write: a change is seen here first.
func TestGolden(t *testing.T) {
	const file = "testdata/sovn-steg-for-steg.json"
	got := bundle(t, samples(t)[0])
	if *update {
		require.NoError(t, os.WriteFile(file, got, 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestTheVersionChangesWithTheTool(t *testing.T) {
	one, err := writer(t).Tool(full())
	require.NoError(t, err)
	again, err := writer(t).Tool(full())
	require.NoError(t, err)
	assert.Equal(t, one, again)
	changed := full()
	changed.Units[1].Days++
	other, err := writer(t).Tool(changed)
	require.NoError(t, err)
	assert.NotEqual(t, one, other)
}

func TestWriterRefuses(t *testing.T) {
	for _, bad := range []string{"", "tools.example", "/fhir", "ftp://tools.example", "https://", "https://a@tools.example", "https://tools.example/",
		"https://tools.example?x", "https://tools.example#x", "https://tools.example/a b", "urn:oid:1.2"} {
		_, err := cataloguefhir.NewWriter(cataloguefhir.Config{Base: bad})
		assert.ErrorContains(t, err, "field Base must be an absolute", bad)
	}
	bad := full()
	bad.Status = "gone"
	_, err := writer(t).Bundle([]catalogue.Tool{full(), bad})
	require.ErrorIs(t, err, catalogue.ErrInvalid)
	assert.ErrorContains(t, err, "/tools/1/status")
	_, err = writer(t).Tool(bad)
	require.ErrorIs(t, err, catalogue.ErrInvalid)
	_, err = writer(t).Unit(bad, "z-first")
	require.ErrorIs(t, err, catalogue.ErrInvalid)
	_, err = writer(t).Unit(full(), "none")
	require.ErrorIs(t, err, catalogue.ErrUnknownUnit)
}
