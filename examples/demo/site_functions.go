package main

import (
	"fmt"
	"html"
	"html/template"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// functions are what the templates of one language may use.
func functions(lang catalogue.Lang) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, values ...any) (string, error) { return say(lang, key, values...) },
		"many":    func(key string, n int) (string, error) { return many(lang, key, n) },
		"label":   func(set string, code any) string { return label(lang, set, fmt.Sprint(code)) },
		"in":      func(text catalogue.Text) string { return text.In(lang) },
		"text":    func(text catalogue.Text) template.HTML { return marked(lang, text) },
		"lang":    func() string { return string(lang) },
		"when":    func(at time.Time) string { return moment(lang, at) },
		"day":     func(at time.Time) string { return day(lang, at) },
		"lastDay": func(end time.Time) string { return day(lang, lastMoment(end)) },
		"date":    func(d catalogue.Date) string { return date(lang, d) },
		"percent": prescription.Percent,
		"ages":    func(a *catalogue.Ages) (string, error) { return ages(lang, a) },
		"lasting": func(days int) (string, error) { return lasting(lang, days) },
		"page":    func(site, title string) page { return page{site, title} },
		"choice":  func(facet string, v catalogue.FacetCount) choice { return choice{facet, v} },
		"cell":    func(name string, c prescription.Count) cell { return cell{name, c} },
		"deed":    func(p onePage, do string) deed { return deed{string(p.ID), p.Version, do} },
	}
}

// page is what the head of a page needs: which site, a key of the texts, and the page's own name.
type page struct{ Site, Title string }

// choice is one value of a facet.
type choice struct {
	Name string
	catalogue.FacetCount
}

// cell is a number of the statistics, with the name of its column.
type cell struct {
	Name  string
	Count prescription.Count
}

// deed is what the forms on a prescription's page have in common.
type deed struct {
	ID      string
	Version int64
	Do      string
}

// many is "1 day" or "2 days": the keys end in -one and -many.
func many(lang catalogue.Lang, key string, n int) (string, error) {
	if n == 1 {
		return say(lang, key+"-one")
	}
	return say(lang, key+"-many", n)
}

// lasting is a number of days, in weeks where that comes out even.
func lasting(lang catalogue.Lang, days int) (string, error) {
	if days > 0 && days%7 == 0 {
		return many(lang, "week", days/7)
	}
	return many(lang, "day", days)
}

// ages says for whom a tool is; empty for everybody.
func ages(lang catalogue.Lang, a *catalogue.Ages) (string, error) {
	switch {
	case a == nil || a.Min == nil && a.Max == nil:
		return "", nil
	case a.Max == nil:
		return say(lang, "ages-from", *a.Min)
	case a.Min == nil:
		return say(lang, "ages-to", *a.Max)
	}
	return say(lang, "ages-between", *a.Min, *a.Max)
}

// label names a code, such as a catalogue's area. Where a catalogue has one that the demo does not know, it is shown as it is.
func label(lang catalogue.Lang, set, code string) string {
	if text, err := say(lang, set+"-"+code); err == nil {
		return text
	}
	return code
}

// marked is a text of the catalogue. What is not in the page's language says so,
// so that it is read aloud in its own (WCAG 2.1, 3.1.2).
func marked(lang catalogue.Lang, text catalogue.Text) template.HTML {
	found, in := text.Find(lang)
	escaped := html.EscapeString(found)
	if in == lang || in == "" {
		return template.HTML(escaped)
	}
	return template.HTML(`<span lang="` + html.EscapeString(string(in)) + `">` + escaped + `</span>`)
}

var months = map[catalogue.Lang][12]string{
	"nb": {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// day writes a day as people in Norway do; an empty one is a dash.
func day(lang catalogue.Lang, at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	at = at.In(norway)
	names, dot := months["nb"], "."
	if lang == "en" {
		names, dot = months["en"], ""
	}
	return fmt.Sprintf("%d%s %s %d", at.Day(), dot, names[at.Month()-1], at.Year())
}

// lastMoment is the last one before an end: what ends at midnight has the day
// before as its last.
func lastMoment(end time.Time) time.Time {
	if end.IsZero() {
		return end
	}
	return end.Add(-time.Microsecond)
}

// moment is a day with the time of day.
func moment(lang catalogue.Lang, at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	if lang == "en" {
		return day(lang, at) + at.In(norway).Format(", 15:04")
	}
	return day(lang, at) + at.In(norway).Format(" kl. 15.04")
}

func date(lang catalogue.Lang, d catalogue.Date) string {
	at, err := time.ParseInLocation(time.DateOnly, string(d), norway)
	if err != nil {
		return "–"
	}
	return day(lang, at)
}
