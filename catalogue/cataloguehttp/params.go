package cataloguehttp

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// maxQuery is the greatest length of a query string in bytes: every filter in use, and a text of the greatest length, percent-encoded.
const maxQuery = 16 << 10

// maxParameters is how many parameters a query may have.
const maxParameters = 500

// params reads a query string and collects what is wrong with it.
type params struct {
	values url.Values
	read   map[string]bool
	faults []Fault
}

func parse(raw string) *params {
	p := &params{read: map[string]bool{}}
	switch {
	case len(raw) > maxQuery:
		p.fault("", fmt.Sprintf("the query is longer than %d bytes", maxQuery))
	case strings.Count(raw, "&") >= maxParameters:
		p.fault("", fmt.Sprintf("the query has more than %d parameters", maxParameters))
	default:
		values, err := url.ParseQuery(raw)
		if err != nil {
			p.fault("", "the query is not name=value pairs joined by &, percent-encoded")
		}
		p.values = values
	}
	return p
}

func (p *params) fault(name, detail string) {
	p.faults = append(p.faults, Fault{Parameter: name, Detail: detail})
}

// lang is the reader's language, nb if none is given.
func (p *params) lang() catalogue.Lang {
	if lang := p.values.Get("lang"); lang != "" {
		return catalogue.Lang(lang)
	}
	return catalogue.Bokmaal
}

// one gives a parameter that may stand once; it is false if there is none.
func (p *params) one(name string) (string, bool) {
	p.read[name] = true
	list := p.values[name]
	if len(list) > 1 {
		p.fault(name, "stands more than once")
	}
	if len(list) != 1 {
		return "", false
	}
	return list[0], true
}

// text is for what a person typed.
func (p *params) text(name string) string {
	s, _ := p.one(name)
	if nationalid.Contains(s) {
		p.fault(name, "may hold a national identity number, which must not be in an address")
	}
	return s
}

// code gives a parameter that says something if it is there.
func (p *params) code(name string) string {
	s, given := p.one(name)
	if given && s == "" {
		p.fault(name, "is empty")
	}
	return s
}

func (p *params) number(name string, low, high int) (int, bool) {
	s, given := p.one(name)
	if !given {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high || s != strconv.Itoa(n) {
		p.fault(name, fmt.Sprintf("is not a whole number between %d and %d", low, high))
		return 0, false
	}
	return n, true
}

func (p *params) truth(name string) *bool {
	s, given := p.one(name)
	if !given {
		return nil
	}
	yes := s == "true"
	if !yes && s != "false" {
		p.fault(name, "is not true or false")
	}
	return &yes
}

// many gives a parameter that may be repeated.
func many[T ~string](p *params, name string) []T {
	p.read[name] = true
	var out []T
	for _, s := range p.values[name] {
		out = append(out, T(s))
	}
	return out
}

// done refuses what was not read, and gives the problem if there is one.
func (p *params) done() *Problem {
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if !p.read[name] {
			p.fault(shown(name), "is not a parameter here, want one of "+strings.Join(slices.Sorted(maps.Keys(p.read)), ", "))
		}
	}
	if len(p.faults) == 0 {
		return nil
	}
	return invalid(p.faults)
}

// shown is a name as it may stand in an answer.
func shown(name string) string {
	if !utf8.ValidString(name) || nationalid.Contains(name) {
		return "…"
	}
	return problem.Place(name)
}
