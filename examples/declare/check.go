package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/verktoykatalog/verktoy/approval"
)

// checked is the JSON for one file, one object a line.
type checked struct {
	File     string    `json:"file"`
	Valid    bool      `json:"valid"`
	Note     string    `json:"note,omitempty"` // what a valid declaration still lacks
	Error    string    `json:"error,omitempty"`
	Problems []problem `json:"problems"`
}

// problem is one mistake; its pointer and text are safe to print.
type problem struct {
	Pointer     string `json:"pointer"`
	Requirement string `json:"requirement,omitempty"`
	Code        string `json:"code"`
	Text        string `json:"text"`
}

func (c command) check(args []string) (int, error) {
	f := c.flags("check")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	asJSON := f.Bool("json", false, "print one JSON object a file")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() == 0 {
		return unusable, errors.New("check: no file, want one or more self-declarations")
	}
	worst := valid
	for _, file := range f.Args() {
		declared, set, err := read(file)
		worst = max(worst, status(err))
		note := ""
		if err == nil {
			note = c.lacks(declared, set, f.lang)
		}
		if err := c.printCheck(checked{File: file, Valid: err == nil, Note: note}, f.lang, *asJSON, err); err != nil {
			return unusable, err
		}
	}
	return worst, nil
}

// lacks says what a decision would still miss: a declaration may be valid and not complete.
func (c command) lacks(d *approval.SelfDeclaration, set *approval.RequirementSet, lang string) string {
	decision, err := approval.Evaluate(d, set, c.now)
	if err != nil || decision.Outcome != approval.Incomplete {
		return ""
	}
	return in(decision.Summary, lang)
}

func (c command) printCheck(result checked, lang string, asJSON bool, err error) error {
	result.Problems = problems(err, lang)
	if err != nil && len(result.Problems) == 0 {
		result.Error = err.Error()
	}
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(result)
	}
	fmt.Fprintf(c.stdout, "%s: %s\n", printable(result.File), verdict(result, lang))
	for _, p := range result.Problems {
		fmt.Fprintf(c.stdout, "  %s: %s\n", place(p), printable(p.Text))
	}
	return nil
}

func place(p problem) string {
	if p.Pointer == "" {
		return `""` // the whole document (RFC 6901)
	}
	return strings.TrimSpace(printable(p.Pointer) + " " + p.Requirement)
}

func verdict(r checked, lang string) string {
	switch {
	case r.Valid:
		return strings.TrimSpace(in(texts["valid"], lang) + " " + r.Note)
	case r.Error != "":
		return r.Error
	}
	return fmt.Sprintf(in(texts["problems"], lang), len(r.Problems))
}

// printable keeps what comes from a document from steering the terminal or filling it.
func printable(s string) string {
	const most = 600
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '\uFFFD'
		}
		return r
	}, s)
	if cut := []rune(s); len(cut) > most {
		return string(cut[:most]) + "…"
	}
	return s
}

func problems(err error, lang string) []problem {
	out := []problem{}
	var wrong *approval.DeclarationError
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			out = append(out, problem{p.Pointer, p.Requirement, string(p.Code), in(p.Text, lang)})
		}
	}
	return out
}
