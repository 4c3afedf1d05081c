package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func (c command) inherit(args []string) (int, error) {
	f := c.flags("inherit")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	against := f.String("set", "", "the requirement `SET` of both: ID@VERSION, ID or a file; left out: the one that PRODUCT names")
	day := f.String("at", "", "the `DAY`, such as 2026-11-30; left out: today")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 2 {
		return unusable, fmt.Errorf("inherit: %d files, want two: PRODUCT and VENDOR", f.NArg())
	}
	at, err := c.when(*day)
	if err != nil {
		return unusable, err
	}
	set, err := chosenSet(*against)
	if err != nil {
		return unusable, err
	}
	product, set, err := readProduct(f.Arg(0), set)
	if err != nil {
		return c.refuse(f.Arg(0), f.lang, err)
	}
	own, err := readOwn(f.Arg(1), set)
	if err != nil {
		return c.refuse(f.Arg(1), f.lang, err)
	}
	filled, report, err := approval.Inherit(product, own, set, at)
	if err != nil {
		return unusable, err
	}
	c.printInherited(report, f.lang)
	return valid, c.printJSON(filled)
}

// readProduct reads the tool's declaration, which may be a draft.
func readProduct(file string, set *approval.RequirementSet) (*approval.SelfDeclaration, *approval.RequirementSet, error) {
	data, set, err := opened(file, set)
	if err != nil {
		return nil, nil, err
	}
	d, err := approval.CheckDraft(data, set)
	return d, set, err
}

func readOwn(file string, set *approval.RequirementSet) (*approval.VendorDeclaration, error) {
	data, err := input(file)
	if err != nil {
		return nil, err
	}
	return approval.CheckVendorDeclaration(data, set)
}

// printInherited leaves out what there is none of.
func (c command) printInherited(r approval.InheritReport, lang string) {
	var renamed []string
	for _, old := range slices.Sorted(maps.Keys(r.Renamed)) {
		renamed = append(renamed, old+" → "+r.Renamed[old])
	}
	for _, line := range []struct {
		text catalogue.Text
		ids  []string
	}{{inheritTexts["filled"], r.Filled}, {inheritTexts["kept"], r.Kept}, {inheritTexts["over"], r.Over},
		{inheritTexts["missing"], r.Missing}, {inheritTexts["renamed"], renamed}} {
		if len(line.ids) > 0 {
			fmt.Fprintln(c.stderr, in(line.text, lang), printable(strings.Join(line.ids, ", ")))
		}
	}
}

var inheritTexts = map[string]catalogue.Text{
	"filled": {"nb": "Hentet fra leverandørens erklæring:", "nn": "Henta frå erklæringa til leverandøren:", "en": "Taken from the vendor's declaration:"},
	"kept":   {"nb": "Verktøyets eget svar står:", "nn": "Verktøyet sitt eige svar står:", "en": "The tool's own answer stays:"},
	"over": {
		"nb": "Dokumentasjonen i leverandørens erklæring er for gammel. Forny den:",
		"nn": "Dokumentasjonen i erklæringa til leverandøren er for gammal. Forny han:",
		"en": "The evidence in the vendor's declaration has expired. Renew it:"},
	"missing": {
		"nb": "Uten svar i begge. Svar hvis kravet gjelder verktøyet:",
		"nn": "Utan svar i begge. Svar viss kravet gjeld verktøyet:",
		"en": "Answered in neither. Answer if the requirement applies to the tool:"},
	"renamed": {
		"nb": "Dokumentasjon som har fått et nytt navn, fordi navnet var i bruk:",
		"nn": "Dokumentasjon som har fått eit nytt namn, fordi namnet var i bruk:",
		"en": "Evidence with a new name, because its name was taken:"},
}
