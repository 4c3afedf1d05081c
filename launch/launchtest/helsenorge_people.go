package launchtest

import (
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/launch"
)

// HelsenorgeClient is a tool as it is registered at Helsenorge. ID, RedirectURIs
// and Keys are required; the rest is what it is granted.
type HelsenorgeClient struct {
	// ID is the client_id.
	ID string
	// Name is shown at the login. Empty means the ID.
	Name string
	// RedirectURIs are the callbacks, compared letter for letter: https, or http on this machine.
	RedirectURIs []string
	// Keys check the tool's client assertions: RSA, exchanged by hand. An assertion
	// with a kid that Keys does not know is tried with a key that has none. A single
	// key of another type without kid is refused at once, other such keys when an
	// assertion comes: Keys does not say which it has.
	Keys launch.Keys
	// Refresh allows offline_access.
	Refresh bool
	// OnBehalf allows that a citizen uses the tool for another.
	OnBehalf bool
	// Grants are the informational elements that the tool gets, such as [GrantNationalID].
	Grants []string
}

// GrantNationalID is the informational element that has the national identity
// number told to the tool, by the name that introspection shows in scope. Others,
// such as oidcnavn and oidcfodselsdatoinformasjon, change nothing here.
const GrantNationalID = "oidcfodselsnummer"

// AddClient registers a tool, or replaces the one with this ID.
func (h *Helsenorge) AddClient(c HelsenorgeClient) error {
	setDefault(&c.Name, c.ID)
	if err := c.faults(); err != nil {
		return err
	}
	c.RedirectURIs, c.Grants = slices.Clone(c.RedirectURIs), slices.Clone(c.Grants)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[c.ID] = c
	return nil
}

func (c HelsenorgeClient) faults() error {
	var f faultList
	f.check(c.ID != "", "field ID is empty")
	f.check(c.Keys != nil, "field Keys is nil")
	f.check(!onlyOther(c.Keys), "field Keys has a key that is not RSA, which Helsenorge takes for RS256 and PS512")
	f.check(len(c.RedirectURIs) > 0, "field RedirectURIs is empty")
	for i, s := range c.RedirectURIs {
		u, err := url.Parse(s)
		f.check(err == nil && isSecure(u), fmt.Sprintf("RedirectURIs[%d] is not https, or http on this machine", i))
	}
	return f.err("HelsenorgeClient")
}

// client finds a registered tool.
func (h *Helsenorge) client(id string) (HelsenorgeClient, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, there := h.clients[id]
	return c, there
}

// Relation is why one person may act for another: Helsenorge's code list
// http://helsenorge.no/fhir/KanUtforesAv.
type Relation string

// The relations.
const (
	RelationSelf      Relation = "1" // only the citizen
	RelationChild     Relation = "2" // parent of a child under 12
	RelationOlder     Relation = "3" // parent of a child of 12 to 16
	RelationAssigned  Relation = "4" // representative with assigned power (tildelt fullmakt)
	RelationPower     Relation = "5" // representative with ordinary power (fullmakt)
	RelationHidden    Relation = "6" // hidden address
	RelationTeenager  Relation = "7" // citizen of 13 to 16
	relationsBetween           = "2345"
	relationsOfOneOwn          = "167"
)

// Citizen is a made-up person. ID, Name and NationalID are required.
type Citizen struct {
	// ID names the citizen in tests and on the login page; tools never see it.
	ID string
	// Name is shown on the login page.
	Name string
	// NationalID is a synthetic identity number; see [SyntheticNumber].
	NationalID string
	// Alone is the relation to oneself: [RelationSelf], which is the default,
	// [RelationHidden] or [RelationTeenager]. Who has a hidden address neither
	// represents nor is represented.
	Alone Relation
	// NotDigitallyActive refuses the login for tools.
	NotDigitallyActive bool
	// NoLogin is for who is represented only, such as a small child.
	NoLogin bool
	// Represents are the persons whom this one may act for.
	Represents []Representation
}

// Representation is whom a citizen may act for, and why.
type Representation struct {
	// Citizen is the other's ID.
	Citizen string
	// Relation is from [RelationChild] to [RelationPower].
	Relation Relation
}

// Citizens are made-up persons, one for each thing that can happen at a login:
//
//	kari   acts for her child ola (2), her child ine (3), her mother gerd (5) and her brother leif (4)
//	per    acts for nobody
//	ine    is 14
//	nils   is not digitally active
//	hilde  has a hidden address
//	gerd and leif can log in, too; ola, who is a small child, cannot
func Citizens() []Citizen {
	return []Citizen{
		{ID: "kari", Name: "Kari Prøvesen", NationalID: SyntheticNumber("018180"), Represents: []Representation{
			{"ola", RelationChild}, {"ine", RelationOlder}, {"leif", RelationAssigned}, {"gerd", RelationPower}}},
		{ID: "per", Name: "Per Eksempel", NationalID: SyntheticNumber("128275")},
		{ID: "ine", Name: "Ine Prøvesen", NationalID: SyntheticNumber("038312"), Alone: RelationTeenager},
		{ID: "ola", Name: "Ola Prøvesen", NationalID: SyntheticNumber("098418"), NoLogin: true},
		{ID: "leif", Name: "Leif Oppdikt", NationalID: SyntheticNumber("218583")},
		{ID: "gerd", Name: "Gerd Oppdikt", NationalID: SyntheticNumber("178649")},
		{ID: "nils", Name: "Nils Utenfor", NationalID: SyntheticNumber("058766"), NotDigitallyActive: true},
		{ID: "hilde", Name: "Hilde Ukjent", NationalID: SyntheticNumber("248891"), Alone: RelationHidden},
	}
}

// SyntheticNumber is a number of nobody: the first with these six digits and
// right check digits. The month must be one of Skatteetaten's (81 to 92) or
// NAV's (41 to 52); it panics if there is no such number.
func SyntheticNumber(sixDigits string) string {
	for n := range 100_000 {
		if s := fmt.Sprintf("%s%05d", sixDigits, n); nationalid.Valid(s) && nationalid.Synthetic(s) {
			return s
		}
	}
	panic("launchtest: no synthetic number begins so")
}

func copyCitizens(from []Citizen) []Citizen {
	to := slices.Clone(from)
	for i := range to {
		to[i].Represents = slices.Clone(to[i].Represents)
		setRelation(&to[i].Alone)
	}
	return to
}

func setRelation(r *Relation) {
	if *r == "" {
		*r = RelationSelf
	}
}

// SetDigitallyActive says whether the citizen may log in to tools.
func (h *Helsenorge) SetDigitallyActive(citizen string, active bool) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.citizens {
		if h.citizens[i].ID == citizen {
			h.citizens[i].NotDigitallyActive = !active
			return nil
		}
	}
	return errors.New("launchtest: no such citizen")
}

// citizen finds a citizen. The caller holds the lock.
func (h *Helsenorge) citizen(id string) (Citizen, bool) {
	for _, c := range h.citizens {
		if c.ID == id {
			return c, true
		}
	}
	return Citizen{}, false
}

// Subject is the pseudonym that the client knows the citizen by: random, and another for each client.
func (h *Helsenorge) Subject(client, citizen string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.subject(client, citizen)
}

func (h *Helsenorge) subject(client, citizen string) string {
	pair := [2]string{client, citizen}
	if h.state.subjects[pair] == "" {
		h.state.subjects[pair] = newGUID()
	}
	return h.state.subjects[pair]
}
