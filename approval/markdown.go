package approval

import (
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Markdown is the decision as text with headings and tables (GitHub Flavored
// Markdown). lang is nb, nn or en; for others it is nb. What vendors and panel
// members wrote is escaped, so that it cannot become markup or HTML. What no
// panel has decided is called a pre-check, as in [Decision.HTML].
func (d *Decision) Markdown(lang catalogue.Lang) string {
	return d.report(lang, d.Panel != nil).markdown()
}

func (r report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", plainText(r.Title))
	if r.Notice != "" {
		fmt.Fprintf(&b, "%s\n\n", plainText(r.Notice))
	}
	fmt.Fprintf(&b, "**%s**\n\n%s\n\n", plainText(r.Outcome), plainText(r.Summary))
	items(&b, r.Facts)
	r.Note.paragraph(&b)
	for _, s := range []section{r.Conditions, r.Possible, r.Missing} {
		s.write(&b)
	}
	fmt.Fprintf(&b, "\n## %s\n\n", plainText(r.Head.Section))
	r.reasonTable(&b)
	for _, s := range []section{r.Findings, r.Unused} {
		s.write(&b)
	}
	if len(r.Votes) > 0 {
		fmt.Fprintf(&b, "\n## %s\n\n", plainText(r.PanelTitle))
		r.voteTable(&b)
	}
	b.WriteString("\n---\n\n")
	items(&b, r.Footer)
	return b.String()
}

func items(b *strings.Builder, all []labelled) {
	for _, l := range all {
		fmt.Fprintf(b, "- %s: %s\n", plainText(l.Label), plainText(l.Value))
	}
}

func (s section) write(b *strings.Builder) {
	if len(s.Lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", plainText(s.Title))
	for _, line := range s.Lines {
		fmt.Fprintf(b, "- %s\n", plainText(line))
	}
}

// paragraph is the section without a list.
func (s section) paragraph(b *strings.Builder) {
	for _, line := range s.Lines {
		fmt.Fprintf(b, "\n## %s\n\n%s\n", plainText(s.Title), plainText(line))
	}
}

func (r report) reasonTable(b *strings.Builder) {
	row(b, r.Head.Requirement, r.Head.Result, r.Head.Severity, r.Head.Reason)
	b.WriteString("|---|---|---|---|\n")
	for _, reason := range r.Reasons {
		row(b, reason.ID+" "+reason.Title, reason.Result, reason.Severity, reason.Text)
	}
}

func (r report) voteTable(b *strings.Builder) {
	row(b, r.VoteHead.Member, r.VoteHead.Vote, r.VoteHead.Rationale)
	b.WriteString("|---|---|---|\n")
	for _, v := range r.Votes {
		row(b, v.Member, v.Vote, v.Rationale)
	}
}

func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + plainText(c) + " ")
	}
	b.WriteString("|\n")
}

// plainText makes text that means itself anywhere in a line: no markup, no HTML, no new line.
func plainText(s string) string {
	return markdownEscaper.Replace(strings.Join(strings.Fields(s), " "))
}

var markdownEscaper = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_",
	"[", "\\[", "]", "\\]", "|", "\\|", "#", "\\#", "~", "\\~", "!", "\\!", "://", ":&#47;&#47;",
	"@", "&#64;", "www.", "www&#46;", "WWW.", "WWW&#46;", "Www.", "Www&#46;")
