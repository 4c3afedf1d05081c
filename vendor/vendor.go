// Package vendor describes who makes a digital health tool: the organisation
// behind it and its number in the Norwegian register of legal entities.
//
// Most programs need [ParseOrgNumber], which checks a number before it is
// stored or shown. It checks the form and the check digit only, not whether the
// organisation exists, is active, or is the one that it says it is: look that
// up in Enhetsregisteret.
//
// The folder bears the name that the go command reserves for copies of
// dependencies. It is an ordinary package; go.work at the root of the
// repository says so to the go command. Import it as usual:
//
//	import "github.com/verktoykatalog/verktoy/vendor"
//
// Before version 1 exported names may still change; changes are listed.
package vendor

// Vendor is an organisation that offers tools.
type Vendor struct {
	// OrgNumber identifies the organisation; required.
	OrgNumber OrgNumber `json:"orgNumber"`
	// Name is the organisation's registered name; required.
	Name string `json:"name"`
}
