package approval

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

//go:embed report.html.tmpl
var reportTemplate string

// HTML is the decision as a page to read or print: complete in itself, without
// scripts and without anything fetched. lang is nb, nn or en; for others it is
// nb. What vendors and panel members wrote is escaped.
//
// What no panel has decided is called a pre-check and no decision, for whoever
// has the declaration can have the rules applied; [Case.HTML] is for the one
// that a case ended in. The set's note is always shown.
func (d *Decision) HTML(lang catalogue.Lang) ([]byte, error) {
	return d.report(lang, d.Panel != nil).html()
}

func (r report) html() ([]byte, error) {
	t, err := template.New("report").Parse(reportTemplate)
	if err != nil {
		return nil, fmt.Errorf("approval: report: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, r); err != nil {
		return nil, fmt.Errorf("approval: report: %w", err)
	}
	return out.Bytes(), nil
}

// report is a decision in one language, ready to be set.
type report struct {
	Lang, Title, Outcome, Approves, Summary string
	Notice                                  string // that it is no decision; empty if it is
	Facts                                   []labelled
	Note                                    section
	Head                                    reportHead
	Possible, Missing, Conditions           section
	Findings, Unused                        section
	Reasons                                 []reportReason
	PanelTitle                              string
	VoteHead                                voteHead
	Votes                                   []reportVote
	Footer                                  []labelled
}

// section is a heading with lines; without lines it is left out.
type section struct {
	Title string
	Lines []string
}

type labelled struct{ Label, Value string }

type reportHead struct{ Section, Requirement, Severity, Result, Reason string }

type reportReason struct{ ID, Title, Severity, Result, Class, Text string }

type voteHead struct{ Member, Vote, Rationale string }

type reportVote struct{ Member, Vote, Rationale string }

// report calls what is not final a pre-check.
func (d *Decision) report(lang catalogue.Lang, final bool) report {
	in := func(p phrase) string { return p.text().In(lang) }
	words := reportNames[final]
	r := report{
		Lang:       pageLang(lang),
		Title:      in(words.title),
		Notice:     in(words.notice),
		Outcome:    in(outcomes[d.Outcome]),
		Approves:   fmt.Sprint(d.Outcome.Approves()),
		Summary:    d.Summary.In(lang),
		Facts:      d.overview(lang, words),
		Head:       reportHead{in(labelReasons), in(labelRequirement), in(labelSeverity), in(labelResult), in(labelReason)},
		PanelTitle: in(labelPanel),
		VoteHead:   voteHead{in(labelMember), in(labelVote), in(labelRationale)},
		Footer:     d.proof(lang, words),
		Note:       d.note(lang),
	}
	for _, reason := range d.Reasons {
		r.Reasons = append(r.Reasons, reportReason{reason.Requirement, reason.Title.In(lang),
			in(severities[reason.Severity]), in(results[reason.Result]), string(reason.Result), reason.Text.In(lang)})
	}
	r.Votes = d.votes(lang)
	r.Possible, r.Missing, r.Conditions = d.possible(lang), d.missing(lang), d.conditions(lang)
	r.Findings, r.Unused = recordLines(labelFindings, d.Findings, lang), recordLines(labelFindingsUnused, d.FindingsNotUsed, lang)
	return r
}

// note is what the set says about itself.
func (d *Decision) note(lang catalogue.Lang) section {
	s := section{Title: labelNote.text().In(lang)}
	if text := d.SetNote.In(lang); text != "" {
		s.Lines = []string{text}
	}
	return s
}

// possible lists outcomes only while there is more than one.
func (d *Decision) possible(lang catalogue.Lang) section {
	s := section{Title: labelPossible.text().In(lang)}
	for _, o := range d.Possible {
		if len(d.Possible) > 1 {
			s.Lines = append(s.Lines, outcomes[o].text().In(lang))
		}
	}
	return s
}

func (d *Decision) missing(lang catalogue.Lang) section {
	s := section{Title: labelMissing.text().In(lang)}
	for _, n := range d.Missing {
		s.Lines = append(s.Lines, strings.TrimSpace(n.Requirement+" "+n.Text.In(lang)))
	}
	return s
}

func (d *Decision) conditions(lang catalogue.Lang) section {
	s := section{Title: labelConditions.text().In(lang)}
	for _, c := range d.Conditions {
		s.Lines = append(s.Lines, c.Requirement+" "+c.Text.In(lang))
	}
	return s
}

func recordLines(title phrase, records []FindingRecord, lang catalogue.Lang) section {
	s := section{Title: title.text().In(lang)}
	for _, f := range records {
		s.Lines = append(s.Lines, f.ID+": "+f.Text.In(lang))
	}
	return s
}

func pageLang(lang catalogue.Lang) string {
	if lang == "nn" || lang == "en" {
		return string(lang)
	}
	return "nb"
}

// overview leaves out what the decision does not have.
func (d *Decision) overview(lang catalogue.Lang, words reportWords) []labelled {
	all := []labelled{
		{labelTool.text().In(lang), withID(d.ToolName.In(lang), string(d.Tool))},
		{labelRelease.text().In(lang), d.ToolRelease},
		{labelVendor.text().In(lang), withID(d.VendorName, string(d.Vendor))},
		{words.decided.text().In(lang), longDate(d.Day, catalogue.Lang(pageLang(lang)))},
		{words.valid.text().In(lang), d.ValidBecause.In(lang)},
		{labelNextReview.text().In(lang), longDate(d.NextReview, catalogue.Lang(pageLang(lang)))},
	}
	return filled(all)
}

// proof says what the decision was made of, so that it can be traced years later.
func (d *Decision) proof(lang catalogue.Lang, words reportWords) []labelled {
	all := []labelled{
		{words.id.text().In(lang), d.ID},
		{labelSet.text().In(lang), d.Set.ID + " " + d.Set.Version + ", SHA-256 " + string(d.Set.SHA256)},
		{labelDeclaration.text().In(lang), d.Declaration.ID + ", SHA-256 " + string(d.Declaration.SHA256)},
	}
	for _, w := range d.Waivers {
		all = append(all, labelled{labelWaivers.text().In(lang), w.ID + ", SHA-256 " + string(w.SHA256)})
	}
	for _, f := range slices.Concat(d.Findings, d.FindingsNotUsed) {
		all = append(all, labelled{labelFinding.text().In(lang), f.ID + ", SHA-256 " + string(f.SHA256)})
	}
	if d.Panel != nil {
		all = append(all, labelled{labelReviewed.text().In(lang), d.Panel.Reviewed})
	}
	return all
}

func filled(all []labelled) []labelled {
	var out []labelled
	for _, l := range all {
		if l.Value != "" {
			out = append(out, l)
		}
	}
	return out
}

func withID(name, id string) string {
	switch {
	case name == "":
		return id
	case id == "":
		return name
	}
	return name + " (" + id + ")"
}

func (d *Decision) votes(lang catalogue.Lang) []reportVote {
	if d.Panel == nil {
		return nil
	}
	var out []reportVote
	for _, v := range d.Panel.Votes {
		out = append(out, reportVote{d.Panel.member(v.Member), outcomes[v.Outcome].text().In(lang), v.Rationale})
	}
	return out
}

// member is the name and role of a member; the bare id of somebody unknown.
func (p *PanelRecord) member(id string) string {
	for _, m := range p.Members {
		if m.ID == id && m.Role != "" {
			return m.Name + ", " + m.Role
		} else if m.ID == id {
			return m.Name
		}
	}
	return id
}
