package cataloguefhir

import (
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// definitions are those of the tool and of its units, in this order.
func (w *Writer) definitions(t catalogue.Tool) []definition {
	t = plain(t)
	tool := w.shared(t)
	tool.ID = string(t.ID)
	tool.URL = w.url(tool.ID)
	tool.Identifier = identifiers(t)
	tool.Name = machineName(string(t.ID))
	tool.Language = string(language(t.Name))
	tool.Title, tool.MoreTitle = texts(t.Name, tool)
	tool.Subtitle, tool.MoreSubtitle = texts(t.Summary, tool)
	tool.Description, tool.MoreDescription = texts(t.Description, tool)
	tool.Extension = extensions(t, tool, nil)
	tool.LastReviewDate = string(t.Reviewed())
	out := []definition{tool}
	for _, u := range t.Units {
		d := w.unit(t, u)
		out[0].RelatedArtifact = append(out[0].RelatedArtifact, fhir.RelatedArtifact{Type: "composed-of", Resource: d.URL})
		out = append(out, d)
	}
	out[0].RelatedArtifact = append(out[0].RelatedArtifact, evidence(t.Evidence, tool)...)
	return out
}

// identifiers begin with our own: by the first of [SystemTool] and [SystemUnit] a reader sees what the resource is.
func identifiers(t catalogue.Tool) []fhir.Identifier {
	out := []fhir.Identifier{{System: SystemTool, Value: string(t.ID)}}
	for _, id := range t.Identifiers {
		out = append(out, fhir.Identifier{System: id.System, Value: id.Value})
	}
	return out
}

func (w *Writer) unit(t catalogue.Tool, u catalogue.Unit) definition {
	d := w.shared(t)
	d.ID = unitResource(t.ID, u.ID)
	d.URL = w.url(d.ID)
	d.Identifier = []fhir.Identifier{{System: SystemUnit, Value: string(t.ID) + "/" + string(u.ID)}}
	d.Name = machineName(string(t.ID) + "_" + string(u.ID))
	d.Language = string(language(u.Title))
	d.Title, d.MoreTitle = texts(u.Title, d)
	d.Description, d.MoreDescription = texts(u.PatientText, d)
	d.Extension = extensions(t, d, u.Exclusions)
	for _, indication := range u.Indications {
		concept := &fhir.CodeableConcept{}
		concept.Text, concept.MoreText = texts(indication, d)
		d.UseContext = append(d.UseContext, fhir.UsageContext{Code: contextType("focus"), ValueCodeableConcept: concept})
	}
	if u.Days > 0 {
		d.TimingDuration = fhir.UCUM(u.Days, "d")
	}
	d.RelatedArtifact = []fhir.RelatedArtifact{{Type: "derived-from", Resource: w.url(string(t.ID))}}
	return d
}

// shared is what a tool and its units have in common, but for the extensions: their texts depend on the resource's language.
func (w *Writer) shared(t catalogue.Tool) definition {
	d := definition{ResourceType: "ActivityDefinition", Version: digest(t), Status: statuses[t.Status], Kind: "Task",
		Jurisdiction: []fhir.CodeableConcept{fhir.Concept(fhir.SystemCountry, "NO")}, UseContext: contexts(t)}
	if t.Vendor != nil {
		d.Publisher = t.Vendor.Name
	}
	if t.Kind != "" {
		code := fhir.Concept(SystemKind, string(t.Kind))
		d.Code = &code
	}
	for _, area := range t.Areas {
		d.Topic = append(d.Topic, fhir.Concept(SystemArea, string(area)))
	}
	if !t.Access.RequiresPrescription {
		d.Topic = append(d.Topic, fhir.Concept(SystemTopic, "self-treatment"))
	}
	d.EffectivePeriod = effective(t)
	return d
}

// effective is from the first day of the listing to its last or to that of the approval, whichever comes first; nil if there is no limit.
// A listing that begins when the approval is over leaves no day, which FHIR cannot say (per-1): what it says then is the last day alone.
func effective(t catalogue.Tool) *fhir.Period {
	var from, to catalogue.Date
	if t.Listing != nil {
		from, to = t.Listing.From, t.Listing.To
	}
	if a := t.Approval; a != nil && (to == "" || a.ValidUntil < to) {
		to = a.ValidUntil
	}
	if from == "" && to == "" {
		return nil
	}
	if to != "" {
		from = min(from, to)
	}
	return &fhir.Period{Start: string(from), End: string(to)}
}

// statuses are those of FHIR (hl7.org/fhir/R4/codesystem-publication-status.html).
var statuses = map[catalogue.Status]string{catalogue.StatusDraft: "draft", catalogue.StatusListed: "active",
	catalogue.StatusPaused: "retired", catalogue.StatusWithdrawn: "retired"}

func contextType(code string) fhir.Coding {
	return fhir.Coding{System: fhir.SystemUsageContext, Code: code}
}

func contexts(t catalogue.Tool) []fhir.UsageContext {
	var out []fhir.UsageContext
	if t.Ages != nil {
		limits := &fhir.Range{}
		if t.Ages.Min != nil {
			limits.Low = fhir.UCUM(*t.Ages.Min, "a")
		}
		if t.Ages.Max != nil {
			limits.High = fhir.UCUM(*t.Ages.Max, "a")
		}
		out = append(out, fhir.UsageContext{Code: contextType("age"), ValueRange: limits})
	}
	for _, audience := range t.Audiences {
		concept := fhir.Concept(SystemAudience, string(audience))
		out = append(out, fhir.UsageContext{Code: contextType("user"), ValueCodeableConcept: &concept})
	}
	return out
}
