package launchtest

import (
	"fmt"
	"strings"
)

// Outcome says how a case ended.
type Outcome string

// The outcomes.
const (
	Passed    Outcome = "passed"
	Failed    Outcome = "failed"
	NotJudged Outcome = "not judged" // the target does not show what happened, or needs something for it
)

// Finding is one case against a target, and how it ended. It holds nothing of a message.
type Finding struct {
	// Rows are the ids of the table's rows that the case belongs to; see [Rows].
	Rows []string `json:"rows"`
	// Case says what was tried.
	Case string `json:"case"`
	// Want is what had to happen: "accepted", or "refused" and this SDK's word for why.
	Want string `json:"want"`
	// Outcome says how it ended.
	Outcome Outcome `json:"outcome"`
	// Why says what happened instead, or why it cannot be judged; "" for what passed.
	Why string `json:"why,omitempty"`
}

// String is the finding in one line.
func (f Finding) String() string {
	line := fmt.Sprintf("%s %s: %s, want %s", f.Outcome, strings.Join(f.Rows, " "), f.Case, f.Want)
	if f.Why != "" {
		line += ": " + f.Why
	}
	return line
}

// Count says how many findings have the outcome.
func Count(findings []Finding, o Outcome) int {
	n := 0
	for _, f := range findings {
		if f.Outcome == o {
			n++
		}
	}
	return n
}

// ledger is where a run writes its findings.
type ledger struct{ findings []Finding }

func (l *ledger) add(rows, name string, w fmt.Stringer, outcome Outcome, why string) {
	l.findings = append(l.findings, Finding{Rows: strings.Fields(rows), Case: name, Want: w.String(), Outcome: outcome, Why: why})
}

// holds adds a finding for a condition; why says what happened if it does not hold.
func (l *ledger) holds(rows, name, wanted string, good bool, why string) {
	outcome := Passed
	if !good {
		outcome = Failed
	} else {
		why = ""
	}
	l.add(rows, name, text(wanted), outcome, why)
}

// text is what must happen in words.
type text string

func (t text) String() string { return string(t) }
