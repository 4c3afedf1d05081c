package launch

import (
	"errors"
	"net/url"
	"strings"
	"time"
)

// Launch is an accepted launch: who, for whom, about what, and how sure that is.
// It can be stored and shown: as JSON it holds pseudonyms, no identity numbers
// and no tokens.
type Launch struct {
	// Profile is the [Profile.ID] that accepted it, perhaps with a slash and the
	// message's version: "hti/2.0".
	Profile string `json:"profile"`
	// Issuer is the portal, as in the closed list.
	Issuer string `json:"issuer"`
	// MessageID is the message's own id, unique per issuer: what to name when reporting back.
	MessageID string `json:"messageId"`
	// Actor is the person who launches.
	Actor Party `json:"actor"`
	// Patient is the person it is about; the actor when the message names no other.
	Patient Party `json:"patient"`
	// Acting says in which role the actor acts for the patient; empty is the same as [ActingUnspecified].
	Acting Acting `json:"acting"`
	// Relation is the provider's own code for how they are related; "" if it gives
	// none. Of Helsenorge it is a code of KanUtforesAv.
	Relation string `json:"relation,omitempty"`
	// Task is the task instance; its Type may be empty.
	Task Party `json:"task"`
	// Definition is the canonical URL of what is to be done; "" if not given.
	Definition string `json:"definition"`
	// Intent is the portal's word for why; "" if not given. No meaning is attached to it.
	Intent string `json:"intent"`
	// Assurance is what is known of the person in the browser.
	Assurance Assurance `json:"assurance"`
	// Issued and Expires are the message's own times, in UTC.
	Issued  time.Time `json:"issued"`
	Expires time.Time `json:"expires"`
	// Context is what else stood in the address that the portal opened, of a
	// launch with a login; each name has one value. Whoever made the link chose
	// it, so check it like any address that a browser asks for.
	Context url.Values `json:"context,omitempty"`
	// Earlier is the tool's session that this browser had when the login began, as
	// [HandlerConfig.Session] named it; "" for none. End it.
	Earlier Secret `json:"-"`
	// Tokens are for the provider's APIs; nil without a login.
	Tokens *Tokens `json:"-"`
	// NationalID is the patient's national identity number, where a login tells
	// the tool; else zero.
	NationalID Secret `json:"-"`
}

// Party is a FHIR reference to a person or thing: a resource type and an id.
// The zero Party is nobody.
type Party struct{ Type, ID string }

// ErrParty is what a text that is not a FHIR reference gives. It does not hold the text.
var ErrParty = errors.New("a FHIR reference: resource type, slash, id of 1 to 64 letters, digits, hyphens and dots")

// ParseParty reads "Patient/7f0b" or a bare id, whose Type is "". The error is [ErrParty].
func ParseParty(s string) (Party, error) {
	kind, id, typed := strings.Cut(s, "/")
	if !typed {
		kind, id = "", s
	}
	if typed && !isResourceType(kind) || !isID(id) {
		return Party{}, ErrParty
	}
	return Party{Type: kind, ID: id}, nil
}

// isResourceType takes a capital and 1 to 63 letters. FHIR R4, section 2.3.0.1.
func isResourceType(s string) bool {
	return len(s) >= 2 && len(s) <= 64 && s[0] >= 'A' && s[0] <= 'Z' && !strings.ContainsFunc(s, func(r rune) bool { return !isLetter(r) })
}

// isID takes 1 to 64 letters, digits, hyphens and dots. FHIR R4, section 2.24.0.1.
func isID(s string) bool {
	return len(s) >= 1 && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return !isLetter(r) && (r < '0' || r > '9') && r != '-' && r != '.'
	})
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// String is the reference: "Patient/7f0b", a bare id without Type, "" for nobody.
func (p Party) String() string {
	if p.Type == "" {
		return p.ID
	}
	return p.Type + "/" + p.ID
}

// MarshalText is [Party.String].
func (p Party) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is [ParseParty]; an empty text is the zero Party.
func (p *Party) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*p = Party{}
		return nil
	}
	*p, err = ParseParty(string(text))
	return err
}

// Assurance says what is known of the person in the browser. The zero value is
// nothing, and no policy accepts it.
type Assurance int

const (
	// Bearer means that a portal signed a message: whoever holds it may use it, once.
	Bearer Assurance = iota + 1
	// Authenticated means that this very browser went through a login.
	Authenticated
)

// String is "none", "bearer" or "authenticated".
func (a Assurance) String() string {
	switch a {
	case Bearer:
		return "bearer"
	case Authenticated:
		return "authenticated"
	}
	return "none"
}

// MarshalText is [Assurance.String].
func (a Assurance) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what [Assurance.String] gives.
func (a *Assurance) UnmarshalText(text []byte) error {
	for _, known := range []Assurance{0, Bearer, Authenticated} {
		if string(text) == known.String() {
			*a = known
			return nil
		}
	}
	return errors.New("one of none, bearer, authenticated")
}

// Acting is the role in which the actor acts for the patient.
type Acting string

// The roles.
const (
	ActingSelf         Acting = "self"
	ActingParent       Acting = "parent"
	ActingProxy        Acting = "proxy"
	ActingRelative     Acting = "relative"
	ActingProfessional Acting = "professional"
	ActingUnspecified  Acting = "unspecified"
)

func (a Acting) valid() bool {
	switch a {
	case ActingSelf, ActingParent, ActingProxy, ActingRelative, ActingProfessional, ActingUnspecified:
		return true
	}
	return false
}
