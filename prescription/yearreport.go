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
	// All has one group for everything, and ByTool one for each tool. Days are
	// those of their times' location.
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
// what the statistics hold, and so nothing about persons. Small numbers that are
// not shown may be found by subtracting one number from another, and the report
// says so.
func (r YearReport) Markdown() string {
	var b strings.Builder
	b.WriteString(r.in(reportTitle, strings.Join(strings.Fields(r.Organisation), " ")))
	b.WriteString(r.in(reportPeriod, r.day(r.All.From), r.day(r.All.To.Add(-time.Nanosecond)), r.day(r.All.At)))
	if len(r.All.Groups) == 0 {
		b.WriteString(r.in(reportNothing))
	} else {
		r.funnel(&b, r.All.Groups[0])
		r.times(&b, r.All.Groups[0])
		r.tools(&b)
	}
	r.scores(&b)
	b.WriteString(r.hidden())
	return b.String()
}

func (r YearReport) in(p phrase, values ...any) string {
	text, known := p[r.Lang]
	if !known {
		text = p["nb"]
	}
	return fmt.Sprintf(text, values...)
}

// funnel is two tables: each step, and what became of those who took not all.
func (r YearReport) funnel(b *strings.Builder, all Group) {
	b.WriteString(r.in(reportFunnel, all.Sent, all.Delivered, r.share(all.Delivered, all.Sent), all.Opened, r.share(all.Opened, all.Sent),
		all.Started, r.share(all.Started, all.Sent), all.Completed, r.share(all.Completed, all.Sent)))
	b.WriteString(r.in(reportStand, all.Open, all.Declined, all.Cancelled, all.Failed, all.Expired))
}

func (r YearReport) times(b *strings.Builder, all Group) {
	b.WriteString(r.in(reportTimes))
	for _, row := range []struct {
		name phrase
		s    Spread
	}{{reportToOpen, all.ToOpen}, {reportToStart, all.ToStart}, {reportToComplete, all.ToComplete}} {
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", r.in(row.name), row.s.N, r.days(row.s, row.s.Median), r.days(row.s, row.s.Ninth))
	}
	b.WriteString(r.in(reportTimesNote))
}

// tools shows the ones that were sent most often, and last those that are
// counted together.
func (r YearReport) tools(b *strings.Builder) {
	named, others := []Group{}, []Group{}
	for _, g := range r.ByTool.Groups {
		if g.Others {
			others = append(others, g)
		} else {
			named = append(named, g)
		}
	}
	slices.SortStableFunc(named, func(x, y Group) int { return cmp.Compare(y.Sent.N, x.Sent.N) })
	b.WriteString(r.in(reportTools))
	for _, g := range slices.Concat(named[:min(len(named), mostRows)], others) {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.name(g), g.Sent, g.Opened, g.Started, g.Completed)
	}
	if left := len(named) - mostRows; left > 0 {
		b.WriteString(r.in(reportMore, left))
	}
}

func (r YearReport) name(g Group) string {
	if g.Others {
		return r.in(reportOthers)
	}
	return r.tool(g.Tool)
}

func (r YearReport) tool(id catalogue.ToolID) string {
	name := ""
	if r.Name != nil {
		name = r.Name(id)
	}
	return cell(cmp.Or(name, string(id)))
}

// cell keeps a text within its cell of a table.
func cell(text string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(text) }

func (r YearReport) scores(b *strings.Builder) {
	if len(r.Scores) == 0 {
		return
	}
	b.WriteString(r.in(reportScores))
	for _, c := range r.Scores[:min(len(r.Scores), mostRows)] {
		before, after, change := "–", "–", "–"
		if !c.Pairs.Hidden {
			before, after, change = r.decimal("%.1f", c.MeanBefore), r.decimal("%.1f", c.MeanAfter), r.decimal("%+.1f", c.MeanChange)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", cell(c.Instrument), r.tool(catalogue.ToolID(c.Tool)), c.Pairs, before, after, change)
	}
	b.WriteString(r.in(reportScoresNote))
}

// hidden says what is not shown, if anything is.
func (r YearReport) hidden() string {
	if len(r.All.Groups)+len(r.Scores) == 0 {
		return ""
	}
	if least := min(r.All.Least, cmp.Or(r.ByTool.Least, r.All.Least)); least > 1 {
		return r.in(reportHidden, least)
	}
	return r.in(reportAllShown)
}
