package approval

import (
	"maps"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// VendorDeclarationVersion is the version of the form of a vendor's declaration.
const VendorDeclarationVersion = 1

// VendorDeclaration is what a vendor answers once for all its tools: the
// requirements of a set whose scope is vendor alone. [CheckVendorDeclaration]
// reads and checks one, [Inherit] brings its answers into a declaration about a
// tool. It has no facts: those are about a tool.
type VendorDeclaration struct {
	// Version is [VendorDeclarationVersion]; 0 means the same.
	Version int `json:"version,omitempty"`
	// ID is the vendor's name for this declaration: letters, digits, "-", "." and "_", at most 64.
	ID        string         `json:"id"`
	Set       SetRef         `json:"set"`
	Vendor    vendor.Vendor  `json:"vendor"`
	Submitted catalogue.Date `json:"submitted"`
	SignedBy  Signatory      `json:"signedBy"`
	// Answers holds answers by the requirement's id. They cannot be inherited themselves.
	Answers map[string]Answer `json:"answers"`
	// Evidence lists the documents that answers refer to.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Digest is the SHA-256 of the declaration in one fixed form, as that of
// [SelfDeclaration.Digest]. A nil declaration has none.
func (d *VendorDeclaration) Digest() Digest {
	if d == nil {
		return ""
	}
	c := *d
	c.Version, c.Answers = VendorDeclarationVersion, maps.Clone(d.Answers)
	if c.Answers == nil {
		c.Answers = map[string]Answer{}
	}
	return digestOf(c)
}

// CheckVendorDeclaration reads a vendor's declaration of at most [MostBytes]
// against the set that it answers and finds what [CheckDeclaration] finds, with
// the form of [RequirementSet.VendorSchema]. A yes must be documented even where
// it depends on the tool whether the requirement applies; a level of evidence
// that hangs on facts is asked for when a tool inherits the answer. The errors
// are the same.
func CheckVendorDeclaration(data []byte, set *RequirementSet) (*VendorDeclaration, error) {
	v, own, err := opened(data, set)
	if err != nil {
		return nil, err
	}
	d := &VendorDeclaration{}
	c := &declarationCheck{set: own, mode: modeVendor, d: &SelfDeclaration{}}
	if err := c.judge(v, d, func() { *c.d = d.answers() }); err != nil {
		return nil, err
	}
	if d.Version == 0 {
		d.Version = VendorDeclarationVersion
	}
	return d, nil
}

// answers is the part that every declaration has.
func (d *VendorDeclaration) answers() SelfDeclaration {
	return SelfDeclaration{ID: d.ID, Set: d.Set, Vendor: d.Vendor, Submitted: d.Submitted, SignedBy: d.SignedBy,
		Answers: d.Answers, Evidence: d.Evidence}
}
