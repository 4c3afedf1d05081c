package cataloguefhir_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

func read(t *testing.T, text string) cataloguefhir.Result {
	t.Helper()
	got, err := cataloguefhir.Read([]byte(text), cataloguefhir.Options{})
	require.NoError(t, err)
	return got
}

// A definition as another catalogue may have it: all that there is room for is read, all else is told of.
func TestReadWhatOthersWrote(t *testing.T) {
	got := read(t, `{"resourceType":"ActivityDefinition","id":"17","meta":{"versionId":"3"},"language":"nl-NL",
		"text":{"status":"generated","div":"<div>x</div>"},
		"extension":[{"url":"http://other.example/endpoint","valueReference":{"reference":"Endpoint/1"}}],
		"url":"https://other.example/ActivityDefinition/Slaap-Module","identifier":[{"system":"https://other.example","value":"S1"},
			{"use":"official","system":"urn:oid:1.2","value":"S 2"},{"value":"no system"},{"system":"https://other.example","value":"S1"}],
		"title":"Slaap","_title":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",
			"extension":[{"url":"lang","valueCode":"en"},{"url":"content","valueString":"Sleep"}]}]},
		"status":"active","experimental":false,"description":"Over slaap","publisher":"Uitgever",
		"useContext":[
			{"code":{"system":"http://terminology.hl7.org/CodeSystem/usage-context-type","code":"age"},
				"valueRange":{"low":{"value":18,"unit":"jaar","system":"http://unitsofmeasure.org","code":"a"},"high":{"value":800,"system":"http://unitsofmeasure.org","code":"mo"}}},
			{"code":{"system":"http://terminology.hl7.org/CodeSystem/usage-context-type","code":"gender"},"valueCodeableConcept":{"text":"x"}}],
		"topic":[{"coding":[{"system":"http://vzvz.nl/fhir/CodeSystem/koppeltaal-definition-topic","code":"self-treatment"}]},{"text":"slaap"}],
		"jurisdiction":[{"coding":[{"system":"urn:iso:std:iso:3166","code":"NL"}]}],
		"kind":"ServiceRequest","participant":[{"type":"patient"}],
		"lastReviewDate":"2026-03-01","effectivePeriod":{"id":"p","start":"2026-01-01","end":"2026-11"},
		"relatedArtifact":[{"type":"citation","display":"Een studie","url":"https://other.example/studie"}],"timingDuration":{"value":8,"code":"wk","system":"http://unitsofmeasure.org"}}`)
	adult := 18
	assert.Equal(t, []catalogue.Tool{{ID: "slaap-module", Status: catalogue.StatusListed,
		Identifiers: []catalogue.Identifier{{System: "https://other.example", Value: "S1"}, {System: "urn:oid:1.2", Value: "S 2"}},
		Listing:     &catalogue.Listing{From: "2026-01-01", To: "2026-11-30"}, Ages: &catalogue.Ages{Min: &adult},
		Name: catalogue.Text{"nl-NL": "Slaap", "en": "Sleep"}, Description: catalogue.Text{"nl-NL": "Over slaap"}}}, got.Tools)
	assert.Equal(t, []string{
		"ActivityDefinition.effectivePeriod.id not-kept",
		"ActivityDefinition.extension assumed",
		"ActivityDefinition.extension[0] not-kept",
		"ActivityDefinition.id not-kept",
		"ActivityDefinition.identifier[1].use not-kept",
		"ActivityDefinition.identifier[2] not-kept",
		"ActivityDefinition.jurisdiction[0] not-kept",
		"ActivityDefinition.kind not-kept",
		"ActivityDefinition.lastReviewDate not-kept",
		"ActivityDefinition.meta not-kept",
		"ActivityDefinition.participant[0] not-kept",
		"ActivityDefinition.publisher not-kept",
		"ActivityDefinition.relatedArtifact[0] not-kept",
		"ActivityDefinition.text not-kept",
		"ActivityDefinition.timingDuration not-kept",
		"ActivityDefinition.topic[1] not-kept",
		"ActivityDefinition.url assumed",
		"ActivityDefinition.url not-kept",
		"ActivityDefinition.useContext[0].valueRange.high not-kept",
		"ActivityDefinition.useContext[0].valueRange.low.unit not-kept",
		"ActivityDefinition.useContext[1] not-kept",
	}, codes(got.Notes))
	for _, note := range got.Notes {
		assert.NotContains(t, note.Text["en"], "Uitgever", "no value is repeated")
		assert.NotEmpty(t, note.Text["nn"])
	}
}

