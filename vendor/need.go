package vendor

import "slices"

// Need is one thing that stands in the way of an action, and what to do about it.
type Need struct {
	// Kind is the agreement that is needed; empty if the question itself was not right.
	Kind AgreementKind `json:"kind,omitempty"`
	// Party is who must have it, With who it must be with, if that is settled,
	// and Subject what it must be about.
	Party   OrgNumber `json:"party,omitempty"`
	With    OrgNumber `json:"with,omitempty"`
	Subject string    `json:"subject,omitempty"`
	// Reason says why what there is does not do.
	Reason Reason `json:"reason"`
	// Text says what to do.
	Text Text `json:"text"`
	// Source is where the rule comes from, and Assumed that nothing public confirms it.
	Source  string `json:"source,omitempty"`
	Assumed bool   `json:"assumed,omitempty"`
}

// Reason says why an agreement does not do.
type Reason string

// The reasons.
const (
	ReasonMissing  Reason = "missing"  // there is none
	ReasonFaulty   Reason = "faulty"   // what is on file is not complete
	ReasonExpired  Reason = "expired"  // its last day is over
	ReasonUnsigned Reason = "unsigned" // it is signed on a later day
	ReasonNotYet   Reason = "not-yet"  // its first day has not come
	ReasonNoRule   Reason = "no-rule"  // nothing says what the action needs
	ReasonQuestion Reason = "question" // the organisation, customer, subject or day that is asked about is missing or wrong
)

// reasons are from the one that is farthest from an agreement in force to the nearest; "" is one in force.
var reasons = []Reason{ReasonMissing, ReasonFaulty, ReasonExpired, ReasonUnsigned, ReasonNotYet, ""}

func nearer(a, b Reason) Reason {
	if slices.Index(reasons, b) > slices.Index(reasons, a) {
		return b
	}
	return a
}

func (k ask) need(rule Rule, why Reason) Need {
	return Need{Kind: k.kind, Party: k.party, With: k.with, Subject: k.subject, Reason: why,
		Text: advice(k.kind, why), Source: rule.Source, Assumed: rule.Assumed}
}

// advice says what to do: the agreement's own words for one that is missing, else what is wrong with the one that there is.
func advice(kind AgreementKind, why Reason) Text {
	if why == ReasonMissing {
		return obtain[kind]
	}
	name, do := agreementNames[kind], repair[why]
	return Text{NB: name.NB + " " + do.NB, NN: name.NN + " " + do.NN, EN: name.EN + " " + do.EN}
}
