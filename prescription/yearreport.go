package prescription

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// YearReport is what goes into the report that an organisation writes about a
// year's use of tools. Its form is this project's own: no authority has
// published one.
type YearReport struct {
	// Organisation is the name that stands at the top.
	Organisation string
	// All has one group for everything, and ByTool one for each tool.
	All, ByTool Statistics
	// Scores may be empty.
	Scores []ScoreChange
	// Name gives the name of a tool. Nil shows the ids.
	Name func(catalogue.ToolID) string
	// Lang is nb, nn or en; others read nb.
	Lang catalogue.Lang
}

// mostRows keeps the report within two printed pages.
const mostRows = 20

// Markdown writes the report, about two pages: how many were sent, opened,
// started and completed, how long it took, and how scores changed. It holds
// what the statistics hold, and so nothing about persons.
func (r YearReport) Markdown() string {
	var b strings.Builder
	say := func(format phrase, values ...any) { b.WriteString(r.in(format, values...)) }
	all := Group{}
	if len(r.All.Groups) > 0 {
		all = r.All.Groups[0]
	}
	say(reportTitle, r.Organisation)
	say(reportPeriod, day(r.All.From), day(r.All.To.Add(-time.Nanosecond)), day(r.All.At))
	say(reportFunnel, all.Sent, all.Delivered, Percent(all.Delivered, all.Sent), all.Opened, Percent(all.Opened, all.Sent),
		all.Started, Percent(all.Started, all.Sent), all.Completed, Percent(all.Completed, all.Sent))
	say(reportStand, all.Open, all.Declined, all.Cancelled, all.Failed, all.Expired)
	r.times(&b, all)
	r.tools(&b)
	r.scores(&b)
	say(reportHidden, r.All.Least)
	return b.String()
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func (r YearReport) in(p phrase, values ...any) string {
	text, known := p[r.Lang]
	if !known {
		text = p["nb"]
	}
	return fmt.Sprintf(text, values...)
}

func (r YearReport) times(b *strings.Builder, all Group) {
	b.WriteString(r.in(reportTimes))
	for _, row := range []struct {
		name phrase
		s    Spread
	}{{reportToOpen, all.ToOpen}, {reportToStart, all.ToStart}, {reportToComplete, all.ToComplete}} {
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", r.in(row.name), row.s.N, r.days(row.s, row.s.Median), r.days(row.s, row.s.Ninth))
	}
}

// days writes hours as days with one decimal, as the language does.
func (r YearReport) days(s Spread, hours float64) string {
	if s.N.Hidden || s.N.N == 0 {
		return "–"
	}
	text := fmt.Sprintf("%.1f", hours/24)
	if r.Lang != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

func (r YearReport) tools(b *strings.Builder) {
	groups := slices.Clone(r.ByTool.Groups)
	slices.SortStableFunc(groups, func(x, y Group) int { return cmp.Or(-cmp.Compare(x.Sent.N, y.Sent.N), 0) })
	b.WriteString(r.in(reportTools))
	for _, g := range groups[:min(len(groups), mostRows)] {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.name(g), g.Sent, g.Opened, g.Started, g.Completed)
	}
	if left := len(groups) - mostRows; left > 0 {
		b.WriteString(r.in(reportMore, left))
	}
}

func (r YearReport) name(g Group) string {
	switch {
	case g.Others:
		return r.in(reportOthers)
	case r.Name == nil:
		return string(g.Tool)
	}
	return strings.NewReplacer("|", "\\|", "\n", " ").Replace(cmp.Or(r.Name(g.Tool), string(g.Tool)))
}

func (r YearReport) scores(b *strings.Builder) {
	if len(r.Scores) == 0 {
		return
	}
	b.WriteString(r.in(reportScores))
	for _, c := range r.Scores[:min(len(r.Scores), mostRows)] {
		if c.Pairs.Hidden {
			fmt.Fprintf(b, "| %s | %s | %s | – | – | – |\n", c.Instrument, c.Tool, c.Pairs)
			continue
		}
		fmt.Fprintf(b, "| %s | %s | %s | %.1f | %.1f | %+.1f |\n", c.Instrument, c.Tool, c.Pairs, c.MeanBefore, c.MeanAfter, c.MeanChange)
	}
	b.WriteString(r.in(reportScoresNote))
}
