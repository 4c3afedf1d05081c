package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// aims are the outcomes that rules can lead to.
var aims = []string{string(approval.ApprovedWithoutTherapist), string(approval.ApprovedWithTherapist),
	string(approval.NeedsReview), string(approval.Rejected)}

func (c command) whynot(args []string) (int, error) {
	f := c.flags("whynot")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	b := f.basis()
	f.draft(&b.draft)
	want := f.String("want", "", "the wanted `OUTCOME`: "+strings.Join(aims, ", "))
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	switch {
	case f.NArg() != 1:
		return unusable, fmt.Errorf("whynot: %d files, want one self-declaration", f.NArg())
	case !slices.Contains(aims, *want):
		return unusable, errors.New("whynot: want an outcome, -want with one of " + strings.Join(aims, ", "))
	}
	g, err := c.ground(f.Arg(0), b)
	if err != nil {
		return c.refuse(f.Arg(0), f.lang, err)
	}
	ways, err := c.ways(g, approval.Outcome(*want), f.lang)
	if err != nil {
		return unusable, err
	}
	return ways.status(), c.printWays(ways, f.lang, *asJSON)
}

// ways lead from one outcome to another.
type ways struct {
	Outcome approval.Outcome   `json:"outcome"`
	Want    approval.Outcome   `json:"want"`
	Sets    []approval.StepSet `json:"sets"`
}

func (c command) ways(g ground, want approval.Outcome, lang string) (ways, error) {
	now, err := c.evaluate(g, lang)
	if err != nil {
		return ways{}, err
	}
	sets, err := g.input().WhyNot(want)
	return ways{now.Outcome, want, append([]approval.StepSet{}, sets...)}, err
}

func (w ways) there() bool { return w.Outcome == w.Want }

func (w ways) status() int {
	if !w.there() && len(w.Sets) == 0 {
		return invalid
	}
	return valid
}

func (c command) printWays(w ways, lang string, asJSON bool) error {
	if asJSON {
		return c.printJSON(w)
	}
	now, want := in(w.Outcome.Text(), lang), in(w.Want.Text(), lang)
	switch {
	case w.there():
		fmt.Fprintf(c.stdout, in(whynotTexts["there"], lang)+"\n", now)
	case len(w.Sets) == 0:
		fmt.Fprintf(c.stdout, in(whynotTexts["none"], lang)+"\n", now, want)
	default:
		fmt.Fprintf(c.stdout, in(whynotTexts["ways"], lang)+"\n", now, want)
	}
	for i, set := range w.Sets {
		fmt.Fprintf(c.stdout, "\n"+in(whynotTexts["way"], lang)+"\n", i+1)
		for _, step := range set.Steps {
			fmt.Fprintf(c.stdout, "  - %s\n", printable(in(step.Text, lang)))
		}
	}
	return nil
}

var whynotTexts = map[string]catalogue.Text{
	"there": {
		"nb": "Utfallet er allerede «%s».",
		"nn": "Utfallet er alt «%s».",
		"en": "The outcome is “%s” already."},
	"none": {
		"nb": "Utfallet er nå «%s». Vi fant ingen vei til «%s». Spør forvaltningen av katalogen.",
		"nn": "Utfallet er no «%s». Vi fann ingen veg til «%s». Spør forvaltninga av katalogen.",
		"en": "The outcome is now “%s”. We found no way to “%s”. Ask the managers of the catalogue."},
	"ways": {
		"nb": "Utfallet er nå «%s». Hver av disse veiene fører til «%s»:",
		"nn": "Utfallet er no «%s». Kvar av desse vegane fører til «%s»:",
		"en": "The outcome is now “%s”. Each of these ways leads to “%s”:"},
	"way": {"nb": "Vei %d, alt dette:", "nn": "Veg %d, alt dette:", "en": "Way %d, all of this:"},
}
