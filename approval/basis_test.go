package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/approval"
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
		assert.Equal(t, c.want, c.e.Proven("Søvnhjelp AS"))
	}
}
