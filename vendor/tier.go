package vendor

import (
	"fmt"
	"slices"
)

// Tier is how much depends on a vendor. The zero Tier is the strictest.
type Tier string

// The tiers.
const (
	TierLow      Tier = "low"
	TierStandard Tier = "standard"
	TierHigh     Tier = "high"
	TierCritical Tier = "critical"
)

// rank is from 0; what is no tier is critical.
func (t Tier) rank() int { return rank(tiers, t) }

var tiers = []Tier{TierLow, TierStandard, TierHigh, TierCritical}

// SecurityLevel is how a vendor's word about security is confirmed. The zero
// SecurityLevel confirms nothing: as a level that is reached it is below all, as a
// level that is asked for it is never met.
type SecurityLevel string

// The levels, each including those before it.
const (
	LevelDeclared   SecurityLevel = "declared"    // the vendor says so
	LevelDocumented SecurityLevel = "documented"  // with documents
	LevelChecked    SecurityLevel = "checked"     // which the catalogue's managers have read and tried
	LevelThirdParty SecurityLevel = "third-party" // or somebody independent has
)

var levels = []SecurityLevel{LevelDeclared, LevelDocumented, LevelChecked, LevelThirdParty}

// Meets says whether the level that was reached is at least the one that is
// asked for. It is false if either is not one of the levels.
func (l SecurityLevel) Meets(asked SecurityLevel) bool {
	got, want := slices.Index(levels, l), slices.Index(levels, asked)
	return got >= 0 && want >= 0 && got >= want
}

// rank is the place in the list; what is not there has the last place.
func rank[T comparable](list []T, v T) int {
	if i := slices.Index(list, v); i >= 0 {
		return i
	}
	return len(list) - 1
}

var tierNames = map[Tier]Text{
	TierLow:      {"lav", "låg", "low"},
	TierStandard: {"vanlig", "vanleg", "standard"},
	TierHigh:     {"høy", "høg", "high"},
	TierCritical: {"kritisk", "kritisk", "critical"},
}

var levelNames = map[SecurityLevel]Text{
	LevelDeclared:   {"Egenerklæring er nok.", "Eigenerklæring er nok.", "The vendor's own declaration is enough."},
	LevelDocumented: {"Egenerklæringen må dokumenteres.", "Eigenerklæringa må dokumenterast.", "The declaration must be documented."},
	LevelChecked:    {"Dokumentasjonen må være kontrollert av forvaltningen.", "Dokumentasjonen må vere kontrollert av forvaltinga.", "The catalogue's managers must have checked the documents."},
	LevelThirdParty: {"En uavhengig tredjepart må ha kontrollert sikkerheten.", "Ein uavhengig tredjepart må ha kontrollert tryggleiken.", "An independent third party must have checked the security."},
}

// summary says tier and level in a sentence each.
func summary(t Tier, l SecurityLevel) Text {
	name, ask := tierNames[t], levelNames[l]
	return Text{NB: fmt.Sprintf("Leverandørens klasse er %s. %s", name.NB, ask.NB), NN: fmt.Sprintf("Klassen til leverandøren er %s. %s", name.NN, ask.NN),
		EN: fmt.Sprintf("The vendor's class is %s. %s", name.EN, ask.EN)}
}
