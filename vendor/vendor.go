// Package vendor describes who makes, delivers and runs digital health tools:
// the organisation and its number in the Norwegian register of legal entities,
// what it has agreed to, how much depends on it, and what the register says.
//
// Most programs need [ParseOrgNumber], which checks a number before it is
// stored or shown; [Parse] and [Vendor.Check] for the description of a vendor;
// [May], which says whether an organisation may do something under the
// agreements that are at hand; [Classify], which says how thoroughly it has to
// be looked into; and [NewEnhetsregisteret] with [Compare] to ask the register.
//
// The caller brings the agreements, today's day and the HTTP client, decides
// who may see a vendor's contacts, and has lawyers confirm the tables
// [DefaultRules] and [DefaultClassifier]: rows whose source is not public are
// marked as assumptions of this project, and both tables can be replaced.
//
// Not checked: that a document with a given digest exists and says what is
// claimed, that who signed had the right to, that a certificate's issuer is
// accredited, and that a basis for transfer out of the EEA holds in court.
//
// Sources: the register's open API (data.brreg.no), Norsk helsenett's list of
// agreements (nhn.no, avtaler, vilkår og priser) and terms of use
// (bruksvilkår), and Regulation (EU) 2016/679, GDPR, articles 28 and 44 to 47.
//
// The folder bears the name that the go command reserves for copies of
// dependencies. It is an ordinary package; go.work at the root of the
// repository says so to the go command. Import it as usual:
//
//	import "github.com/verktoykatalog/verktoy/vendor"
//
// Before version 1 exported names may still change; changes are listed.
package vendor

// Vendor is an organisation that offers tools or has another part in bringing
// them to people. Number and name are all that a catalogue shows; the rest is
// for those who approve, buy and run.
type Vendor struct {
	// OrgNumber identifies the organisation; required.
	OrgNumber OrgNumber `json:"orgNumber"`
	// Name is the organisation's registered name, at most 200 characters; required.
	Name string `json:"name"`
	// Country is where the organisation is established. Empty means that it is not said.
	Country Country `json:"country,omitempty"`
	// Roles are what the organisation does, each once. None means that it is not said.
	Roles []Role `json:"roles,omitempty"`
	// Contacts are whom to turn to, at most 50.
	Contacts []Contact `json:"contacts,omitempty"`
	// Subprocessors handle personal data for the vendor, at most 200. None means
	// that none are named, not that there are none.
	Subprocessors []Subprocessor `json:"subprocessors,omitempty"`
	// Certificates are what others have attested, at most 50.
	Certificates []Certificate `json:"certificates,omitempty"`
}

// Reference is the vendor's number and name alone, which is what a catalogue may show to everybody.
func (v Vendor) Reference() Vendor { return Vendor{OrgNumber: v.OrgNumber, Name: v.Name} }

// Role is what an organisation does.
type Role string

// The roles.
const (
	RoleToolVendor   Role = "tool-vendor"   // makes or offers digital health tools
	RoleEPRVendor    Role = "epr-vendor"    // makes an electronic patient record
	RolePortal       Role = "portal"        // shows and starts tools, as helsenorge.no does
	RoleProcessor    Role = "processor"     // handles personal data on behalf of others (GDPR, article 28)
	RoleContentOwner Role = "content-owner" // answers for what a tool says
	RoleSystemOwner  Role = "system-owner"  // owns a system that is connected to Helsenorge
)

var roles = []Role{RoleToolVendor, RoleEPRVendor, RolePortal, RoleProcessor, RoleContentOwner, RoleSystemOwner}
