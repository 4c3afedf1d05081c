package vendor

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Rules say which agreements an action needs: all rows of its kind. An action
// without a row is refused, so the zero Rules refuse everything.
type Rules []Rule

// Rule is one row: an action needs an agreement.
type Rule struct {
	Act  ActionKind
	Need AgreementKind
	// Of says whose agreement it must be.
	Of Holder
	// OnlyFor leaves the row out when the action is done for nobody else.
	OnlyFor bool
	// With is who the agreement must be with. Empty means anybody, for a host that
	// takes in agreements with one organisation only. Not used with [OfCustomerToSupplier].
	With OrgNumber
	// Source is where the rule comes from.
	Source string
	// Assumed says that nothing public confirms the rule.
	Assumed bool
}

// Holder is whose agreement it must be.
type Holder string

// The holders. The zero Holder is nobody, and what needs it is refused.
const (
	// OfActor is the organisation that acts.
	OfActor Holder = "actor"
	// OfPrincipal is the customer if the action is for one, else the organisation that acts.
	OfPrincipal Holder = "principal"
	// OfCustomerToSupplier is an agreement from the customer to the organisation that acts.
	OfCustomerToSupplier Holder = "customer-to-supplier"
)

var holders = []Holder{OfActor, OfPrincipal, OfCustomerToSupplier}

// Where the rules come from.
const (
	sourceMembers = "https://www.nhn.no/medlemskap-og-helsenettforbindelse/avtaler-vilkar-og-priser"
	sourceTerms   = "https://ehelse.no/e-resept-kjernejournal-og-helsenorgeno/bruksvilkar-for-nasjonale-e-helselosninger"
	sourceSystems = "https://helsenorge.atlassian.net/wiki/spaces/HELSENORGE/pages/23691278"
	sourceAltinn  = "https://helseid.atlassian.net/wiki/pages/diffpages.action?originalId=741900289&pageId=749371403"
	sourceAPI     = "https://github.com/NorskHelsenett/HelseID.Library"
	sourceNone    = "assumption of this project; nothing public is known"
)

// DefaultRules are what is public about agreements in Norway, and one
// assumption. The slice is the caller's own: change it, and fill in With.
func DefaultRules() Rules {
	return Rules{
		{Act: ActConnectHelsenettet, Need: AgreementMembership, Of: OfActor, Source: sourceMembers},
		{Act: ActConnectHelsenettet, Need: AgreementCustomer, Of: OfActor, Source: sourceMembers},
		{Act: ActConnectHelsenettet, Need: AgreementDataProcessing, Of: OfActor, Source: sourceMembers},
		{Act: ActUseHelsenorge, Need: AgreementHelsenorgeGeneral, Of: OfPrincipal, Source: sourceTerms},
		{Act: ActUseHelsenorge, Need: AgreementHelsenorgeSpecial, Of: OfPrincipal, Source: sourceTerms},
		{Act: ActUseHelsenorge, Need: AgreementDelegation, Of: OfCustomerToSupplier, OnlyFor: true, Source: sourceNone, Assumed: true},
		{Act: ActConnectSystem, Need: AgreementConnection, Of: OfActor, Source: sourceSystems},
		{Act: ActCallAPI, Need: AgreementAPI, Of: OfPrincipal, Source: sourceAPI},
		{Act: ActCallAPI, Need: AgreementDelegation, Of: OfCustomerToSupplier, OnlyFor: true, Source: sourceAltinn},
		{Act: ActForCustomer, Need: AgreementDelegation, Of: OfCustomerToSupplier, Source: sourceAltinn},
		{Act: ActOfferTool, Need: AgreementTool, Of: OfActor, Source: sourceNone, Assumed: true},
	}
}

// Check names every fault of the rows: an action, agreement, holder or source
// that is missing or unknown, and a With that is not an organisation number.
func (r Rules) Check() error {
	var faults []string
	for i, row := range r {
		for name, bad := range map[string]bool{
			"Act": row.Act == "", "Need": !slices.Contains(agreementKinds, row.Need), "Of": !slices.Contains(holders, row.Of),
			"With": row.With != "" && !row.With.valid(), "Source": row.Source == "",
		} {
			if bad {
				faults = append(faults, fmt.Sprintf("row %d, field %s", i, name))
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return errors.New("vendor: invalid Rules: " + strings.Join(faults, "; "))
}
