package vendor

// Classification is how thoroughly a vendor has to be looked into, and why.
type Classification struct {
	Tier Tier `json:"tier"`
	// Level is the security assessment that the tier asks for.
	Level SecurityLevel `json:"level"`
	// Reasons are what each factor says, one each, in the order of [Exposure].
	Reasons []ClassReason `json:"reasons"`
	// Text says tier and level in words.
	Text Text `json:"text"`
	// Source is where the table comes from, and Assumed that nothing public confirms it.
	Source  string `json:"source"`
	Assumed bool   `json:"assumed"`
}

// ClassReason is what one factor says.
type ClassReason struct {
	Factor Factor `json:"factor"`
	// Tier is the factor's own; the highest of them is the vendor's.
	Tier Tier `json:"tier"`
	// Decides says that the factor's tier is the vendor's.
	Decides bool `json:"decides"`
	// Unknown says that the value was missing or is not one that the table has: it counts as the strictest.
	Unknown bool `json:"unknown,omitempty"`
	Text    Text `json:"text"`
}

// Classify answers by [DefaultClassifier]. See [Classifier.Classify].
func Classify(x Exposure) Classification { return DefaultClassifier().Classify(x) }

// Classify gives the highest tier that any factor has. A vendor that is exposed
// more, in any way, never gets a lower tier or level. What is unknown, and what
// the table has no row for, is critical; a classifier that [Classifier.Check]
// finds wrong takes everything for unknown, the zero Classifier too.
func (c Classifier) Classify(x Exposure) Classification {
	if c.Check() != nil {
		c.Rows, c.Levels = nil, nil
	}
	out := Classification{Tier: TierLow, Source: c.Source, Assumed: c.Assumed}
	for _, s := range scales {
		r := c.reason(s.factor, x.value(s.factor))
		if r.Tier.rank() > out.Tier.rank() {
			out.Tier = r.Tier
		}
		out.Reasons = append(out.Reasons, r)
	}
	for i := range out.Reasons {
		out.Reasons[i].Decides = out.Reasons[i].Tier == out.Tier
	}
	out.Level = c.level(out.Tier)
	out.Text = summary(out.Tier, out.Level)
	return out
}

func (c Classifier) reason(f Factor, value string) ClassReason {
	for _, row := range c.Rows {
		if row.Factor == f && row.Value == value {
			return ClassReason{Factor: f, Tier: row.Tier, Text: row.Text}
		}
	}
	return ClassReason{Factor: f, Tier: TierCritical, Unknown: true, Text: unknownFactor[f]}
}

func (c Classifier) level(t Tier) SecurityLevel {
	if l, known := c.Levels[t]; known {
		return l
	}
	return LevelThirdParty
}

var unknownFactor = map[Factor]Text{
	FactorData: {
		"Det er ikke oppgitt hvilke opplysninger leverandøren får, så vi regner med det strengeste. Oppgi det.",
		"Det er ikkje oppgitt kva opplysningar leverandøren får, så vi reknar med det strengaste. Oppgi det.",
		"It is not known what data the vendor gets, so the strictest is assumed. Say what they are."},
	FactorVolume: {
		"Det er ikke oppgitt hvor mange det gjelder, så vi regner med det strengeste. Oppgi det.",
		"Det er ikkje oppgitt kor mange det gjeld, så vi reknar med det strengaste. Oppgi det.",
		"It is not known how many people it concerns, so the strictest is assumed. Say how many."},
	FactorIntegration: {
		"Det er ikke oppgitt hvordan løsningen er koblet til andre, så vi regner med det strengeste. Oppgi det.",
		"Det er ikkje oppgitt korleis løysinga er kopla til andre, så vi reknar med det strengaste. Oppgi det.",
		"It is not known how the solution is connected to others, so the strictest is assumed. Say how."},
	FactorSafety: {
		"Det er ikke oppgitt hva feil kan føre til for pasienten, så vi regner med det strengeste. Oppgi det.",
		"Det er ikkje oppgitt kva feil kan føre til for pasienten, så vi reknar med det strengaste. Oppgi det.",
		"It is not known what mistakes can do to a patient, so the strictest is assumed. Say what."},
	FactorSubstitution: {
		"Det er ikke oppgitt om andre kan ta over, så vi regner med det strengeste. Oppgi det.",
		"Det er ikkje oppgitt om andre kan ta over, så vi reknar med det strengaste. Oppgi det.",
		"It is not known whether somebody else can take over, so the strictest is assumed. Say whether."},
}