// Whatever is added to what we write, or changed in it, is in the tool that is read, told of or refused: nothing is dropped silently.
func TestNothingIsDroppedSilently(t *testing.T) {
	var whole any
	tool := full()
	tool.Units = tool.Units[:1]
	require.NoError(t, json.Unmarshal(bundle(t, tool), &whole))
	tried := 0
	visit(whole, func(what string) {
		tried++
		if !underrace.Tries(tried) {
			return
		}
		text, err := json.Marshal(whole)
		require.NoError(t, err)
		got, err := cataloguefhir.Read(text, cataloguefhir.Options{})
		if err == nil && len(got.Notes) == 0 {
			assert.NotEqual(t, []catalogue.Tool{tool}, got.Tools, what)
		}
	})
	assert.Greater(t, tried, 300)
}

// visit calls try with one change after the other in v: a member more in each object, and another value in the place of each text, number
// and boolean.
func visit(v any, try func(what string)) {
	change := func(put func(any), old any) {
		switch old := old.(type) {
		case string:
			put(old + "x")
			try(old)
			put(old)
		case bool:
			put(!old)
			try("a boolean")
			put(old)
		case float64:
			put(old + 1)
			try("a number")
			put(old)
		default:
			visit(old, try)
		}
	}
	switch v := v.(type) {
	case object:
		for name, child := range v {
			change(func(n any) { v[name] = n }, child)
		}
		v["extra"] = object{"a": 1}
		try("a member more")
		delete(v, "extra")
	case []any:
		for i, child := range v {
			change(func(n any) { v[i] = n }, child)
		}
	}
}

func TestCarefulWhereFHIRLeavesItOpen(t *testing.T) {
	const without = `{"resourceType":"ActivityDefinition","language":"nb","url":"https://a.example/a","title":"A"`
	cases := []struct {
		name, rest string
		status     catalogue.Status
		mode       catalogue.Mode
		note       string
	}{
		{"no facts", `,"status":"active"}`, catalogue.StatusListed, catalogue.ModePrescribed, "ActivityDefinition.extension assumed"},
		{"may start alone", `,"status":"active","topic":[{"coding":[{"system":"` + cataloguefhir.SystemTopic + `","code":"self-assessment"}]}]}`,
			catalogue.StatusListed, catalogue.ModeLogin, "ActivityDefinition.topic[0] not-kept"},
		{"the code of another system", `,"status":"active","topic":[{"coding":[{"system":"https://a.example","code":"self-treatment"}]}]}`,
			catalogue.StatusListed, catalogue.ModePrescribed, "ActivityDefinition.topic[0] not-kept"},
		{"unknown", `,"status":"unknown"}`, catalogue.StatusDraft, catalogue.ModePrescribed, "ActivityDefinition.status assumed"},
		{"an experiment", `,"status":"active","experimental":true}`, catalogue.StatusDraft, catalogue.ModePrescribed,
			"ActivityDefinition.experimental assumed"},
		{"a retired experiment", `,"status":"retired","experimental":true}`, catalogue.StatusWithdrawn, catalogue.ModePrescribed,
			"ActivityDefinition.extension assumed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, without+c.rest)
			require.Len(t, got.Tools, 1)
			assert.Equal(t, c.status, got.Tools[0].Status)
			assert.Equal(t, c.mode, got.Tools[0].Access.Mode())
			assert.Contains(t, codes(got.Notes), c.note)
		})
	}
}

