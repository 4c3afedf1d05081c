package vendor

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Domain is a side of a vendor that is assessed.
type Domain string

// The domains.
const (
	DomainOrganisation Domain = "organisation"
	DomainProduct      Domain = "product"
	DomainOperations   Domain = "operations"
	DomainPrivacy      Domain = "privacy"
	DomainSupplyChain  Domain = "supply-chain"
)

var domains = []Domain{DomainOrganisation, DomainProduct, DomainOperations, DomainPrivacy, DomainSupplyChain}

// Score is what is known of one domain.
type Score struct {
	Domain Domain `json:"domain"`
	// Known and Total are how many of the domain's questions have an answer, and how many there are.
	Known int `json:"known"`
	Total int `json:"total"`
	// Value is the share of the answers that are good, from 0 to 1, over those
	// that are known. It must be 0 where none is, and then says nothing.
	Value float64 `json:"value"`
}

// Coverage is the share of the questions that have an answer, from 0 to 1; 0 without questions.
func (s Score) Coverage() float64 {
	if s.Total == 0 {
		return 0
	}
	return float64(s.Known) / float64(s.Total)
}

// Assessment joins the scores. What is unknown lowers the coverage and not the value.
type Assessment struct {
	// Scores are all five domains, in a fixed order; those that were not given are empty.
	Scores []Score `json:"scores"`
	// Value is the mean of the domains of which something is known, each counting
	// the same, from 0 to 1; nil if nothing is known of any.
	Value *float64 `json:"value"`
	// Coverage is the mean over all five domains, from 0 to 1.
	Coverage float64 `json:"coverage"`
	// Unknown are the domains of which nothing is known.
	Unknown []Domain `json:"unknown,omitempty"`
}

// Assess joins scores, one for a domain at most. The error names every score
// that is not right. That each domain counts the same is this project's
// assumption; a host that weighs them otherwise uses the Scores.
func Assess(scores []Score) (Assessment, error) {
	if err := checkScores(scores); err != nil {
		return Assessment{}, err
	}
	var a Assessment
	sum, known := 0.0, 0
	for _, d := range domains {
		s := Score{Domain: d}
		if i := slices.IndexFunc(scores, func(s Score) bool { return s.Domain == d }); i >= 0 {
			s = scores[i]
		}
		a.Scores = append(a.Scores, s)
		a.Coverage += s.Coverage() / float64(len(domains))
		if s.Known == 0 {
			a.Unknown = append(a.Unknown, d)
			continue
		}
		sum, known = sum+s.Value, known+1
	}
	if known > 0 {
		mean := sum / float64(known)
		a.Value = &mean
	}
	return a, nil
}

func checkScores(scores []Score) error {
	var faults []string
	seen := map[Domain]bool{}
	for i, s := range scores {
		switch {
		case !slices.Contains(domains, s.Domain):
			faults = append(faults, fmt.Sprintf("score %d: want one of %s", i, listed(domains)))
		case seen[s.Domain]:
			faults = append(faults, fmt.Sprintf("score %d: the domain has one already", i))
		case s.Known < 0 || s.Known > s.Total:
			faults = append(faults, fmt.Sprintf("score %d: want Known from 0 to Total", i))
		case !(s.Value >= 0 && s.Value <= 1) || s.Known == 0 && s.Value != 0:
			faults = append(faults, fmt.Sprintf("score %d: want a Value from 0 to 1, and 0 where nothing is known", i))
		}
		seen[s.Domain] = true
	}
	if len(faults) == 0 {
		return nil
	}
	return errors.New("vendor: invalid scores: " + strings.Join(faults, "; "))
}
