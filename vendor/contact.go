package vendor

// Contact is whom to turn to. It holds an e-mail address or a telephone number,
// or both. A shared mailbox is better than a person's: people leave.
type Contact struct {
	// Kind says what for; required.
	Kind ContactKind `json:"kind"`
	// Name is a person's or a department's, at most 200 characters; may be empty.
	Name string `json:"name,omitempty"`
	// Email is one address, at most 254 characters. Whether it exists is not known.
	Email string `json:"email,omitempty"`
	// Phone is 5 to 15 digits, which may be grouped, with "+" and the country's
	// code in front if it is abroad: "22 22 22 22", "+46 70 123 45 67". Eleven
	// digits without a space are refused: they may be an identity number.
	Phone string `json:"phone,omitempty"`
}

// ContactKind is what a contact is there for.
type ContactKind string

// The kinds of contacts.
const (
	ContactCommercial ContactKind = "commercial"
	ContactTechnical  ContactKind = "technical"
	ContactSecurity   ContactKind = "security" // reports of weaknesses and incidents
	ContactPrivacy    ContactKind = "privacy"  // the data protection officer, where there is one
	ContactClinical   ContactKind = "clinical" // who answers for what the tool says
)

var contactKinds = []ContactKind{ContactCommercial, ContactTechnical, ContactSecurity, ContactPrivacy, ContactClinical}
