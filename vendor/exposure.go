package vendor

// Exposure is how much depends on a vendor. What is empty or unknown counts as
// the strictest, so the zero Exposure is the strictest of all.
type Exposure struct {
	// Data is the most sensitive class of data that the vendor can come across.
	Data DataClass `json:"data"`
	// Volume is how many people the data are about, or use the tool.
	Volume Volume `json:"volume"`
	// Integration is the closest connection to other systems.
	Integration Integration `json:"integration"`
	// PatientSafety is the worst that wrong or missing answers can do to a patient.
	PatientSafety Impact `json:"patientSafety"`
	// Substitutable is how easily another vendor or routine takes over.
	Substitutable Substitution `json:"substitutable"`
}

// DataClass is how sensitive data are.
type DataClass string

// The classes, from the least to the most sensitive.
const (
	DataNone      DataClass = "none"      // nothing about people
	DataPseudonym DataClass = "pseudonym" // about people whom the vendor cannot name
	DataPersonal  DataClass = "personal"  // GDPR, article 4(1)
	DataHealth    DataClass = "health"    // GDPR, article 4(15)
)

// Volume is a number of people.
type Volume string

// The volumes, from the smallest to the largest.
const (
	VolumeHundreds   Volume = "hundreds"   // fewer than 1,000
	VolumeThousands  Volume = "thousands"  // fewer than 100,000
	VolumePopulation Volume = "population" // more
)

// Integration is a connection to other systems.
type Integration string

// The integrations, from the loosest to the closest.
const (
	IntegrationNone   Integration = "none"
	IntegrationLaunch Integration = "launch" // started from a portal
	IntegrationRead   Integration = "read"   // reads from a patient record or a national service
	IntegrationWrite  Integration = "write"  // writes to one
)

// Impact is what can happen to a patient.
type Impact string

// The impacts, from the lightest to the gravest.
const (
	ImpactNone     Impact = "none"
	ImpactMinor    Impact = "minor"    // passes without treatment
	ImpactModerate Impact = "moderate" // needs treatment
	ImpactSevere   Impact = "severe"   // death or lasting harm
)

// Substitution is how a vendor can be replaced.
type Substitution string

// The substitutions, from the easiest to the hardest.
const (
	SubstitutionEasy    Substitution = "easy"    // within days
	SubstitutionEffort  Substitution = "effort"  // within months
	SubstitutionNowhere Substitution = "nowhere" // nobody else does it
)

// Factor is a part of an exposure.
type Factor string

// The factors.
const (
	FactorData         Factor = "data"
	FactorVolume       Factor = "volume"
	FactorIntegration  Factor = "integration"
	FactorSafety       Factor = "patientSafety"
	FactorSubstitution Factor = "substitutable"
)

// scale is a factor's values, from the least exposed to the most.
type scale struct {
	factor Factor
	values []string
}

var scales = []scale{
	{FactorData, texts(DataNone, DataPseudonym, DataPersonal, DataHealth)},
	{FactorVolume, texts(VolumeHundreds, VolumeThousands, VolumePopulation)},
	{FactorIntegration, texts(IntegrationNone, IntegrationLaunch, IntegrationRead, IntegrationWrite)},
	{FactorSafety, texts(ImpactNone, ImpactMinor, ImpactModerate, ImpactSevere)},
	{FactorSubstitution, texts(SubstitutionEasy, SubstitutionEffort, SubstitutionNowhere)},
}

func texts[T ~string](values ...T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// value is the exposure's value of a factor.
func (x Exposure) value(f Factor) string {
	switch f {
	case FactorData:
		return string(x.Data)
	case FactorVolume:
		return string(x.Volume)
	case FactorIntegration:
		return string(x.Integration)
	case FactorSafety:
		return string(x.PatientSafety)
	}
	return string(x.Substitutable)
}
