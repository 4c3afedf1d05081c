package main

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// reportPage is a decision and how it came about.
type reportPage struct {
	frame
	ID, Name string
	Final    bool
	Decision *approval.Decision
	Dissent  []approval.Vote
	Tree     []approval.Node
}

// newest is the decision to show: the one recorded last, what the panel has before it, or what there would be today;
// for the vendor on the draft, where there is one, for others on what was submitted.
func (d *desk) newest(f *file, forVendor bool) (decision *approval.Decision, on *approval.SelfDeclaration, err error) {
	on = f.declared
	switch {
	case d.state(f) == approval.CaseUnderReview && f.basis != nil:
		return f.basis, on, nil
	case f.decision != nil && on != nil && f.decision.Declaration.SHA256 == on.Digest():
		return f.decision, on, nil
	case on == nil || forVendor && d.editable(f):
		on = d.usable(f)
	}
	decision, err = approval.Evaluate(on, f.set, d.now(), f.waivers...)
	return decision, on, err
}

// weighed finds a file and the decision to show of it, or says why not. What was never submitted is the vendor's alone.
func (s deskSite) weighed(w http.ResponseWriter, r *http.Request) (f *file, decision *approval.Decision, on *approval.SelfDeclaration, found bool) {
	who, _ := s.official(r)
	find, forVendor := s.submitted, who.side() == vendorSide
	if forVendor {
		find = s.opened
	}
	if f, found = find(w, r); !found {
		return f, nil, nil, false
	}
	decision, on, err := s.newest(f, forVendor)
	if err != nil {
		s.failed(w, r, err)
	}
	return f, decision, on, err == nil
}

func (s deskSite) report(w http.ResponseWriter, r *http.Request) {
	f, decision, on, found := s.weighed(w, r)
	if !found {
		return
	}
	tree, err := approval.Explain(on, f.set, decision.Decided, language(r), f.waivers...)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	page := reportPage{frame: s.frame(r, "", s.say(r, "report")), ID: f.id, Name: f.name(language(r)), Final: decision == f.decision, Decision: decision, Tree: tree.Children}
	if decision.Panel != nil {
		page.Dissent = dissent(decision)
	}
	s.pages.show(w, r, http.StatusOK, "report.html", page)
}

// dissent are the votes that were for something else.
func dissent(d *approval.Decision) []approval.Vote {
	var out []approval.Vote
	for _, v := range d.Panel.Votes {
		if v.Outcome != d.Outcome {
			out = append(out, v)
		}
	}
	return out
}

// download gives the decision as a file.
func (s deskSite) download(w http.ResponseWriter, r *http.Request) {
	f, decision, on, found := s.weighed(w, r)
	if !found {
		return
	}
	body, kind, err := s.fileOf(r, f, decision, on)
	switch {
	case err != nil:
		s.failed(w, r, err)
	case body == nil:
		s.problem(w, r, http.StatusNotFound, "not-found")
	default:
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+decision.ID+"."+r.PathValue("as")+`"`)
		w.Write(body)
	}
}

func (s deskSite) fileOf(r *http.Request, f *file, decision *approval.Decision, on *approval.SelfDeclaration) (body []byte, kind string, err error) {
	lang := language(r)
	switch r.PathValue("as") {
	case "json":
		body, err = json.MarshalIndent(decision, "", "  ")
		return body, "application/json", err
	case "html":
		if decision == f.decision {
			body, err = f.life.HTML(decision, lang)
		} else {
			body, err = decision.HTML(lang)
		}
		return body, "text/html; charset=utf-8", err
	case "md":
		body, err = s.markdown(f, decision, on, lang)
		return body, "text/markdown; charset=utf-8", err
	}
	return nil, "", nil
}

// markdown is the decision, and below it how the rules came to what they say.
func (s deskSite) markdown(f *file, decision *approval.Decision, on *approval.SelfDeclaration, lang catalogue.Lang) ([]byte, error) {
	tree, err := approval.Explain(on, f.set, decision.Decided, lang, f.waivers...)
	if err != nil {
		return nil, err
	}
	text := decision.Markdown(lang)
	if decision == f.decision {
		if text, err = f.life.Markdown(decision, lang); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	b.WriteString(text)
	b.WriteString("\n## " + deskTexts["how-rules"].In(lang) + "\n\n")
	b.WriteString(tree.Markdown(lang))
	return b.Bytes(), nil
}
