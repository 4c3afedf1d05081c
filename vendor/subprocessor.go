package vendor

// Subprocessor is another organisation that handles personal data for the
// vendor (GDPR, article 28(2) and (4)).
type Subprocessor struct {
	// Name is the organisation's, at most 200 characters; required.
	Name string `json:"name"`
	// OrgNumber identifies it if it is Norwegian; else Country says where it is
	// established. One of the two is required.
	OrgNumber OrgNumber `json:"orgNumber,omitempty"`
	Country   Country   `json:"country,omitempty"`
	// Service is what it does, in words, at most 1,000 characters; required.
	Service string `json:"service"`
	// ProcessedIn are the countries where data are stored or can be read from, at least one.
	ProcessedIn []Country `json:"processedIn"`
	// TransferBasis is required when one of these countries is outside the EEA,
	// and must be empty when none is.
	TransferBasis TransferBasis `json:"transferBasis,omitempty"`
	// Agreed is the day of the data-processing agreement; required.
	Agreed Day `json:"agreed"`
}

// Outside gives the countries of ProcessedIn that are not in the EEA.
func (s Subprocessor) Outside() []Country {
	var out []Country
	for _, c := range s.ProcessedIn {
		if !c.InEEA() {
			out = append(out, c)
		}
	}
	return out
}

// TransferBasis is what allows personal data to leave the EEA. The exceptions
// of GDPR, article 49, are not among them: they are not made for what goes on
// day after day.
type TransferBasis string

// The bases, with the article of the GDPR.
const (
	BasisAdequacy          TransferBasis = "adequacy"                // 45: the Commission has decided that the country is safe
	BasisStandardClauses   TransferBasis = "standard-clauses"        // 46(2)(c) and (d)
	BasisCorporateRules    TransferBasis = "binding-corporate-rules" // 46(2)(b), 47
	BasisCodeOfConduct     TransferBasis = "code-of-conduct"         // 46(2)(e)
	BasisCertification     TransferBasis = "certification"           // 46(2)(f)
	BasisPublicInstruments TransferBasis = "public-instrument"       // 46(2)(a): between public bodies
)

var transferBases = []TransferBasis{BasisAdequacy, BasisStandardClauses, BasisCorporateRules, BasisCodeOfConduct,
	BasisCertification, BasisPublicInstruments}
