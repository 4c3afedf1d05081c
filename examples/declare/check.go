package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

// checked is the JSON for one file, one object a line.
type checked struct {
	File     string    `json:"file"`
	Valid    bool      `json:"valid"`
	Error    string    `json:"error,omitempty"`
	Problems []problem `json:"problems"`
}

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
		_, _, err := read(file)
		worst = max(worst, status(err))
		if err := c.printCheck(file, f.lang, *asJSON, err); err != nil {
			return unusable, err
		}
	}
	return worst, nil
}

func (c command) printCheck(file, lang string, asJSON bool, err error) error {
	result := checked{File: file, Valid: err == nil, Problems: problems(err, lang)}
	if err != nil && len(result.Problems) == 0 {
		result.Error = err.Error()
	}
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(result)
	}
	fmt.Fprintf(c.stdout, "%s: %s\n", file, verdict(result, lang))
	for _, p := range result.Problems {
		fmt.Fprintf(c.stdout, "  %s: %s\n", place(p), p.Text)
	}
	return nil
}

func place(p problem) string {
	if p.Pointer == "" {
		p.Pointer = "/"
	}
	return strings.TrimSpace(p.Pointer + " " + p.Requirement)
}

func verdict(r checked, lang string) string {
	switch {
	case r.Valid:
		return in(texts["valid"], lang)
	case r.Error != "":
		return r.Error
	}
	return fmt.Sprintf(in(texts["problems"], lang), len(r.Problems))
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
