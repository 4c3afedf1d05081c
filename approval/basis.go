package approval

import "slices"

// CheckBasis says whether the decision is as it was made, and was made on this declaration and by this set: [ErrAltered],
// [ErrOtherDeclaration], [ErrOtherSet] or [ErrSet]. Without it nobody may show the three together.
func (d *Decision) CheckBasis(on *SelfDeclaration, by *RequirementSet) error {
	switch {
	case by == nil || by.own == nil:
		return ErrSet
	case d == nil || d.intact() != nil:
		return ErrAltered
	case d.Set != ReleasedSet{ID: by.own.ID, Version: by.own.Version, SHA256: by.digest}:
		return ErrOtherSet
	case on == nil || d.Declaration != DeclarationRef{ID: on.ID, SHA256: on.Digest()}:
		return ErrOtherDeclaration
	}
	return nil
}

// Proven is the level that a piece of evidence in this declaration has on closer look. [Checked] by nobody but the vendor's signatory or
// contacts, or [ThirdParty] without an issuer other than the vendor under any spelling or legal form, is [Documented]; and [Documented]
// without address and digest is [Declared]. Names are all that is compared: who stands behind them, and whether the person named has
// checked anything, is the vendor's own word.
func (d *SelfDeclaration) Proven(e Evidence) Level { return e.proven(insidersOf(d)) }

// Proven is the level of a piece of evidence of the declaration that was decided on: what an assessor has found, where a finding counted, or
// [SelfDeclaration.Proven]. Whether a requirement asks that an assessor has found it is not looked at.
func (d *Decision) Proven(on *SelfDeclaration, e Evidence) Level {
	i := slices.IndexFunc(d.Findings, func(f FindingRecord) bool { return f.Evidence == e.ID && e.ID != "" })
	if i < 0 {
		return on.Proven(e)
	}
	return d.Findings[i].Level
}
