package approval

import (
	"errors"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// ErrNotDecided: the case did not end in this decision, so that it is no more than a pre-check.
var ErrNotDecided = errors.New("approval: the case did not end in this decision")

// HTML is [Decision.HTML] of the decision that the case ended in, by rules or by
// a panel, and so called a decision. The error is [ErrAltered], or
// [ErrNotDecided] for any other.
func (c Case) HTML(d *Decision, lang catalogue.Lang) ([]byte, error) {
	if err := c.endedIn(d); err != nil {
		return nil, err
	}
	return d.report(lang, true).html()
}

// Markdown is [Decision.Markdown] of the decision that the case ended in, with the errors of [Case.HTML].
func (c Case) Markdown(d *Decision, lang catalogue.Lang) (string, error) {
	if err := c.endedIn(d); err != nil {
		return "", err
	}
	return d.report(lang, true).markdown(), nil
}

func (c Case) endedIn(d *Decision) error {
	switch {
	case d == nil || c.Decision == nil || c.Decision.ID != d.ID:
		return refuse(ErrNotDecided, "/decision", problem.Contradiction, refNotDecided)
	case d.intact() != nil:
		return ErrAltered
	}
	return nil
}

var refNotDecided = phrase{
	"Saken endte ikke med dette vedtaket. Vis det vedtaket som saken viser til.",
	"Saka enda ikkje med dette vedtaket. Vis det vedtaket som saka viser til.",
	"The case did not end in this decision. Show the decision that the case refers to."}
