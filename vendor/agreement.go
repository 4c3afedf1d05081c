package vendor

import (
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Agreement is a signed agreement between two organisations. It is what a host
// has on file; nothing is fetched.
type Agreement struct {
	// Kind is required.
	Kind AgreementKind `json:"kind"`
	// Party is who is bound by the terms, or gives the delegation; required. It is
	// compared digit for digit: an agreement of a parent or of a subsidiary is not
	// one's own, since there is one membership per organisation number.
	Party OrgNumber `json:"party"`
	// Counterparty is who the agreement is with, or who gets the delegation; required.
	Counterparty OrgNumber `json:"counterparty"`
	// Subject is what the agreement is limited to: the category of the special
	// terms, or the API's name. It is at most 200 characters, required for these
	// two kinds, and empty for the others.
	Subject string `json:"subject,omitempty"`
	// From is the first day; required.
	From Day `json:"from"`
	// To is the last day. Empty means until it is ended.
	To Day `json:"to,omitempty"`
	// Signed is the day of the signature; required.
	Signed Day `json:"signed"`
	// SHA256 is the signed document's digest, 64 lower-case hexadecimal digits;
	// required. It is not compared with anything.
	SHA256 string `json:"sha256"`
}

// AgreementKind is what is agreed.
type AgreementKind string

// The kinds of agreements.
const (
	// AgreementMembership is the members' terms of Helsenettet; they include the duty to follow Normen.
	AgreementMembership AgreementKind = "membership"
	// AgreementCustomer is Norsk helsenett's customer agreement.
	AgreementCustomer AgreementKind = "customer"
	// AgreementDataProcessing is a data-processing agreement.
	AgreementDataProcessing AgreementKind = "data-processing"
	// AgreementHelsenorgeGeneral is the general terms of use of Helsenorge.
	AgreementHelsenorgeGeneral AgreementKind = "helsenorge-general"
	// AgreementHelsenorgeSpecial is the special terms of use for a category, such as municipalities; the category is the Subject.
	AgreementHelsenorgeSpecial AgreementKind = "helsenorge-special"
	// AgreementConnection is the agreement on connecting an external system to Helsenorge or PVK.
	AgreementConnection AgreementKind = "connection"
	// AgreementDelegation is a delegation in Altinn from a customer (Party) to its supplier (Counterparty).
	AgreementDelegation AgreementKind = "delegation"
	// AgreementAPI is the terms of use of an API; the API's name is the Subject.
	AgreementAPI AgreementKind = "api-terms"
	// AgreementTool is an agreement on offering tools in the catalogue. Whether there will be one, and with whom, is not public.
	AgreementTool AgreementKind = "tool-vendor"
)

var agreementKinds = []AgreementKind{AgreementMembership, AgreementCustomer, AgreementDataProcessing, AgreementHelsenorgeGeneral,
	AgreementHelsenorgeSpecial, AgreementConnection, AgreementDelegation, AgreementAPI, AgreementTool}

// about says that agreements of the kind are limited to a subject.
func (k AgreementKind) about() bool { return k == AgreementHelsenorgeSpecial || k == AgreementAPI }

// Check finds all that is wrong with an agreement. It gives nil or a
// [*DocumentError]. Whether the agreement is in force is another question: [May].
func (a Agreement) Check() error {
	c := &checker{}
	c.agreement("", a)
	return invalid(c.found)
}

func (c *checker) agreement(at string, a Agreement) {
	oneOf(c, at+"/kind", a.Kind, agreementKinds)
	formed(c, at+"/party", a.Party, ParseOrgNumber)
	formed(c, at+"/counterparty", a.Counterparty, ParseOrgNumber)
	if a.Party != "" && a.Party == a.Counterparty {
		c.add(at+"/counterparty", problem.BadValue, "another organisation than the party")
	}
	switch {
	case a.Kind.about():
		c.words(at+"/subject", a.Subject, maxName)
	case a.Subject != "":
		c.add(at+"/subject", problem.Contradiction, at+"/kind")
	}
	formed(c, at+"/from", a.From, ParseDay)
	form(c, at+"/to", a.To, ParseDay)
	c.inOrder(at+"/from", a.From, at+"/to", a.To)
	formed(c, at+"/signed", a.Signed, ParseDay)
	if a.SHA256 == "" {
		c.add(at+"/sha256", problem.MissingMember, "")
	}
	c.digest(at+"/sha256", a.SHA256)
}

// ParseAgreements reads a list of at most 1,000 agreements as JSON and checks
// each as [Agreement.Check] does; all mistakes come at once in a
// [*DocumentError]. It is as strict as [Parse].
func ParseAgreements(data []byte) ([]Agreement, error) {
	tree, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, invalid(problems(err))
	}
	var list []Agreement
	var bad []problem.Problem
	if err := tree.Decode(&list); err != nil {
		bad = problems(err)
	}
	c := &checker{}
	each(c, "", list, 1_000, (*checker).agreement)
	bad = append(bad, problem.Unrelated(c.found, bad)...)
	if len(bad) > 0 {
		return nil, invalid(bad)
	}
	return list, nil
}
