package launchtest

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// helseIDTenants is the system of a multi-tenant client's organisations.
const helseIDTenants = "urn:oid:1.0.6523"

// helseIDUnit is the organisation that a token is for.
type helseIDUnit struct {
	parent, child string
	rejected      []string
}

// unit reads for which organisation the client asks. The structure is in the
// claim assertion_details, or authorization_details as NHN's samples have it.
func (h *HelseID) unit(c HelseIDClient, claims *strictjson.Value) (helseIDUnit, *helseIDRefusal) {
	details, f := helseIDDetails(claims)
	switch {
	case f != nil:
		return helseIDUnit{}, f
	case details == nil:
		return h.unnamed(c)
	}
	system, value, is := identifier(details)
	if !is {
		return helseIDUnit{}, refusal(invalidRequest, "details with type, practitioner_role, organization and identifier (system, type, value) and nothing else")
	}
	if c.MultiTenant {
		return customer(c, system, value)
	}
	if system != h.cfg.UnitSystem || !isOrganisation(value) {
		return helseIDUnit{}, refusal(invalidRequest, "details of a single-tenant client: system "+h.cfg.UnitSystem+", value of nine digits")
	}
	return helseIDUnit{parent: c.Organisation, child: value}, nil
}

// helseIDDetails finds the one structure: alone, or alone in a list.
func helseIDDetails(claims *strictjson.Value) (*strictjson.Value, *helseIDRefusal) {
	details, there := claims.Member("assertion_details")
	other, also := claims.Member("authorization_details")
	switch {
	case there && also:
		return nil, refusal(invalidRequest, "assertion_details or authorization_details")
	case also:
		details = other
	case !there:
		return nil, nil
	}
	if details.Kind == strictjson.Array {
		if len(details.Items) != 1 {
			return nil, refusal(invalidRequest, "details of one organisation")
		}
		details = details.Items[0]
	}
	return details, nil
}

func identifier(details *strictjson.Value) (system, value string, is bool) {
	outer, is := only(details, "type", "practitioner_role")
	if !is || outer[0].Kind != strictjson.String || outer[0].Text != "helseid_authorization" {
		return "", "", false
	}
	inner := outer[1]
	for _, name := range []string{"organization", "identifier"} {
		members, is := only(inner, name)
		if !is {
			return "", "", false
		}
		inner = members[0]
	}
	_, is = only(inner, "system", "type", "value")
	return textOf(inner, "system"), textOf(inner, "value"), is && textOf(inner, "type") == "ENH"
}

// unnamed is a client that names no organisation. A single-tenant client has but one.
func (h *HelseID) unnamed(c HelseIDClient) (helseIDUnit, *helseIDRefusal) {
	switch {
	case !c.MultiTenant:
		return helseIDUnit{parent: c.Organisation}, nil
	case h.cfg.LateOrganisation:
		return helseIDUnit{}, nil
	}
	return helseIDUnit{}, refusal(invalidRequest, "details that name the organisation of a multi-tenant client")
}

// customer reads NO:ORGNR:<parent>:<child>; the child may be empty, and is not looked up.
func customer(c HelseIDClient, system, value string) (helseIDUnit, *helseIDRefusal) {
	parts := strings.Split(value, ":")
	if system != helseIDTenants || len(parts) != 4 || parts[0] != "NO" || parts[1] != "ORGNR" || !isOrganisation(parts[2]) ||
		parts[3] != "" && !isOrganisation(parts[3]) {
		return helseIDUnit{}, refusal(invalidRequest, "details of a multi-tenant client: system "+helseIDTenants+", value NO:ORGNR:<parent>:<child>")
	}
	i := slices.IndexFunc(c.Customers, func(x HelseIDCustomer) bool { return x.Organisation == parts[2] })
	if i < 0 {
		return helseIDUnit{}, refusal(invalidRequest, "an organisation that has delegated to the client's owner")
	}
	return helseIDUnit{parent: parts[2], child: parts[3], rejected: c.Customers[i].Rejected}, nil
}
