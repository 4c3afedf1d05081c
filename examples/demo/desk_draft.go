package main

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

var (
	errIncomplete = errors.New("the declaration is not complete")
	errTaken      = errors.New("the id is another tool's")
	errEntry      = errors.New("the entry in the catalogue cannot be used")
)

// paperOf is the draft as it would be if it were submitted today.
func (d *desk) paperOf(f *file) tree {
	t := f.draft.copy()
	if t.text("/submitted") == "" {
		t.put("/submitted", string(d.today()))
	}
	for _, part := range []string{"/answers", "/facts"} { // the form asks one by one for what lacks in them
		if t.get(part) == nil {
			t.put(part, map[string]any{})
		}
	}
	return t
}

// declaration is the draft as something to submit, or what is wrong with it.
func (d *desk) declaration(f *file) (*approval.SelfDeclaration, error) {
	return approval.CheckDeclaration(d.paperOf(f).json(), f.set)
}

// problems are what is wrong with the draft: as a draft, or as something to submit where the vendor has tried that.
func (d *desk) problems(f *file) []approval.Problem {
	check, t := approval.CheckDraft, f.draft
	if f.strict {
		check, t = approval.CheckDeclaration, d.paperOf(f)
	}
	_, err := check(t.json(), f.set)
	var wrong *approval.DeclarationError
	if errors.As(err, &wrong) {
		return wrong.Problems
	}
	return nil
}

// entryProblems are what is wrong with the entry in the catalogue.
func (f *file) entryProblems() []catalogue.Problem {
	_, err := catalogue.Parse(f.entryDocument())
	var wrong *catalogue.DocumentError
	if errors.As(err, &wrong) {
		return wrong.Problems
	}
	return nil
}

// entryDocument is a catalogue of the one entry. Name and id are the declaration's.
func (f *file) entryDocument() []byte {
	entry := f.listing.copy()
	entry.put("/id", f.draft.get("/tool/id"))
	entry.put("/name", f.draft.get("/tool/name"))
	return tree{"version": float64(catalogue.DocumentVersion), "tools": []any{map[string]any(entry)}}.json()
}

// entry is the entry as it can be published.
func (d *desk) entry(f *file) (catalogue.Tool, error) {
	document, err := catalogue.Parse(f.entryDocument())
	if err != nil {
		return catalogue.Tool{}, errors.Join(errEntry, err)
	}
	return document.Tools[0], nil
}

// usable is what can be read of the draft, as if it were submitted today: what is wrong counts as not given.
func (d *desk) usable(f *file) *approval.SelfDeclaration {
	t := d.paperOf(f)
	for _, p := range d.problems(f) {
		if t.get(p.Pointer) != nil && !strings.HasPrefix(p.Pointer, "/set") {
			t.put(p.Pointer, nil)
		}
	}
	t.put("/signedBy/name", orElse(t.get("/signedBy/name"), vendorPerson.Name))
	out := approval.SelfDeclaration{Set: f.set.Ref()}
	if err := json.Unmarshal(t.json(), &out); err != nil {
		return &approval.SelfDeclaration{Version: approval.DeclarationVersion, Set: f.set.Ref()}
	}
	out.Evidence = slices.DeleteFunc(out.Evidence, func(e approval.Evidence) bool { return e.ID == "" })
	return &out
}

func orElse(v, other any) any {
	if v == nil || v == "" {
		return other
	}
	return v
}
