package approval

// resultSet is a set of results, one bit each: what may still come of a requirement.
type resultSet uint8

// resultBits has every result at the place of its bit.
var resultBits = []Result{ResultMet, ResultNotMet, ResultNotApplicable, ResultNeedsPanel, ResultUnanswered, ResultPlanned, ResultWaived}

func only(all ...Result) resultSet {
	var set resultSet
	for _, wanted := range all {
		for i, r := range resultBits {
			if r == wanted {
				set |= 1 << i
			}
		}
	}
	return set
}

// each lists sets of one result.
func (s resultSet) each() []resultSet {
	var out []resultSet
	for i := range resultBits {
		if one := resultSet(1) << i; s&one != 0 {
			out = append(out, one)
		}
	}
	return out
}

// outcomeSet is a set of outcomes, one bit each.
type outcomeSet uint8

// byStrictness lists the outcomes that rules can have, from the strictest to the freest.
var byStrictness = []Outcome{Rejected, NeedsReview, ApprovedWithTherapist, ApprovedWithoutTherapist}

func (s outcomeSet) with(o Outcome) outcomeSet {
	for i, known := range byStrictness {
		if known == o {
			s |= 1 << i
		}
	}
	return s
}

// list is from the strictest to the freest.
func (s outcomeSet) list() []Outcome {
	var out []Outcome
	for i, o := range byStrictness {
		if s&(1<<i) != 0 {
			out = append(out, o)
		}
	}
	return out
}

// open is what may come of a requirement that has no answer that can be used:
// whatever an answer to it can lead to, with the evidence that it needs.
func (a *assessment) open(r *Requirement) resultSet {
	missed := only(ResultNotMet)
	if a.waiver(r.ID) != nil {
		missed = only(ResultWaived)
	}
	can := missed | only(ResultMet)
	if r.Panel {
		can = missed | only(ResultNeedsPanel)
	}
	for i := range r.NotApplicable {
		if r.NotApplicable[i].When.ask(a) != False {
			can |= only(ResultNotApplicable)
		}
	}
	for _, s := range r.Allowed {
		switch {
		case s == Planned && r.Severity != Blocker:
			can |= only(ResultPlanned)
		case s == Alternative && (r.Severity == Blocker || r.Evidence != nil):
			can |= only(ResultNeedsPanel)
		}
	}
	return can
}
