package catalogue

import (
	"net/url"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

func (c *checker) tool(at string, t Tool) {
	c.id(at+"/id", string(t.ID))
	if required(c, at+"/status", t.Status) {
		oneOf(c, at+"/status", t.Status, StatusDraft, StatusListed, StatusPaused, StatusWithdrawn)
	}
	c.listing(at+"/listing", t.Listing)
	c.vendor(at+"/vendor", t.Vendor)
	oneOf(c, at+"/kind", t.Kind, kinds...)
	codes(c, at+"/areas", t.Areas)
	codes(c, at+"/audiences", t.Audiences)
	c.languages(at+"/languages", t.Languages)
	c.ages(at+"/ages", t.Ages)
	c.requiredText(at+"/name", t.Name, maxName)
	c.text(at+"/summary", t.Summary, maxSummary)
	c.text(at+"/description", t.Description, maxText)
	c.keywords(at+"/keywords", t.Keywords)
	c.starts(at+"/start", t.Start)
	c.units(at+"/units", t.Units)
	c.approval(at+"/approval", t.Approval)
	c.evidence(at+"/evidence", t.Evidence)
	c.text(at+"/acuteNotice", t.AcuteNotice, maxText)
}

func (c *checker) ages(at string, a *Ages) {
	if a == nil {
		return
	}
	low := a.Min == nil || c.between(at+"/min", *a.Min, 0, maxAge)
	high := a.Max == nil || c.between(at+"/max", *a.Max, 0, maxAge)
	if low && high && a.Min != nil && a.Max != nil && *a.Min > *a.Max {
		c.add(at+"/max", problem.Contradiction, at+"/min")
	}
}

func (c *checker) keywords(at string, keywords map[Lang][]string) {
	for lang, list := range keywords {
		place := at + strictjson.Pointer(string(lang))
		if !lang.valid() {
			c.add(place, problem.BadFormat, wantLang)
		}
		if len(list) > maxKeywords {
			c.add(place, problem.TooMany, strconv.Itoa(maxKeywords))
		}
		for i, word := range list {
			c.words(place+strictjson.Pointer(i), word, maxKeyword)
		}
	}
}

func (c *checker) starts(at string, starts []Start) {
	for i, s := range starts {
		place := at + strictjson.Pointer(i)
		if required(c, place+"/platform", s.Platform) {
			oneOf(c, place+"/platform", s.Platform, platforms...)
		}
		if required(c, place+"/url", s.URL) {
			c.url(place+"/url", s.URL)
		}
		if required(c, place+"/profile", s.Profile) {
			oneOf(c, place+"/profile", s.Profile, ProfileHelsenorge, ProfileHTI, ProfileLink)
		}
	}
}

// urlForm is what the published schema has too: no user name, and without encryption only to the machine itself, for trials.
var urlForm = regexp.MustCompile(`^(https://[^\s/?#@\\]+|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?)([/?#][^\s\\]*)?$`)

func (c *checker) url(at, s string) {
	if utf8.RuneCountInString(s) > maxURL {
		c.add(at, problem.TooLong, strconv.Itoa(maxURL))
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || !possiblePort(u.Port()) || !urlForm.MatchString(s) {
		c.add(at, problem.BadFormat, "an absolute address that begins with https:// and holds no user name")
	}
}

func possiblePort(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "" || err == nil && n > 0 && n <= 65535
}

func (c *checker) units(at string, units []Unit) {
	first := map[UnitID]string{}
	for i, u := range units {
		place := at + strictjson.Pointer(i)
		c.id(place+"/id", string(u.ID))
		once(c, first, u.ID, place+"/id")
		c.requiredText(place+"/title", u.Title, maxName)
		c.texts(place+"/indications", u.Indications)
		c.texts(place+"/exclusions", u.Exclusions)
		c.between(place+"/days", u.Days, 0, maxDays)
		c.text(place+"/patientText", u.PatientText, maxText)
	}
}

// texts checks a list in which every text must say something.
func (c *checker) texts(at string, list []Text) {
	for i, t := range list {
		place := at + strictjson.Pointer(i)
		if len(t) == 0 {
			c.add(place, problem.TooFew, "1")
		}
		c.text(place, t, maxText)
	}
}

func (c *checker) approval(at string, a *Approval) {
	if a == nil {
		return
	}
	if required(c, at+"/decision", a.Decision) {
		c.words(at+"/decision", a.Decision, maxName)
	}
	if required(c, at+"/validUntil", a.ValidUntil) {
		c.date(at+"/validUntil", a.ValidUntil)
	}
}

func (c *checker) listing(at string, l *Listing) {
	if l == nil {
		return
	}
	c.date(at+"/from", l.From)
	c.date(at+"/to", l.To)
	c.inOrder(at+"/from", l.From, at+"/to", l.To)
}

func (c *checker) evidence(at string, list []Evidence) {
	for i, e := range list {
		place := at + strictjson.Pointer(i)
		c.id(place+"/kind", string(e.Kind))
		c.requiredText(place+"/title", e.Title, maxName)
		if e.URL != "" {
			c.url(place+"/url", e.URL)
		}
		if required(c, place+"/reviewed", e.Reviewed) {
			c.date(place+"/reviewed", e.Reviewed)
		}
		c.date(place+"/nextReview", e.NextReview)
		c.inOrder(place+"/reviewed", e.Reviewed, place+"/nextReview", e.NextReview)
	}
}

// date checks a day; none is right.
func (c *checker) date(at string, d Date) {
	if _, err := ParseDate(string(d)); d != "" && err != nil {
		c.add(at, problem.BadFormat, err.Error())
	}
}

// inOrder reports a last day before the first. Days that are not there are in order.
func (c *checker) inOrder(firstAt string, first Date, lastAt string, last Date) {
	if first != "" && last != "" && last < first {
		c.add(lastAt, problem.Contradiction, firstAt)
	}
}
