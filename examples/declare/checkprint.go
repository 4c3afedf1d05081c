package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// checked is the JSON for one file, one object a line.
type checked struct {
	File     string    `json:"file"`
	Set      string    `json:"set,omitempty"` // the set that it was read against
	Valid    bool      `json:"valid"`
	Note     string    `json:"note,omitempty"` // what a valid declaration still lacks
	Error    string    `json:"error,omitempty"`
	Problems []problem `json:"problems"`
	More     int       `json:"more,omitempty"` // problems beyond those

	status int
	words  string // the key of the text for a file without mistakes
}

// problem is one mistake; its pointer and text are safe to print.
type problem struct {
	Pointer     string `json:"pointer"`
	Requirement string `json:"requirement,omitempty"`
	Code        string `json:"code"`
	Text        string `json:"text"`
}

func newChecked(file, lang string, err error) checked {
	out := checked{File: file, Valid: err == nil, Problems: []problem{}, status: status(err)}
	ps, more := mistakes(err)
	for _, p := range ps {
		out.Problems = append(out.Problems, problem{p.Pointer, p.Requirement, p.Code, in(p.Text, lang)})
	}
	if out.More = more; err != nil && len(ps) == 0 {
		out.Error = words(err, lang)
	}
	return out
}

func (c command) printCheck(result checked, lang string, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(result)
	}
	fmt.Fprintf(c.stdout, "%s: %s\n", printable(result.File), printable(verdict(result, lang)))
	for _, p := range result.Problems {
		fmt.Fprintf(c.stdout, "  %s: %s\n", place(p), printable(p.Text))
	}
	return nil
}

// printCheckTo says on standard error what is wrong with a file.
func (c command) printCheckTo(file, lang string, err error) error {
	aside := c
	aside.stdout = c.stderr
	return aside.printCheck(newChecked(file, lang, err), lang, false)
}

// printSummary prints a line for each file.
func (c command) printSummary(all []checked, lang string) error {
	rows := [][]string{{in(texts["file"], lang), in(texts["set"], lang), in(texts["count"], lang), in(texts["verdict"], lang)}}
	for _, r := range all {
		rows = append(rows, []string{r.File, r.Set, r.count(), in(texts[verdicts[r.status]], lang)})
	}
	fmt.Fprintln(c.stdout)
	return c.table(rows)
}

// count is the number of mistakes, or a dash for a file that could not be looked at.
func (r checked) count() string {
	if r.Error != "" {
		return "–"
	}
	return strconv.Itoa(len(r.Problems) + r.More)
}

var verdicts = map[int]string{valid: "is-valid", invalid: "is-invalid", unusable: "is-unusable"}

func place(p problem) string {
	if p.Pointer == "" {
		return `""` // the whole document (RFC 6901)
	}
	return strings.TrimSpace(printable(p.Pointer) + " " + p.Requirement)
}

func verdict(r checked, lang string) string {
	switch {
	case r.Valid:
		return strings.TrimSpace(in(texts[r.words], lang) + " " + r.Note)
	case r.Error != "":
		return r.Error
	}
	if n := len(r.Problems) + r.More; n != 1 {
		return fmt.Sprintf(in(texts["problems"], lang), n)
	}
	return in(texts["problem"], lang)
}

// printable keeps what comes from a document from steering the terminal or filling it.
func printable(s string) string {
	const most = 600
	s = strings.Map(harmless, s)
	if cut := []rune(s); len(cut) > most {
		return string(cut[:most]) + "…"
	}
	return s
}

// harmless shows that there was a character that steers terminals.
func harmless(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
		return '\uFFFD'
	}
	return r
}

// page is printable for a text of many lines, of any length.
func page(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Map(harmless, line)
	}
	return strings.Join(lines, "\n")
}
