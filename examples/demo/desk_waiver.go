package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

var errNoWaiver = errors.New("the file has no such waiver to grant")

// askWaiver keeps what somebody asks for until another grants it. What would
// be refused whoever grants it is refused at once.
func (d *desk) askWaiver(f *file, by official, requirement, why, instead string, until catalogue.Date) error {
	w := approval.Waiver{ID: fmt.Sprintf("%s-waiver-%d", f.id, len(f.asked)+len(f.waivers)+1), Tool: f.life.Tool, Requirement: requirement,
		Justification: strings.TrimSpace(why), By: by.Name, Until: until}
	if instead = strings.TrimSpace(instead); instead != "" {
		w.Compensating = []string{instead}
	}
	if !slices.Contains(f.waivable(), requirement) {
		return errNoWaiver
	}
	if _, err := approval.GrantWaiver(w, "somebody else", d.today(), f.waiverPolicy()); err != nil {
		return err
	}
	f.asked = append(f.asked, w)
	return nil
}

// waivable are the requirements that are not met and that nobody has asked a waiver for.
func (f *file) waivable() []string {
	var out []string
	for _, r := range f.basis.Reasons {
		asked := slices.ContainsFunc(f.asked, func(w approval.Waiver) bool { return w.Requirement == r.Requirement })
		if r.Result == approval.ResultNotMet && !asked {
			out = append(out, r.Requirement)
		}
	}
	return out
}

// waiverPolicy names the vendor's people both ways: waivers hold names, cases hold ids.
func (f *file) waiverPolicy() approval.WaiverPolicy {
	people := append(slices.Clone(f.life.VendorPeople), f.declared.SignedBy.Name)
	return approval.WaiverPolicy{VendorPeople: people}
}

// grantWaiver lets a second person grant; then the rules are asked again, and the panel, which has voted on other ground.
func (d *desk) grantWaiver(f *file, by official, id string) error {
	i := slices.IndexFunc(f.asked, func(w approval.Waiver) bool { return w.ID == id })
	if i < 0 {
		return errNoWaiver
	}
	w, err := approval.GrantWaiver(f.asked[i], by.Name, d.today(), f.waiverPolicy())
	if err != nil {
		return err
	}
	waivers := append(slices.Clone(f.waivers), w)
	basis, err := approval.Evaluate(f.declared, f.set, d.now(), waivers...)
	if err != nil {
		return err
	}
	f.asked = slices.Delete(f.asked, i, i+1)
	f.waivers, f.basis, f.votes = waivers, basis, nil
	return nil
}
