package cataloguefhir_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
)

// The period is for those who know FHIR and not us; the listing comes back as it was whatever the period says.
func TestEffectivePeriod(t *testing.T) {
	cases := []struct {
		name     string
		listing  *catalogue.Listing
		approval catalogue.Date
		want     any
	}{
		{"no limit", nil, "", nil},
		{"an approval alone", nil, "2027-06-30", object{"end": "2027-06-30"}},
		{"a first day", &catalogue.Listing{From: "2026-01-01"}, "", object{"start": "2026-01-01"}},
		{"a last day", &catalogue.Listing{To: "2026-12-31"}, "", object{"end": "2026-12-31"}},
		{"the listing ends first", &catalogue.Listing{From: "2026-01-01", To: "2026-12-31"}, "2027-06-30", object{"start": "2026-01-01", "end": "2026-12-31"}},
		{"the approval ends first", &catalogue.Listing{From: "2026-01-01", To: "2028-12-31"}, "2027-06-30", object{"start": "2026-01-01", "end": "2027-06-30"}},
		{"both end on one day", &catalogue.Listing{To: "2027-06-30"}, "2027-06-30", object{"end": "2027-06-30"}},
		{"the approval is over before the listing begins", &catalogue.Listing{From: "2028-01-01"}, "2027-06-30", object{"start": "2027-06-30", "end": "2027-06-30"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tool := catalogue.Tool{ID: "a", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "A"}, Listing: c.listing}
			if c.approval != "" {
				tool.Approval = &catalogue.Approval{Decision: "V-1", ValidUntil: c.approval}
			}
			text, err := writer(t).Tool(tool)
			require.NoError(t, err)
			var written object
			require.NoError(t, json.Unmarshal(text, &written))
			assert.Equal(t, c.want, written["effectivePeriod"])
			got := read(t, string(text))
			assert.Empty(t, codes(got.Notes))
			assert.Equal(t, []catalogue.Tool{tool}, got.Tools)
		})
	}
}

func TestPeriodsOfOthers(t *testing.T) {
	const assumed, left = " assumed", " not-kept"
	cases := []struct {
		name, start, end string
		want             *catalogue.Listing
		notes            []string
	}{
		{"days", "2026-02-01", "2026-03-02", &catalogue.Listing{From: "2026-02-01", To: "2026-03-02"}, nil},
		{"months", "2026-02", "2028-02", &catalogue.Listing{From: "2026-02-01", To: "2028-02-29"}, nil},
		{"years", "2026", "2026", &catalogue.Listing{From: "2026-01-01", To: "2026-12-31"}, nil},
		{"times", "2026-02-01T23:30:00+01:00", "2026-03-02T00:30:00.5Z", &catalogue.Listing{From: "2026-02-01", To: "2026-03-02"},
			[]string{".end" + assumed, ".start" + assumed}},
		{"no dates", "soon", "2026-02-30", nil, []string{left}},
		{"an end that is no date", "2026-02-01", "never", &catalogue.Listing{From: "2026-02-01"}, []string{".end" + left}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, `{"resourceType":"ActivityDefinition","language":"nb","status":"active","title":"A",
				"identifier":[{"system":"`+cataloguefhir.SystemTool+`","value":"a"}],
				"effectivePeriod":{"start":"`+c.start+`","end":"`+c.end+`"}}`)
			require.Len(t, got.Tools, 1)
			assert.Equal(t, c.want, got.Tools[0].Listing)
			var want []string
			for _, note := range c.notes {
				want = append(want, "ActivityDefinition.effectivePeriod"+note)
			}
			assert.Equal(t, append(want, "ActivityDefinition.extension assumed"), codes(got.Notes))
		})
	}
}

// An approval and a period that somebody has shortened: the shorter one limits the listing.
func TestAPeriodThatEndsBeforeTheApproval(t *testing.T) {
	tool := full()
	tool.Listing = nil
	text, err := writer(t).Tool(tool)
	require.NoError(t, err)
	var d object
	require.NoError(t, json.Unmarshal(text, &d))
	d["effectivePeriod"].(object)["end"] = "2026-06-30"
	text, err = json.Marshal(d)
	require.NoError(t, err)
	assert.Equal(t, &catalogue.Listing{To: "2026-06-30"}, read(t, string(text)).Tools[0].Listing)
}

