package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

// form is what a file is checked as.
type form struct {
	read  func(data []byte, set *approval.RequirementSet) (*approval.SelfDeclaration, error)
	valid string // the words for a file without mistakes
}

var (
	formFinal  = form{approval.CheckDeclaration, "valid"}
	formDraft  = form{approval.CheckDraft, "valid-draft"}
	formVendor = form{readVendor, "valid-vendor"}
)

func readVendor(data []byte, set *approval.RequirementSet) (*approval.SelfDeclaration, error) {
	_, err := approval.CheckVendorDeclaration(data, set)
	return nil, err
}

func (c command) check(args []string) (int, error) {
	f := c.flags("check")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	draft := f.Bool("draft", false, "the files are drafts: what is not filled in yet is no mistake")
	own := f.Bool("vendor", false, "the files are vendors' declarations, for all their tools")
	against := f.String("set", "", "the requirement `SET`: ID@VERSION, ID or a file; left out: the one that each file names")
	asJSON := f.Bool("json", false, "print one JSON object a file")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() == 0 {
		return unusable, errors.New("check: no file, want one or more self-declarations")
	}
	as, err := formOf(*draft, *own)
	if err != nil {
		return unusable, err
	}
	set, err := chosenSet(*against)
	if err != nil {
		return unusable, err
	}
	return c.checkAll(f.Args(), as, set, f.lang, *asJSON)
}

func formOf(draft, own bool) (form, error) {
	switch {
	case draft && own:
		return form{}, errors.New("check: -draft and -vendor, want one of them")
	case draft:
		return formDraft, nil
	case own:
		return formVendor, nil
	}
	return formFinal, nil
}

// checkAll prints each file as it is read, and in the end a line for each if there are several.
func (c command) checkAll(files []string, as form, set *approval.RequirementSet, lang string, asJSON bool) (worst int, err error) {
	var all []checked
	for _, file := range files {
		result := c.checkFile(file, as, set, lang)
		worst = max(worst, result.status)
		if err := c.printCheck(result, lang, asJSON); err != nil {
			return unusable, err
		}
		all = append(all, result)
	}
	if len(all) > 1 && !asJSON {
		err = c.printSummary(all, lang)
	}
	return worst, err
}

func (c command) checkFile(file string, as form, set *approval.RequirementSet, lang string) checked {
	data, set, err := opened(file, set)
	if err != nil {
		return newChecked(file, lang, err)
	}
	d, err := as.read(data, set)
	result := newChecked(file, lang, err)
	result.Set = nameOf(set)
	if err == nil {
		result.words = as.valid
	}
	if err == nil && as.valid == formFinal.valid {
		result.Note = c.lacks(d, set, lang)
	}
	return result
}

// lacks says what a decision would still miss: a declaration may be valid and not complete.
func (c command) lacks(d *approval.SelfDeclaration, set *approval.RequirementSet, lang string) string {
	decision, err := approval.Evaluate(d, set, c.now)
	if err != nil || decision.Outcome != approval.Incomplete {
		return ""
	}
	note := in(decision.Summary, lang)
	if about := open(decision); len(about) > 0 {
		note += " " + fmt.Sprintf(in(texts["lacks"], lang), strings.Join(about, ", "))
	}
	return note
}

// open are the requirements and the facts that are missing, the most decisive first.
func open(d *approval.Decision) (ids []string) {
	for _, need := range d.Missing {
		if id := cmp.Or(need.Requirement, need.Fact); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func nameOf(set *approval.RequirementSet) string { return set.ID + "@" + set.Version }
