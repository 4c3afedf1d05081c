package cataloguefhir_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/vendor"
)

const base = "https://tools.example/fhir"

func writer(t testing.TB) *cataloguefhir.Writer {
	t.Helper()
	w, err := cataloguefhir.NewWriter(cataloguefhir.Config{Base: base})
	require.NoError(t, err)
	return w
}

func samples(t testing.TB) []catalogue.Tool {
	t.Helper()
	d, err := sample.Document()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(d.Tools), 60)
	return d.Tools
}

func bundle(t testing.TB, tools ...catalogue.Tool) []byte {
	t.Helper()
	out, err := writer(t).Bundle(tools)
	require.NoError(t, err)
	return out
}

// full has something in every member; a test sees to that.
func full() catalogue.Tool {
	low, high := 16, 70
	text := func(s string) catalogue.Text {
		return catalogue.Text{"nb": s, "nn": s, "en": s + " (en)", "se": "<" + s + "> & \n"}
	}
	return catalogue.Tool{ID: "3-full", Status: catalogue.StatusListed,
		Identifiers: []catalogue.Identifier{{System: "https://shop.example/apps", Value: "no.nattro.full"}, {System: "urn:oid:1.2.3", Value: "17 B"}},
		Listing:     &catalogue.Listing{From: "2026-02-01", To: "2028-01-31"},
		Vendor:      &vendor.Vendor{OrgNumber: "315260183", Name: "Nattro Helse AS"}, Kind: catalogue.KindCourse,
		Areas: []catalogue.Area{"sleep", "anxiety"}, Audiences: []catalogue.Audience{"adults", "parents"},
		Languages: []catalogue.Lang{"nb", "se"}, Ages: &catalogue.Ages{Min: &low, Max: &high},
		Name: text("Navn"), Summary: catalogue.Text{"en": "Only English"}, Description: text("# Om\n\nTekst"),
		Keywords: map[catalogue.Lang][]string{"nb": {"søvn", "natt", "søvn"}, "en": {"sleep"}},
		Access:   catalogue.Access{WithoutLogin: true, RequiresPrescription: true, National: true, OnBehalf: true},
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://a.example/start?x=1&y=2", Profile: catalogue.ProfileHelsenorge},
			{Platform: catalogue.PlatformIOS, URL: "https://a.example/ios", Profile: catalogue.ProfileLink}},
		Units: []catalogue.Unit{{ID: "z-first", Title: text("Åtte uker"), Indications: []catalogue.Text{text("Insomni"), {"nn": "Berre nynorsk"}},
			Exclusions: []catalogue.Text{text("Psykose"), {"en": "Epilepsy"}}, Days: 56, PatientText: text("Hei")},
			{ID: "a-second", Title: catalogue.Text{"en": "Two weeks"}, Indications: []catalogue.Text{text("Stress")},
				Exclusions: []catalogue.Text{text("Ingen")}, Days: 14, PatientText: catalogue.Text{"nb": "Kort"}}},
		Approval: &catalogue.Approval{Decision: "V-2026-17", ValidUntil: "2027-11-01"},
		Evidence: []catalogue.Evidence{{Kind: catalogue.EvidenceStudy, Title: text("Studie"), URL: "https://a.example/study?x=1&y=2",
			Reviewed: "2025-05-01", NextReview: "2027-05-01"},
			{Kind: "user-test", Title: catalogue.Text{"en": "Only English"}, URL: "https://a.example/test", Reviewed: "2025-09-30",
				NextReview: "2026-09-30"}},
		AcuteNotice: text("Ring 113")}
}

// object is JSON to edit.
type object = map[string]any

// edited gives the Bundle of the full tool after a change to its entries' resources: the tool, then its two units.
func edited(t testing.TB, edit func(tool, unit object)) []byte {
	t.Helper()
	var b object
	require.NoError(t, json.Unmarshal(bundle(t, full()), &b))
	entry := func(i int) object { return b["entry"].([]any)[i].(object)["resource"].(object) }
	edit(entry(0), entry(1))
	out, err := json.Marshal(b)
	require.NoError(t, err)
	return out
}

func codes(problems []cataloguefhir.Problem) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, p.Place+" "+p.Code)
	}
	return out
}

func problems(t testing.TB, err error) []string {
	t.Helper()
	require.ErrorIs(t, err, cataloguefhir.ErrInvalid)
	var bad *cataloguefhir.Error
	require.ErrorAs(t, err, &bad)
	return codes(bad.Problems)
}
