package approvalfhir

import (
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// What a form does not ask for and a response carries all the same, as extensions of its items.

func answeredExtension(a *approval.Answered) fhir.Extension {
	return fhir.Extension{URL: ExtensionAnswered, Extension: []fhir.Extension{{URL: "by", ValueString: a.By},
		{URL: "at", ValueDateTime: a.At.UTC().Format(time.RFC3339)}, {URL: "wording", ValueString: string(a.Wording)}}}
}

func inheritedExtension(o *approval.Origin) fhir.Extension {
	return fhir.Extension{URL: ExtensionInherited, Extension: []fhir.Extension{{URL: "declaration", ValueString: o.Declaration},
		{URL: "sha256", ValueString: string(o.SHA256)}, {URL: "until", ValueDate: string(o.Until)}}}
}

func fileExtension(f file) fhir.Extension {
	out := fhir.Extension{URL: ExtensionFile}
	if f.mediaType != "" {
		out.Extension = append(out.Extension, fhir.Extension{URL: "mediaType", ValueString: f.mediaType})
	}
	if f.size != 0 {
		out.Extension = append(out.Extension, fhir.Extension{URL: "size", ValueDecimal: &f.size})
	}
	return out
}

// extensions reads those of the items that may have them.
func (r *reading) extensions(n fhir.Node, i item, v *filled) {
	switch {
	case strings.HasPrefix(i.id, requirementItem("")):
		if x := n.Extension(ExtensionAnswered); x.Exists() {
			v.by[i.id] = r.answeredBy(x)
		}
		if x := n.Extension(ExtensionInherited); x.Exists() {
			v.from[i.id] = r.origin(x)
		}
	case i.id == "document":
		if x := n.Extension(ExtensionFile); x.Exists() {
			x.Take("url")
			v.fileOf = &file{mediaType: clean(part(x, "mediaType"))}
			v.fileOf.size, _ = part(x, "size").TakeInt("valueDecimal")
		}
	}
}

// clean takes a text that must not be a national identity number.
func clean(n fhir.Node) string {
	text := n.Take("valueString")
	if nationalid.Contains(text) {
		n.Report("valueString", problem.PersonalData, "")
	}
	return text
}

// part is one of the extensions within another.
func part(x fhir.Node, url string) fhir.Node {
	p := x.Extension(url)
	p.Take("url")
	return p
}

func (r *reading) answeredBy(x fhir.Node) *approval.Answered {
	x.Take("url")
	by, at, wording := part(x, "by"), part(x, "at"), part(x, "wording")
	out := &approval.Answered{By: clean(by), Wording: r.digest(x, wording)}
	moment, err := time.Parse(time.RFC3339, at.Take("valueDateTime"))
	if err != nil {
		x.Report("", problem.BadFormat, "by, at (2006-01-02T15:04:05Z) and wording")
	}
	out.At = moment.UTC()
	return out
}

func (r *reading) origin(x fhir.Node) *approval.Origin {
	x.Take("url")
	out := &approval.Origin{Declaration: clean(part(x, "declaration")), SHA256: r.digest(x, part(x, "sha256")),
		Until: catalogue.Date(part(x, "until").Take("valueDate"))}
	if !day(string(out.Until)) {
		x.Report("", problem.BadFormat, "declaration, sha256 and until (YYYY-MM-DD)")
	}
	return out
}

// digest reads one, and reports it at the extension around it.
func (r *reading) digest(around, n fhir.Node) (d approval.Digest) {
	if err := d.UnmarshalText([]byte(n.Take("valueString"))); err != nil {
		around.Report("", problem.BadFormat, err.Error())
	}
	return d
}

// carriedTexts are the texts within extensions that are not digests.
func carriedTexts(all []fhir.Extension) []string {
	var out []string
	for _, x := range all {
		for _, p := range x.Extension {
			if p.URL != "wording" && p.URL != "sha256" {
				out = append(out, p.ValueString)
			}
		}
	}
	return out
}
