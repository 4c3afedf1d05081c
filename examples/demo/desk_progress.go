package main

import (
	"github.com/verktoykatalog/verktoy/approval"
)

// progress is how far a declaration has come and what it can still come to.
type progress struct {
	declared        *approval.SelfDeclaration
	found           *approval.Decision
	Answered, Asked int // requirements with an answer that counts, of those that apply or may apply
	Known, Facts    int // questions about the tool that are answered, of all
	parts           map[string][2]int
}

// follow looks at a declaration, complete or not.
func (d *desk) follow(f *file, declared *approval.SelfDeclaration) (progress, error) {
	found, err := approval.Evaluate(declared, f.set, d.now(), f.waivers...)
	if err != nil {
		return progress{}, err
	}
	p := progress{declared: declared, found: found, Facts: len(f.set.Facts), parts: map[string][2]int{}}
	for _, fact := range f.set.Facts {
		if declared.Facts[fact.ID] != nil {
			p.Known++
		}
	}
	for _, r := range f.set.Requirements {
		if p.applies(r) {
			p.count(r, p.reason(r.ID).Result != approval.ResultUnanswered)
		}
	}
	return p, nil
}

func (p *progress) count(r approval.Requirement, answered bool) {
	part := p.parts[r.Group]
	part[1]++
	p.Asked++
	if answered {
		part[0]++
		p.Answered++
	}
	p.parts[r.Group] = part
}

// applies is false for what the vendor need not look at.
func (p *progress) applies(r approval.Requirement) bool {
	today := p.declared.Submitted
	inForce := !r.Withdrawn && r.From <= today && (r.Until == "" || today <= r.Until)
	return inForce && r.When.HoldsWith(p.declared.Facts, p.declared.Answers) != approval.False
}

func (p *progress) reason(id string) approval.Reason {
	for _, r := range p.found.Reasons {
		if r.Requirement == id {
			return r
		}
	}
	return approval.Reason{}
}

// Possible are the outcomes that are still open, the strictest first.
func (p progress) Possible() []approval.Outcome { return p.found.Possible }

// Percent is for the bar.
func (p progress) Percent() int { return (p.Answered + p.Known) * 100 / max(p.Asked+p.Facts, 1) }
