package main

import (
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalcdx"
	"github.com/verktoykatalog/verktoy/approval/approvaloscal"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// export prints what the rules decide in a form for other programs. Documents that are confidential are not in it.
func (c command) export(args []string) (int, error) {
	f := c.flags("export")
	f.StringVar(&f.lang, "lang", "en", "language of the texts: nb, nn or en")
	b := f.basis()
	format := f.String("format", "", "`FORMAT`: cyclonedx (1.6, attestation) or oscal (1.2.2, assessment-results)")
	assessor := f.String("assessor", "", "`NAME` of the organisation that decides; empty is the vendor itself")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 {
		return unusable, fmt.Errorf("export: %d files, want one self-declaration", f.NArg())
	}
	if *format != "cyclonedx" && *format != "oscal" {
		return unusable, errors.New("export: -format is missing or unknown, want cyclonedx or oscal")
	}
	g, err := c.ground(f.Arg(0), b)
	if err != nil {
		return c.refuse(f.Arg(0), f.lang, err)
	}
	decision, err := c.evaluate(g, f.lang)
	if err != nil {
		return unusable, err
	}
	out, err := exported(*format, *assessor, catalogue.Lang(f.lang), decision, g.declared, g.set)
	if err != nil {
		return unusable, err
	}
	_, err = c.stdout.Write(out)
	return valid, err
}

func exported(format, assessor string, lang catalogue.Lang, dec *approval.Decision, d *approval.SelfDeclaration, set *approval.RequirementSet) ([]byte, error) {
	if format == "oscal" {
		return approvaloscal.Results(dec, d, set, approvaloscal.Options{Assessor: assessor, Lang: lang})
	}
	return approvalcdx.Export(dec, d, set, approvalcdx.Options{Assessor: assessor, Lang: lang})
}
