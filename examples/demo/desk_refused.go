package main

import (
	"errors"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskReasons are the desk's own reasons to refuse, and the keys of their texts.
var deskReasons = map[error]string{
	errIncomplete: "not-complete", errTaken: "id-taken", errEntry: "entry-wrong", errNotSure: "not-sure",
	errNoWaiver: "no-waiver", errRecused: "recused", errNotInReview: "not-in-review",
}

// refusedAs is what a refusal says, each with the field of the form that it is
// about, or nothing for an error that nobody at the desk can put right.
func refusedAs(err error, r *http.Request, form string) []trouble {
	for cause, key := range deskReasons {
		if errors.Is(err, cause) {
			t := trouble{Text: deskTexts[key].In(language(r))}
			if cause == errNotSure {
				t.Anchor, t.Href = "sure", "#sure"
			}
			return []trouble{t}
		}
	}
	out := sentences(err, language(r))
	for i := range out {
		out[i].aim(r, form)
	}
	return out
}

// sentences are what approval says, for people.
func sentences(err error, lang catalogue.Lang) []trouble {
	var refused *approval.RefusedError
	if !errors.As(err, &refused) {
		return nil
	}
	var out []trouble
	for _, p := range refused.Problems {
		out = append(out, trouble{Pointer: p.Pointer, Text: p.Text.In(lang), Brief: p.Brief.In(lang)})
	}
	return out
}

// fields are the ids of the fields by the form and the last name of the place that a refusal is about.
var fields = map[string]string{
	"vote outcome": "vote-outcome-0", "vote rationale": "vote-rationale", "aside why": "aside-why",
	"waiver justification": "waiver-justification", "waiver until": "waiver-until", "waiver 0": "waiver-compensating",
	"decide validUntil": "decide-until", "return missing": "return-missing", "amend reason": "amend-reason",
	"suspend reason": "suspend-reason", "reopen reason": "reopen-reason", "withdraw reason": "withdraw-reason",
}

// aim finds the field. One that was left empty is asked for in the desk's words, for approval's speak of codes there.
func (t *trouble) aim(r *http.Request, form string) {
	name := t.Pointer[strings.LastIndexByte(t.Pointer, '/')+1:]
	t.Anchor = fields[form+" "+name]
	if t.Anchor == "" {
		return
	}
	t.Href = "#" + t.Anchor
	if text, found := deskTexts["fill-"+name]; found && strings.TrimSpace(r.PostFormValue(name)) == "" {
		t.Text, t.Brief = text.In(language(r)), text.In(language(r))
	}
}