func TestSearchsets(t *testing.T) {
	const entry = `{"fullUrl":"https://a.example/fhir/ActivityDefinition/a","resource":{"resourceType":"ActivityDefinition","language":"nb",
		"url":"https://a.example/fhir/ActivityDefinition/a","status":"active","title":"A"},"search":{"mode":"match"}}`
	got := read(t, `{"resourceType":"Bundle","type":"searchset","total":7,"link":[{"relation":"self","url":"https://a.example"},
		{"relation":"next","url":"https://a.example?page=2"}],"entry":[`+entry+`,{"resource":{"resourceType":"OperationOutcome","id":"x"},"search":{"mode":"outcome"}}]}`)
	require.Len(t, got.Tools, 1)
	assert.Equal(t, []string{"Bundle.entry[0].resource.extension assumed", "Bundle.entry[0].resource.url assumed", "Bundle.entry[1] not-kept",
		"Bundle.link[1] not-kept", "Bundle.total not-kept"}, codes(got.Notes), "there are more pages, and the caller is told")
}

func TestAUnitWithoutItsToolIsToldOf(t *testing.T) {
	unit, err := writer(t).Unit(full(), "a-second")
	require.NoError(t, err)
	got := read(t, string(unit))
	assert.Empty(t, got.Tools)
	assert.Equal(t, []string{"ActivityDefinition not-kept"}, codes(got.Notes))

	tool, err := writer(t).Tool(full())
	require.NoError(t, err)
	got = read(t, string(tool))
	require.Len(t, got.Tools, 1)
	assert.Empty(t, got.Tools[0].Units)
	assert.Contains(t, codes(got.Notes), "ActivityDefinition.relatedArtifact[1] not-kept")
}

// The order of a Bundle means nothing; that of a tool's units does, and the tool has it.
func TestUnitsComeInTheToolsOrder(t *testing.T) {
	var b object
	require.NoError(t, json.Unmarshal(bundle(t, full()), &b))
	entries := b["entry"].([]any)
	b["entry"] = []any{entries[2], entries[1], entries[0]}
	text, err := json.Marshal(b)
	require.NoError(t, err)
	got := read(t, string(text))
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, []catalogue.Tool{full()}, got.Tools)
}

func TestAMissingIDIsReportedOnce(t *testing.T) {
	_, err := cataloguefhir.Read([]byte(`{"resourceType":"ActivityDefinition","language":"nb","title":"A","status":"active",
		"url":"https://a.example/a_b"}`), cataloguefhir.Options{})
	assert.Equal(t, []string{"ActivityDefinition.identifier bad-format"}, problems(t, err))
}

func TestReadRefuses(t *testing.T) {
	cases := []struct {
		name string
		edit func(tool, unit object)
		want []string
	}{
		{"an unknown member", func(tool, _ object) { tool["titel"] = "x" }, []string{"Bundle.entry[0].resource.titel unknown-member"}},
		{"a list's extension", func(tool, _ object) { tool["_topic"] = []any{object{"id": "x"}} }, []string{"Bundle.entry[0].resource.topic unknown-member"}},
		{"a modifier", func(tool, _ object) { tool["modifierExtension"] = []any{object{"url": "x", "valueBoolean": true}} },
			[]string{"Bundle.entry[0].resource.modifierExtension bad-value"}},
		{"a modifier deep within", func(_, unit object) {
			unit["participant"] = []any{object{"type": "patient", "modifierExtension": []any{object{"url": "x"}}}}
		}, []string{"Bundle.entry[1].resource.participant[0].modifierExtension bad-value"}},
		{"rules", func(_, unit object) { unit["implicitRules"] = "https://a.example" }, []string{"Bundle.entry[1].resource.implicitRules bad-value"}},
		{"not to be done", func(tool, _ object) { tool["doNotPerform"] = true }, []string{"Bundle.entry[0].resource.doNotPerform bad-value"}},
		{"a unit not to be done", func(_, unit object) { unit["doNotPerform"] = true }, []string{"Bundle.entry[1].resource.doNotPerform bad-value"}},
		{"a unit that is retired", func(_, unit object) { unit["status"] = "retired" }, []string{"Bundle.entry[1].resource.status contradiction"}},
		{"a unit for trial", func(_, unit object) { unit["experimental"] = true }, []string{"Bundle.entry[1].resource.experimental contradiction"}},
		{"paused and active", func(tool, _ object) {
			tool["extension"] = append(tool["extension"].([]any), object{"url": cataloguefhir.ExtensionStatus, "valueCode": "paused"})
		}, []string{"Bundle.entry[0].resource.status contradiction"}},
		{"half of the facts", func(tool, _ object) {
			facts := tool["extension"].([]any)[0].(object)
			facts["extension"] = facts["extension"].([]any)[:1]
		}, []string{"Bundle.entry[0].resource.extension[0] bad-value", "Bundle.entry[0].resource.extension[0] bad-value",
			"Bundle.entry[0].resource.extension[0] bad-value"}},
		{"a wrong organisation number", func(tool, _ object) {
			tool["extension"].([]any)[1].(object)["valueIdentifier"].(object)["value"] = "123456789"
		}, []string{"Bundle.entry[0].resource.extension[1].valueIdentifier.value bad-format"}},
		{"the same unit twice", func(_, unit object) {
			unit["identifier"] = []any{object{"system": cataloguefhir.SystemUnit, "value": "3-full/a-second"}}
		}, []string{"Bundle.entry[2].resource.identifier repeated"}},
		{"much at once", func(tool, unit object) {
			delete(tool, "title")
			delete(tool, "_title")
			delete(tool, "language")
			tool["status"] = "listed"
			tool["topic"] = "sleep"
			tool["code"].(object)["coding"].([]any)[0].(object)["code"] = "game"
			unit["timingDuration"].(object)["value"] = 4000
			unit["status"] = "listed"
		}, []string{"Bundle.entry[0].resource.code not-allowed", "Bundle.entry[0].resource.description bad-value",
			"Bundle.entry[0].resource.extension[8].valueMarkdown bad-value",
			"Bundle.entry[0].resource.relatedArtifact[2].display bad-value", "Bundle.entry[0].resource.status not-allowed",
			"Bundle.entry[0].resource.title missing-member", "Bundle.entry[0].resource.topic wrong-type",
			"Bundle.entry[1].resource.timingDuration out-of-range", "Bundle.entry[2].resource.status contradiction"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := cataloguefhir.Read(edited(t, c.edit), cataloguefhir.Options{})
			assert.Equal(t, c.want, problems(t, err))
		})
	}
}