// Our extension without a day says nothing, so the period does; what is wrong with it is told.
func TestAListingWithoutDays(t *testing.T) {
	got, err := cataloguefhir.Read(edited(t, func(tool, _ object) {
		tool["extension"] = []any{tool["extension"].([]any)[0], object{"url": cataloguefhir.ExtensionListing, "extension": []any{object{"url": "to",
			"valueDateTime": "2026-06-30"}}}}
		tool["effectivePeriod"] = object{"end": "2026-06-30"}
	}), cataloguefhir.Options{})
	require.NoError(t, err)
	assert.Equal(t, &catalogue.Listing{To: "2026-06-30"}, got.Tools[0].Listing)
	assert.Contains(t, codes(got.Notes), "Bundle.entry[0].resource.extension[1] not-kept")
}

// Other systems may be called as ours are; it must not make a unit of a tool, or another tool.
func TestIdentifiersInOurSystems(t *testing.T) {
	tool := full()
	tool.Identifiers = []catalogue.Identifier{{System: cataloguefhir.SystemUnit, Value: "3-full/z-first"},
		{System: cataloguefhir.SystemTool, Value: "other"}, {System: cataloguefhir.SystemTool, Value: "3-full"}}
	got := read(t, string(bundle(t, tool)))
	assert.Empty(t, codes(got.Notes))
	assert.Equal(t, []catalogue.Tool{tool}, got.Tools)
}

func TestAnIdentifierOfTwoToolsStaysWithTheFirst(t *testing.T) {
	one := catalogue.Tool{ID: "a", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "A"},
		Identifiers: []catalogue.Identifier{{System: "urn:x", Value: "1"}}}
	two := one
	two.ID, two.Identifiers = "b", []catalogue.Identifier{{System: "urn:x", Value: "2"}}
	var b object
	require.NoError(t, json.Unmarshal(bundle(t, one, two), &b))
	b["entry"].([]any)[1].(object)["resource"].(object)["identifier"].([]any)[1].(object)["value"] = "1"
	text, err := json.Marshal(b)
	require.NoError(t, err)
	got := read(t, string(text))
	require.Len(t, got.Tools, 2)
	assert.Equal(t, one.Identifiers, got.Tools[0].Identifiers)
	assert.Empty(t, got.Tools[1].Identifiers)
	assert.Contains(t, codes(got.Notes), "Bundle.entry[1].resource.identifier[1] not-kept")
}

func TestEvidence(t *testing.T) {
	text, err := writer(t).Tool(full())
	require.NoError(t, err)
	var d object
	require.NoError(t, json.Unmarshal(text, &d))
	assert.Equal(t, "2025-09-30", d["lastReviewDate"], "the newest review")
	var types []any
	for _, a := range d["relatedArtifact"].([]any) {
		types = append(types, a.(object)["type"])
	}
	assert.Equal(t, []any{"composed-of", "composed-of", "citation", "documentation"}, types)
}

func TestReadRefusesRecords(t *testing.T) {
	artifact := func(tool object) object { return tool["relatedArtifact"].([]any)[2].(object) }
	const place = "Bundle.entry[0].resource."
	cases := []struct {
		name string
		edit func(tool, unit object)
		want []string
	}{
		{"evidence that nobody reviewed", func(tool, _ object) {
			x := artifact(tool)["extension"].([]any)[0].(object)
			x["extension"] = x["extension"].([]any)[:1]
		}, []string{place + "relatedArtifact[2] missing-member"}},
		{"evidence at an address without encryption", func(tool, _ object) { artifact(tool)["url"] = "http://a.example" },
			[]string{place + "relatedArtifact[2] bad-format"}},
		{"a listing that is no day", func(tool, _ object) {
			tool["extension"] = []any{tool["extension"].([]any)[0], object{"url": cataloguefhir.ExtensionListing,
				"extension": []any{object{"url": "to", "valueDate": "2026-02-30"}}}}
		}, []string{place + "extension[1] bad-format"}},
		{"a period that ends before it begins", func(tool, _ object) {
			tool["extension"] = tool["extension"].([]any)[:1]
			tool["effectivePeriod"] = object{"start": "2026-02-01", "end": "2026-01-01"}
		}, []string{place + "effectivePeriod.end contradiction"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := cataloguefhir.Read(edited(t, c.edit), cataloguefhir.Options{})
			assert.Equal(t, c.want, problems(t, err))
		})
	}
}
