package approvaloscal

import (
	"cmp"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nameuuid"
)

type catalog struct {
	UUID       string      `json:"uuid"`
	Metadata   metadata    `json:"metadata"`
	Groups     []group     `json:"groups"`
	BackMatter *backMatter `json:"back-matter,omitempty"`
}

type group struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	Controls []catalogControl `json:"controls"`
}

type catalogControl struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Props []prop `json:"props"`
	Links []link `json:"links,omitempty"`
	Parts []part `json:"parts"`
}

type part struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Prose string `json:"prose"`
}

// Catalog writes a set as an OSCAL catalog in lang; empty is English. Conditions, rules, and which evidence counts have no place in a catalog and are
// not written. The error is [approval.ErrSet] if the set does not come from [approval.ParseRequirementSet].
func Catalog(set *approval.RequirementSet, lang catalogue.Lang) ([]byte, error) {
	if set == nil || set.Digest() == "" {
		return nil, approval.ErrSet
	}
	w := &catalogWriter{set, cmp.Or(lang, catalogue.English)}
	out := catalog{UUID: w.uuid("catalog"), Groups: w.groups(), Metadata: metadata{Title: line(w.in(set.Title)), Version: set.Version,
		LastModified: midnight(set.ValidFrom, 0), OSCALVersion: oscalVersion, Remarks: w.in(set.Note)}}
	for _, s := range set.Sources {
		one := resource{UUID: w.uuid("source", s.ID), Title: line(s.Title), Description: s.Licence}
		if s.URL != "" {
			one.Rlinks = []rlink{{Href: s.URL}}
		}
		if out.BackMatter == nil {
			out.BackMatter = &backMatter{}
		}
		out.BackMatter.Resources = append(out.BackMatter.Resources, one)
	}
	return encode("catalog", out)
}

type catalogWriter struct {
	set  *approval.RequirementSet
	lang catalogue.Lang
}

func (w *catalogWriter) in(t catalogue.Text) string { return t.In(w.lang) }

func (w *catalogWriter) uuid(parts ...string) string {
	return nameuuid.New(append([]string{"oscal", string(w.set.Digest()), string(w.lang)}, parts...)...)
}

// groups are those of the set; one that it does not name has its id for a title.
func (w *catalogWriter) groups() []group {
	var out []group
	for _, g := range w.set.Groups {
		out = append(out, group{ID: groupID(g.ID), Title: line(w.in(g.Title))})
	}
	for _, r := range w.set.Requirements {
		at := slices.IndexFunc(out, func(g group) bool { return g.ID == groupID(r.Group) })
		if at < 0 {
			at, out = len(out), append(out, group{ID: groupID(r.Group), Title: r.Group})
		}
		out[at].Controls = append(out[at].Controls, w.control(r))
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(g.Controls) == 0 })
}

// groupID cannot be that of a control.
func groupID(id string) string { return "group_" + id }

func (w *catalogWriter) control(r approval.Requirement) catalogControl {
	out := catalogControl{ID: token(r.ID), Title: line(w.in(r.Title)), Props: []prop{{Name: "label", Value: r.ID}, own("severity", string(r.Severity))},
		Parts: []part{{ID: statement(r.ID), Name: "statement", Prose: w.in(r.Text)}}}
	if help := w.in(r.Help); help != "" {
		out.Parts = append(out.Parts, part{ID: token(r.ID) + "_gdn", Name: "guidance", Prose: help})
	}
	if r.Withdrawn {
		out.Props = append(out.Props, prop{Name: "status", Value: "withdrawn"})
	}
	for _, id := range r.ReplacedBy {
		out.Links = append(out.Links, link{Href: "#" + token(id), Rel: "moved-to"})
	}
	for _, ref := range r.Refs {
		to := link{Href: "#" + w.uuid("source", ref.Source), Rel: "reference"}
		if ref.Locator != "" {
			to.Text = line(ref.Locator)
		}
		out.Links = append(out.Links, to)
	}
	return out
}
