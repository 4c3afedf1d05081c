package vendor

// DefaultClassifier is this project's own table. Health data, access to other
// systems' data, harm that needs treatment, a whole population, and a vendor
// that nobody can replace are high; writing to other systems and lasting harm
// are critical. The value is the caller's own to change.
func DefaultClassifier() Classifier {
	return Classifier{
		Rows: []ClassRow{
			{FactorData, string(DataNone), TierLow, Text{
				"Leverandøren får ingen opplysninger om personer.", "Leverandøren får ingen opplysningar om personar.",
				"The vendor gets no data about people."}},
			{FactorData, string(DataPseudonym), TierStandard, Text{
				"Leverandøren får opplysninger uten navn.", "Leverandøren får opplysningar utan namn.",
				"The vendor gets data without names."}},
			{FactorData, string(DataPersonal), TierStandard, Text{
				"Leverandøren får personopplysninger.", "Leverandøren får personopplysningar.",
				"The vendor gets personal data."}},
			{FactorData, string(DataHealth), TierHigh, Text{
				"Leverandøren får helseopplysninger.", "Leverandøren får helseopplysningar.",
				"The vendor gets health data."}},
			{FactorVolume, string(VolumeHundreds), TierLow, Text{
				"Det gjelder færre enn 1 000 personer.", "Det gjeld færre enn 1 000 personar.",
				"It concerns fewer than 1,000 people."}},
			{FactorVolume, string(VolumeThousands), TierStandard, Text{
				"Det gjelder færre enn 100 000 personer.", "Det gjeld færre enn 100 000 personar.",
				"It concerns fewer than 100,000 people."}},
			{FactorVolume, string(VolumePopulation), TierHigh, Text{
				"Det gjelder 100 000 personer eller flere.", "Det gjeld 100 000 personar eller fleire.",
				"It concerns 100,000 people or more."}},
			{FactorIntegration, string(IntegrationNone), TierLow, Text{
				"Løsningen står for seg selv.", "Løysinga står for seg sjølv.",
				"The solution stands alone."}},
			{FactorIntegration, string(IntegrationLaunch), TierStandard, Text{
				"Løsningen startes fra en portal.", "Løysinga blir starta frå ein portal.",
				"The solution is started from a portal."}},
			{FactorIntegration, string(IntegrationRead), TierHigh, Text{
				"Løsningen henter opplysninger fra journal eller en nasjonal tjeneste.", "Løysinga hentar opplysningar frå journal eller ei nasjonal teneste.",
				"The solution reads from a patient record or a national service."}},
			{FactorIntegration, string(IntegrationWrite), TierCritical, Text{
				"Løsningen endrer opplysninger i journal eller en nasjonal tjeneste.", "Løysinga endrar opplysningar i journal eller ei nasjonal teneste.",
				"The solution writes to a patient record or a national service."}},
			{FactorSafety, string(ImpactNone), TierLow, Text{
				"Feil skader ikke pasienten.", "Feil skader ikkje pasienten.",
				"Mistakes do not harm a patient."}},
			{FactorSafety, string(ImpactMinor), TierStandard, Text{
				"Feil kan gi plager som går over av seg selv.", "Feil kan gi plager som går over av seg sjølv.",
				"Mistakes can give complaints that pass without treatment."}},
			{FactorSafety, string(ImpactModerate), TierHigh, Text{
				"Feil kan gi skade som må behandles.", "Feil kan gi skade som må behandlast.",
				"Mistakes can do harm that needs treatment."}},
			{FactorSafety, string(ImpactSevere), TierCritical, Text{
				"Feil kan gi varig skade eller død.", "Feil kan gi varig skade eller død.",
				"Mistakes can do lasting harm or cause death."}},
			{FactorSubstitution, string(SubstitutionEasy), TierLow, Text{
				"Andre kan ta over i løpet av dager.", "Andre kan ta over i løpet av dagar.",
				"Others can take over within days."}},
			{FactorSubstitution, string(SubstitutionEffort), TierStandard, Text{
				"Andre kan ta over i løpet av måneder.", "Andre kan ta over i løpet av månader.",
				"Others can take over within months."}},
			{FactorSubstitution, string(SubstitutionNowhere), TierHigh, Text{
				"Ingen andre kan ta over.", "Ingen andre kan ta over.",
				"Nobody else can take over."}},
		},
		Levels: map[Tier]SecurityLevel{
			TierLow: LevelDeclared, TierStandard: LevelDocumented, TierHigh: LevelChecked, TierCritical: LevelThirdParty,
		},
		Source: sourceNone, Assumed: true,
	}
}