func TestReadRefusesTexts(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"empty", ``, "Resource syntax"},
		{"a list", `[1]`, "Resource wrong-type"},
		{"no type", `{"id":"a"}`, "Resource.resourceType missing-member"},
		{"another resource", `{"resourceType":"Task"}`, "Resource.resourceType not-allowed"},
		{"a transaction", `{"resourceType":"Bundle","type":"transaction"}`, "Bundle.type not-allowed"},
		{"a Bundle without type", `{"resourceType":"Bundle"}`, "Bundle.type missing-member"},
		{"a Bundle's rules", `{"resourceType":"Bundle","type":"collection","implicitRules":"x"}`, "Bundle.implicitRules bad-value"},
		{"a Bundle's unknown member", `{"resourceType":"Bundle","type":"collection","entries":[{}]}`, "Resource.entries[0] too-few"},
		{"a member twice", `{"resourceType":"ActivityDefinition","status":"draft","status":"active"}`, "Resource.status duplicate-member"},
		{"null", `{"resourceType":"ActivityDefinition","title":null}`, "Resource.title wrong-type"},
		{"an empty text", `{"resourceType":"ActivityDefinition","title":""}`, "Resource.title too-short"},
		{"an empty list", `{"resourceType":"ActivityDefinition","topic":[]}`, "Resource.topic too-few"},
		{"something after the end", `{"resourceType":"ActivityDefinition"}x`, "Resource trailing"},
		{"too deep", strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), "Resource" + strings.Repeat(".a", 32) + " too-deep"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := cataloguefhir.Read([]byte(c.text), cataloguefhir.Options{})
			assert.Equal(t, []string{c.want}, problems(t, err))
		})
	}
}

func TestErrorsHoldNoValues(t *testing.T) {
	_, err := cataloguefhir.Read([]byte(`{"resourceType":"00000000000","00000000000":"x"}`), cataloguefhir.Options{})
	require.ErrorIs(t, err, cataloguefhir.ErrInvalid)
	assert.NotContains(t, err.Error(), "00000000000")
	_, err = cataloguefhir.Read(edited(t, func(tool, _ object) { tool["status"], tool["language"] = "00000000000", "00000000000" }), cataloguefhir.Options{})
	require.ErrorIs(t, err, cataloguefhir.ErrInvalid)
	assert.NotContains(t, err.Error(), "00000000000")
}
