package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/vendor"
)

func TestCheckBasis(t *testing.T) {
	set := small(t)
	d := good(t, set, nil)
	dec := evaluate(t, nil)
	assert.NoError(t, dec.CheckBasis(d, set))

	altered := *dec
	altered.Outcome = approval.Rejected
	assert.ErrorIs(t, altered.CheckBasis(d, set), approval.ErrAltered)
	assert.ErrorIs(t, (*approval.Decision)(nil).CheckBasis(d, set), approval.ErrAltered)
	assert.ErrorIs(t, dec.CheckBasis(nil, set), approval.ErrOtherDeclaration)
	assert.ErrorIs(t, dec.CheckBasis(good(t, set, guided), set), approval.ErrOtherDeclaration)
	assert.ErrorIs(t, dec.CheckBasis(d, nil), approval.ErrSet)
	assert.ErrorIs(t, dec.CheckBasis(d, &approval.RequirementSet{}), approval.ErrSet)
	other, err := approval.ParseRequirementSet(append(read(t, "small@1.0.0.json"), '\n'))
	assert.NoError(t, err)
	assert.ErrorIs(t, dec.CheckBasis(d, other), approval.ErrOtherSet)
}

func TestProven(t *testing.T) {
	for _, c := range []struct {
		e    approval.Evidence
		want approval.Level
	}{
		{approval.Evidence{}, approval.Declared},
		{approval.Evidence{Level: approval.Documented}, approval.Declared},
		{approval.Evidence{Level: approval.Documented, URL: "https://example.no"}, approval.Documented},
		{approval.Evidence{Level: approval.Checked, URL: "https://example.no"}, approval.Documented},
		{approval.Evidence{Level: approval.Checked, CheckedBy: "Kari"}, approval.Checked},
		{approval.Evidence{Level: approval.ThirdParty, Issuer: "søvnhjelp as", URL: "https://example.no"}, approval.Documented},
		{approval.Evidence{Level: approval.ThirdParty, Issuer: "Testerne AS"}, approval.ThirdParty},
	} {
		assert.Equal(t, c.want, vendorsOwn().Proven(c.e), c.e)
	}
}

func vendorsOwn() *approval.SelfDeclaration {
	return &approval.SelfDeclaration{SignedBy: approval.Signatory{Name: "Kari Nordmann"},
		Vendor: vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS", Contacts: []vendor.Contact{
			{Name: "Anne Lie", Email: "tryggleik@sovn.example"}}}}
}

// The vendor's own people and the vendor itself prove nothing, whatever they are called.
func TestTheVendorsOwnCheckIsADocument(t *testing.T) {
	for name, own := range map[string]bool{
		"Kari Nordmann": true, "KARI  NORDMANN": true, "Nordmann, Kari": true, "Kari Nordmann, daglig leder": true, "Kari": false,
		"Anne Lie": true, "tryggleik@sovn.example": true, "Anne Berg": false, "Ola Nordmann": false,
		"Søvnhjelp": true, "Søvnhjelp AS": true, "SØVNHJELP ASA": true, "Søvnhjelp A/S": true, "Søvn-hjelp a.s.": true,
		"Soevnhjelp": true, "Sovnhjelp Aksjeselskap": true, "Søvnhjelp AS, avdeling test": true, "Firma 999 999 999": true,
		"Søvnhjelpen AS": false, "Bedre Søvnhjelp AS": false, "Søvnhjelp Kontroll AS": false, "AS": false, "Testerne AS": false, "–": false,
	} {
		want := approval.Checked
		if own {
			want = approval.Documented
		}
		d := vendorsOwn()
		assert.Equal(t, want, d.Proven(approval.Evidence{Level: approval.Checked, CheckedBy: name, URL: "https://example.no"}), name)
		issued := d.Proven(approval.Evidence{Level: approval.ThirdParty, Issuer: name, URL: "https://example.no"})
		assert.Equal(t, own, issued == approval.Documented, name)
	}
}

// A name without letters is nobody's; a vendor without a name has none to compare.
func TestNamesWithoutLettersAreNotAlike(t *testing.T) {
	d := &approval.SelfDeclaration{}
	assert.Equal(t, approval.ThirdParty, d.Proven(approval.Evidence{Level: approval.ThirdParty, Issuer: "Testerne AS"}))
}

// What was found takes the place of what was declared, where it counted.
func TestADecisionKnowsWhatWasFound(t *testing.T) {
	d := good(t, small(t), claim(approval.Checked))
	for level, findings := range map[approval.Level][]aFinding{
		approval.Checked:    nil,
		approval.Documented: {finds(d, atLevel(approval.Documented))},
		approval.Declared:   {finds(d, atLevel(approval.Declared)), finds(d, onDay("f-2", "2026-11-09"))},
	} {
		dec, err := input(small(t), d, findings...).Evaluate()
		require.NoError(t, err)
		assert.Equal(t, level, dec.Proven(d, d.Evidence[0]))
		assert.Equal(t, approval.Declared, dec.Proven(d, d.Evidence[1]))
		assert.Equal(t, approval.Declared, dec.Proven(d, approval.Evidence{}))
	}
}
