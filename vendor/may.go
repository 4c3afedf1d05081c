package vendor

import "slices"

// Verdict says whether an organisation may do something. The zero Verdict says no.
type Verdict struct {
	Allowed bool `json:"allowed"`
	// Missing is what stands in the way, in the order of the rules; empty if Allowed.
	Missing []Need `json:"missing,omitempty"`
	// Expires is the last day of the first agreement to end among those that it
	// rests on. Empty means that none of them has a last day, or not Allowed.
	Expires Day `json:"expires,omitempty"`
	// RestsOn are the agreements that it rests on, one for each rule; empty if not Allowed.
	RestsOn []Agreement `json:"restsOn,omitempty"`
	// Assumed says that one of the rules has no public source.
	Assumed bool `json:"assumed,omitempty"`
}

// May answers by [DefaultRules]. See [Rules.May].
func May(act Action, who OrgNumber, agreements []Agreement, on Day) Verdict {
	return DefaultRules().May(act, who, agreements, on)
}

// May says whether an organisation may do something on a day under the
// agreements on file. Every rule of the action must be met by an agreement that
// [Agreement.Check] finds right, that is signed and in force on that day, and
// that is between the right organisations and about the right subject. Where
// several are, the one that lasts longest counts. A customer or subject that no
// rule looks at is refused, not left out. It is no legal advice, and it does not
// know of agreements that were ended early unless their To says so.
func (r Rules) May(act Action, who OrgNumber, agreements []Agreement, on Day) Verdict {
	if fault, is := r.unanswerable(act, who, on); is {
		return Verdict{Missing: []Need{fault}}
	}
	v := Verdict{Allowed: true}
	for _, rule := range r {
		if rule.Act != act.Kind || rule.OnlyFor && act.For == "" {
			continue
		}
		v.Assumed = v.Assumed || rule.Assumed
		v.add(rule, newAsk(rule, act, who), agreements, on)
	}
	if !v.Allowed {
		v.Expires, v.RestsOn = "", nil
	}
	return v
}

func (v *Verdict) add(rule Rule, a ask, agreements []Agreement, on Day) {
	best, why := a.best(agreements, on)
	if why != "" {
		v.Allowed = false
		v.Missing = append(v.Missing, a.need(rule, why))
		return
	}
	v.RestsOn = append(v.RestsOn, best)
	if best.To != "" && (v.Expires == "" || best.To < v.Expires) {
		v.Expires = best.To
	}
}

// unanswerable finds what makes the question one that has no answer but no.
func (r Rules) unanswerable(act Action, who OrgNumber, on Day) (Need, bool) {
	rows := slices.DeleteFunc(slices.Clone(r), func(row Rule) bool { return row.Act != act.Kind })
	subject := slices.ContainsFunc(rows, func(row Rule) bool { return row.Need.about() })
	customer := slices.ContainsFunc(rows, func(row Rule) bool { return row.Of != OfActor })
	always := slices.ContainsFunc(rows, func(row Rule) bool { return row.Of == OfCustomerToSupplier && !row.OnlyFor })
	switch {
	case act.Kind == "" || len(rows) == 0 || r.Check() != nil, act.For != "" && !customer, act.Subject != "" && !subject:
		return Need{Reason: ReasonNoRule, Text: noRule}, true
	case !who.valid():
		return Need{Reason: ReasonQuestion, Text: noActor}, true
	case !on.Valid():
		return Need{Reason: ReasonQuestion, Text: noDay}, true
	case always && act.For == "", act.For != "" && (!act.For.valid() || act.For == who):
		return Need{Reason: ReasonQuestion, Text: noCustomer}, true
	case subject && act.Subject == "":
		return Need{Reason: ReasonQuestion, Text: noSubject}, true
	}
	return Need{}, false
}

// ask is the agreement that a rule asks for.
type ask struct {
	kind        AgreementKind
	party, with OrgNumber
	subject     string
}

func newAsk(rule Rule, act Action, who OrgNumber) ask {
	a := ask{kind: rule.Need, party: who, with: rule.With}
	switch {
	case rule.Of == OfCustomerToSupplier:
		a.party, a.with = act.For, who
	case rule.Of == OfPrincipal && act.For != "":
		a.party = act.For
	}
	if rule.Need.about() {
		a.subject = act.Subject
	}
	return a
}

// best finds the agreement in force that lasts longest, or says why there is none.
func (k ask) best(agreements []Agreement, on Day) (Agreement, Reason) {
	var best Agreement
	why := ReasonMissing
	for _, a := range agreements {
		if !k.fits(a) {
			continue
		}
		reason := standing(a, on)
		if reason == "" && (why != "" || longer(a, best)) {
			best = a
		}
		why = nearer(why, reason)
	}
	return best, why
}

func (k ask) fits(a Agreement) bool {
	return a.Kind == k.kind && a.Party == k.party && a.Subject == k.subject && (k.with == "" || a.Counterparty == k.with)
}

func longer(a, b Agreement) bool { return b.To != "" && (a.To == "" || a.To > b.To) }

// standing says why an agreement does not count on the day; empty if it does.
func standing(a Agreement, on Day) Reason {
	switch {
	case a.Check() != nil:
		return ReasonFaulty
	case a.Signed > on:
		return ReasonUnsigned
	case a.To != "" && a.To < on:
		return ReasonExpired
	case a.From > on:
		return ReasonNotYet
	}
	return ""
}
