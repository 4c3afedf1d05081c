package helseid

import (
	"errors"

	"github.com/verktoykatalog/verktoy/internal/orgnumber"
)

// Organisation is whom a token is for, by numbers of the register of legal
// entities: nine digits, the last a check digit.
//
// With MultiTenant, Parent is the customer and required, and Child one of its
// units or "". HelseID looks for a delegation (Altinn) from the parent to the
// supplier; it does not check the child. Without MultiTenant, Parent must be
// empty, because HelseID knows it, and Child is the unit or "".
type Organisation struct {
	Parent string
	Child  string
}

var (
	errNumber   = errors.New("want organisation numbers of nine digits with a valid check digit")
	errNoParent = errors.New("want a Parent, since the client is multi-tenant")
	errParent   = errors.New("want no Parent, since the client is not multi-tenant")
)

func (o Organisation) check(multi bool) error {
	switch {
	case multi && o.Parent == "":
		return errNoParent
	case !multi && o.Parent != "":
		return errParent
	case o.Parent != "" && !orgnumber.Valid(o.Parent), o.Child != "" && !orgnumber.Valid(o.Child):
		return errNumber
	}
	return nil
}

// claims are what a client assertion says of the organisation; nil for nothing:
// a client that is not multi-tenant and needs its parent only.
func (o Organisation) claims(cfg *Config) map[string]any {
	switch {
	case cfg.MultiTenant:
		return map[string]any{cfg.DetailsClaim: details("urn:oid:1.0.6523", "NO:ORGNR:"+o.Parent+":"+o.Child)}
	case o.Child != "":
		return map[string]any{cfg.DetailsClaim: details(cfg.ChildSystem, o.Child)}
	}
	return nil
}

func details(system, value string) any {
	type object = map[string]any
	return object{"type": "helseid_authorization", "practitioner_role": object{"organization": object{
		"identifier": object{"system": system, "type": "ENH", "value": value}}}}
}
