package vendor

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Classifier is a table from exposure to tier, and from tier to security level.
// There is no public Norwegian list to build it on: what [DefaultClassifier]
// gives is this project's assumption, and a host replaces it with its own.
type Classifier struct {
	// Rows give each value of each factor its tier.
	Rows []ClassRow
	// Levels give each tier the security assessment that it asks for. A tier that is not there asks for [LevelThirdParty].
	Levels map[Tier]SecurityLevel
	// Source is where the table comes from, and Assumed that nothing public confirms it.
	Source  string
	Assumed bool
}

// ClassRow is one value of one factor.
type ClassRow struct {
	Factor Factor
	// Value is one of the factor's constants, such as string([DataHealth]).
	Value string
	Tier  Tier
	// Text is the reason, in words.
	Text Text
}

// Check names every fault of the table: factors, values, tiers and levels that
// do not exist, values that stand twice, texts that are missing, and tiers or
// levels that go down while the exposure goes up.
func (c Classifier) Check() error {
	faults := c.rowFaults()
	for _, s := range scales {
		if c.falls(s) {
			faults = append(faults, fmt.Sprintf("factor %s: a tier is lower than that of a smaller value", s.factor))
		}
	}
	for t, l := range c.Levels {
		if !slices.Contains(tiers, t) || !slices.Contains(levels, l) {
			faults = append(faults, fmt.Sprintf("Levels[%q]: want a tier and a level that exist", t))
		}
	}
	for i := range tiers[1:] {
		if rank(levels, c.level(tiers[i+1])) < rank(levels, c.level(tiers[i])) {
			faults = append(faults, fmt.Sprintf("Levels[%q]: lower than that of a lower tier", tiers[i+1]))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return errors.New("vendor: invalid Classifier: " + strings.Join(faults, "; "))
}

func (c Classifier) rowFaults() []string {
	var faults []string
	seen := map[string]bool{}
	for i, row := range c.Rows {
		key := string(row.Factor) + " " + row.Value
		switch {
		case !exists(row.Factor, row.Value):
			faults = append(faults, fmt.Sprintf("row %d: want a factor and a value that exist", i))
		case !slices.Contains(tiers, row.Tier):
			faults = append(faults, fmt.Sprintf("row %d: want a tier that exists", i))
		case !row.Text.complete():
			faults = append(faults, fmt.Sprintf("row %d: want a text in nb, nn and en", i))
		case seen[key]:
			faults = append(faults, fmt.Sprintf("row %d: the value has a row already", i))
		}
		seen[key] = true
	}
	return faults
}

func exists(f Factor, value string) bool {
	return slices.ContainsFunc(scales, func(s scale) bool { return s.factor == f && slices.Contains(s.values, value) })
}

// falls says that somewhere on the scale more exposure gives a lower tier.
func (c Classifier) falls(s scale) bool {
	before := 0
	for _, value := range s.values {
		now := c.reason(s.factor, value).Tier.rank()
		if now < before {
			return true
		}
		before = now
	}
	return false
}
