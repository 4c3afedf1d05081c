package approval

import (
	"errors"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// ErrFinding: an assessor's finding is not in its form, or is by one of the
// vendor's own people. It comes in a [*RefusedError] that names every fault.
var ErrFinding = errors.New("approval: unusable finding")

// Finding is what somebody of the catalogue's owner has found about a
// declaration, so that it does not rest on the vendor's own word: either how
// much a piece of evidence that was opened proves (Evidence, SHA256, Level), or
// what a fact that the vendor has stated really is (Fact, Value).
//
// [Input.Evaluate] lets a finding take the place of what the vendor has written,
// also where it lowers it; the requirement set says where nothing counts without
// one ([EvidenceRule.Assessed], [Fact.Assessed]). It raises evidence to [Checked]
// at most: [ThirdParty] is only confirmed, for it stays what an independent issuer
// has said. Of several about the same thing the one of the latest day counts, and
// of one day the lowest level; where findings of one day disagree about a fact,
// it is not known. A finding has no end of its own: it is about one declaration,
// and so lasts no longer than that.
type Finding struct {
	// ID names the finding: letters, digits, "-", "." and "_", at most 64.
	ID string `json:"id"`
	// Declaration is what was assessed, in exactly these words: a finding does not
	// count for another one, nor for this one once something in it is changed.
	// What kind a document is and how long it holds is said there.
	Declaration DeclarationRef `json:"declaration"`
	// Evidence is the id of the document that was opened, and SHA256 the digest of
	// the bytes that were read, which must be those that are declared. Where the
	// declaration has no digest, what is at the address may be something else
	// tomorrow: SHA256 is empty then, and the finding can only lower the level.
	Evidence string `json:"evidence,omitempty"`
	SHA256   Digest `json:"sha256,omitempty"`
	// Level is how much the document proves.
	Level Level `json:"level,omitempty"`
	// Fact is the id of a fact that the declaration states, Value what it is: the
	// same, or something else.
	Fact  string    `json:"fact,omitempty"`
	Value FactValue `json:"value,omitempty"`
	// Note says why, to the vendor too: it is kept in the decision. At most 4000 characters.
	Note string   `json:"note"`
	By   Assessor `json:"by"`
	// Day is when it was found: on the day of submission or later.
	Day catalogue.Date `json:"day"`
}

// Assessor is somebody of the catalogue's owner who opens documents. That the
// person has the role is the caller's business.
type Assessor struct {
	// ID is a pseudonym or a staff number, in the form of [Actor.ID].
	ID string `json:"id"`
	// Name is compared with those of the vendor's own people, who cannot be assessors.
	Name string `json:"name"`
	// Role is [RoleAssessor] or [RolePanel].
	Role CaseRole `json:"role"`
}

// Digest is the SHA-256 of the finding as JSON in the order of the Go fields, a
// number as JSON has it. A value that no fact can have is left out.
func (f Finding) Digest() Digest {
	f.Value = plain(f.Value)
	return digestOf(f)
}

// FindingRecord is a finding as a decision keeps it.
type FindingRecord struct {
	ID string `json:"id"`
	// SHA256 is [Finding.Digest].
	SHA256 Digest `json:"sha256"`
	// Evidence and Level, or Fact and Value, are what was found.
	Evidence string    `json:"evidence,omitempty"`
	Level    Level     `json:"level,omitempty"`
	Fact     string    `json:"fact,omitempty"`
	Value    FactValue `json:"value,omitempty"`
	// Text says what was found, when, by whom and why; or why it does not count.
	Text catalogue.Text `json:"text"`
}
