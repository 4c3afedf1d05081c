package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// basis names what a decision is made on besides the declaration.
type basis struct {
	set, waivers, findings, at string
	draft                      bool
}

// draft adds the option that lets a declaration lack what is not filled in yet.
func (f *flags) draft(to *bool) {
	f.BoolVar(to, "draft", false, "what is not filled in yet is no mistake")
}

func (f *flags) basis() *basis {
	b := &basis{}
	f.StringVar(&b.set, "set", "", "the requirement `SET`: ID@VERSION, ID or a file; left out: the one that the declaration names")
	f.StringVar(&b.waivers, "waivers", "", "waivers to rely on, a `FILE` with a JSON list of them")
	f.StringVar(&b.findings, "findings", "", "what assessors have found, a `FILE` with a JSON list of findings")
	f.StringVar(&b.at, "at", "", "the `DAY` of the decision, such as 2026-11-30; left out: today")
	return b
}

// ground is what a decision is made on.
type ground struct {
	declared *approval.SelfDeclaration
	set      *approval.RequirementSet
	at       time.Time
	waivers  []approval.Waiver
	findings []approval.Finding
}

func (g ground) input() approval.Input {
	return approval.Input{Declaration: g.declared, Set: g.set, At: g.at, Waivers: g.waivers, Findings: g.findings}
}

// ground reads a declaration with all that the options name.
func (c command) ground(file string, b *basis) (g ground, err error) {
	if g.at, err = c.when(b.at); err != nil {
		return g, err
	}
	if g.waivers, err = readWaivers(b.waivers); err != nil {
		return g, err
	}
	if g.findings, err = readFindings(b.findings); err != nil {
		return g, err
	}
	set, err := chosenSet(b.set)
	if err != nil {
		return g, err
	}
	_, g.declared, g.set, err = checkedAgainst(file, set, readerOf(b.draft))
	return g, err
}

// evaluate decides, and says on standard error which waivers and findings could not be relied on.
func (c command) evaluate(g ground, lang string) (*approval.Decision, error) {
	decision, err := g.input().Evaluate()
	if err == nil {
		c.printUnused(g.waivers, decision, lang)
		c.printFindingsNotUsed(decision, lang)
	}
	return decision, err
}

// when is the beginning of a day, UTC, or now.
func (c command) when(day string) (time.Time, error) {
	if day == "" {
		return c.now, nil
	}
	d, err := catalogue.ParseDate(day)
	if err != nil {
		return time.Time{}, fmt.Errorf("-at %q, want a day such as 2026-11-30", day)
	}
	return time.Parse(time.DateOnly, string(d))
}

// refuse says on standard error why a declaration leads to nothing.
func (c command) refuse(file, lang string, err error) (int, error) {
	var wrong *approval.DeclarationError
	if errors.As(err, &wrong) {
		return status(err), c.printCheckTo(file, lang, err)
	}
	return unusable, err
}
