package cataloguefhir

import (
	"maps"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// extensions are the tool's, and a unit's exclusions, with texts for the language of d. Words to search by are the tool's alone.
func extensions(t catalogue.Tool, d definition, exclusions []catalogue.Text) []fhir.Extension {
	out := []fhir.Extension{access(t.Access)}
	if t.Status == catalogue.StatusPaused {
		out = append(out, fhir.Extension{URL: ExtensionStatus, ValueCode: "paused"})
	}
	if t.Vendor != nil {
		number := &fhir.Identifier{System: fhir.SystemOrgNumber, Value: string(t.Vendor.OrgNumber)}
		out = append(out, fhir.Extension{URL: ExtensionVendor, ValueIdentifier: number})
	}
	for _, lang := range t.Languages {
		out = append(out, fhir.Extension{URL: ExtensionLanguage, ValueCode: string(lang)})
	}
	out = append(out, starts(t.Start)...)
	if t.Approval != nil {
		out = append(out, fhir.Extension{URL: ExtensionApproval, Extension: []fhir.Extension{
			{URL: "decision", ValueString: t.Approval.Decision}, {URL: "validUntil", ValueDate: string(t.Approval.ValidUntil)}}})
	}
	if t.Listing != nil {
		out = append(out, fhir.Extension{URL: ExtensionListing, Extension: slices.Concat(day("from", t.Listing.From), day("to", t.Listing.To))})
	}
	if len(t.AcuteNotice) > 0 {
		x := fhir.Extension{URL: ExtensionAcuteNotice}
		x.ValueMarkdown, x.MoreMarkdown = texts(t.AcuteNotice, d)
		out = append(out, x)
	}
	for _, exclusion := range exclusions {
		x := fhir.Extension{URL: ExtensionExclusion}
		x.ValueString, x.MoreString = texts(exclusion, d)
		out = append(out, x)
	}
	if d.ID == string(t.ID) {
		out = append(out, keywords(t.Keywords)...)
	}
	return out
}

func access(a catalogue.Access) fhir.Extension {
	return fhir.Extension{URL: ExtensionAccess, Extension: []fhir.Extension{
		{URL: "withoutLogin", ValueBoolean: &a.WithoutLogin},
		{URL: "requiresPrescription", ValueBoolean: &a.RequiresPrescription},
		{URL: "national", ValueBoolean: &a.National},
		{URL: "onBehalf", ValueBoolean: &a.OnBehalf}}}
}

func starts(list []catalogue.Start) []fhir.Extension {
	out := make([]fhir.Extension, len(list))
	for i, s := range list {
		out[i] = fhir.Extension{URL: ExtensionEndpoint, Extension: []fhir.Extension{
			{URL: "platform", ValueCode: string(s.Platform)}, {URL: "url", ValueURL: s.URL}, {URL: "profile", ValueCode: s.Profile}}}
	}
	return out
}

func keywords(words map[catalogue.Lang][]string) []fhir.Extension {
	var out []fhir.Extension
	for _, lang := range slices.Sorted(maps.Keys(words)) {
		for _, word := range words[lang] {
			out = append(out, fhir.Localised(ExtensionKeyword, string(lang), word))
		}
	}
	return out
}

// day is nothing if there is no such day.
func day(url string, d catalogue.Date) []fhir.Extension {
	if d == "" {
		return nil
	}
	return []fhir.Extension{{URL: url, ValueDate: string(d)}}
}

// evidence has its titles for the language of d.
func evidence(list []catalogue.Evidence, d definition) []fhir.RelatedArtifact {
	out := make([]fhir.RelatedArtifact, len(list))
	for i, e := range list {
		out[i] = fhir.RelatedArtifact{Type: artifactType(e.Kind), URL: e.URL}
		out[i].Display, out[i].MoreDisplay = texts(e.Title, d)
		parts := slices.Concat([]fhir.Extension{{URL: "kind", ValueCode: string(e.Kind)}}, day("reviewed", e.Reviewed), day("nextReview", e.NextReview))
		out[i].Extension = []fhir.Extension{{URL: ExtensionEvidence, Extension: parts}}
	}
	return out
}

// artifactType is FHIR's sort of artifact: a citation need not have been made for the tool, documentation has
// (hl7.org/fhir/R4/codesystem-related-artifact-type.html).
func artifactType(kind catalogue.EvidenceKind) string {
	if kind == catalogue.EvidenceStudy || kind == catalogue.EvidenceGuideline {
		return "citation"
	}
	return "documentation"
}
