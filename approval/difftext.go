package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// joinTexts puts two sentences after each other.
func joinTexts(a, b catalogue.Text) catalogue.Text {
	out := catalogue.Text{}
	for _, lang := range languages {
		out[lang] = a[lang] + " " + b[lang]
	}
	return out
}

var sayNamed = phrase{"%s «%s»", "%s «%s»", "%s “%s”"}

// changeSaid says what changed.
var changeSaid = map[ChangeKind]phrase{
	ChangedTool:        {"Erklæringen gjelder et annet verktøy.", "Erklæringa gjeld eit anna verktøy.", "The declaration is about another tool."},
	ChangedToolName:    {"Navnet på verktøyet er endret.", "Namnet på verktøyet er endra.", "The tool's name has changed."},
	ChangedRelease:     {"Utgaven av verktøyet er en annen.", "Utgåva av verktøyet er ei anna.", "The release of the tool is another one."},
	ChangedVendor:      {"Leverandøren er en annen.", "Leverandøren er ein annan.", "The vendor is another one."},
	ChangedName:        {"Navnet på leverandøren er endret.", "Namnet på leverandøren er endra.", "The vendor's name has changed."},
	ChangedSignatory:   {"Den som svarer for erklæringen, er en annen.", "Den som svarer for erklæringa, er ein annan.", "The person who answers for the declaration is another one."},
	AddedFact:          {"Opplysning %s er ny.", "Opplysning %s er ny.", "Fact %s is new."},
	RemovedFact:        {"Opplysning %s er tatt bort.", "Opplysning %s er teken bort.", "Fact %s is removed."},
	ChangedFact:        {"Opplysning %s er endret.", "Opplysning %s er endra.", "Fact %s has changed."},
	ChangedUse:         {"Om verktøyet bare kan brukes med behandler, er endret.", "Om verktøyet berre kan brukast med behandlar, er endra.", "Whether the tool may be used with a therapist only has changed."},
	NowApplies:         {"Krav %s gjelder nå, eller kan gjelde.", "Krav %s gjeld no, eller kan gjelde.", "Requirement %s applies now, or may apply."},
	NoLongerApplies:    {"Krav %s gjelder ikke lenger.", "Krav %s gjeld ikkje lenger.", "Requirement %s no longer applies."},
	AddedAnswer:        {"Krav %s er nå besvart.", "Krav %s er no svart på.", "Requirement %s is answered now."},
	RemovedAnswer:      {"Krav %s er ikke lenger besvart.", "Krav %s er ikkje lenger svart på.", "Requirement %s is no longer answered."},
	ChangedStatus:      {"Svaret på krav %s er et annet.", "Svaret på krav %s er eit anna.", "The answer to requirement %s is another one."},
	ChangedReason:      {"Grunnen til at krav %s ikke gjelder, er en annen.", "Grunnen til at krav %s ikkje gjeld, er ein annan.", "The reason why requirement %s does not apply is another one."},
	ChangedExplanation: {"Forklaringen til krav %s er endret.", "Forklaringa til krav %s er endra.", "The explanation to requirement %s has changed."},
	ChangedDue:         {"Dagen da krav %s skal være oppfylt, er flyttet.", "Dagen då krav %s skal vere oppfylt, er flytta.", "The day by which requirement %s will be met has moved."},
	ChangedReferences:  {"Krav %s viser til annen dokumentasjon.", "Krav %s viser til annan dokumentasjon.", "Requirement %s points to other evidence."},
	ChangedAnswered:    {"Hvem som svarte på krav %s, eller når, er endret.", "Kven som svarte på krav %s, eller når, er endra.", "Who answered requirement %s, or when, has changed."},
	ChangedOrigin:      {"Hvor svaret på krav %s er hentet fra, er endret.", "Kvar svaret på krav %s er henta frå, er endra.", "Where the answer to requirement %s comes from has changed."},
	AddedEvidence:      {"Dokument %s er nytt.", "Dokument %s er nytt.", "Document %s is new."},
	RemovedEvidence:    {"Dokument %s er tatt bort.", "Dokument %s er teke bort.", "Document %s is removed."},
	RenewedEvidence:    {"Dokument %s er fornyet.", "Dokument %s er fornya.", "Document %s is renewed."},
	ReplacedEvidence:   {"Dokument %s er byttet ut uten å være fornyet.", "Dokument %s er bytt ut utan å vere fornya.", "Document %s is replaced without being renewed."},
	ChangedEvidence:    {"Opplysningene om dokument %s er endret.", "Opplysningane om dokument %s er endra.", "What is said about document %s has changed."},
}

// Why a change is material, and what to do.
var (
	sayEditorial = phrase{"Endringen er redaksjonell og krever ingen ny vurdering.", "Endringa er redaksjonell og krev inga ny vurdering.", "The change is editorial and needs no new assessment."}

	becauseTool = phrase{
		"Endringen er vesentlig: et annet verktøy må vurderes for seg.",
		"Endringa er vesentleg: eit anna verktøy må vurderast for seg.",
		"The change is material: another tool must be assessed on its own."}
	becauseVendor = phrase{
		"Endringen er vesentlig: en annen virksomhet svarer for verktøyet. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: ei anna verksemd svarer for verktøyet. Send erklæringa til ny vurdering.",
		"The change is material: another organisation answers for the tool. Send the declaration for a new assessment."}
	becausePublished = phrase{
		"Endringen er vesentlig: dette vises for innbyggere og behandlere. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: dette blir vist for innbyggjarar og behandlarar. Send erklæringa til ny vurdering.",
		"The change is material: this is shown to citizens and clinicians. Send the declaration for a new assessment."}
	becauseRelease = phrase{
		"Endringen er vesentlig: sertifikater, testrapporter og annen dokumentasjon gjelder utgaven de ble laget for. Se på dem på nytt, og send erklæringen til ny vurdering.",
		"Endringa er vesentleg: sertifikat, testrapportar og annan dokumentasjon gjeld utgåva dei vart laga for. Sjå på dei på nytt, og send erklæringa til ny vurdering.",
		"The change is material: certificates, test reports and other evidence are about the release they were made for. Look at them again, and send the declaration for a new assessment."}
	becauseFact = phrase{
		"Endringen er vesentlig: ifølge kravsettet har denne opplysningen betydning for godkjenningen. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: ifølgje kravsettet har denne opplysninga noko å seie for godkjenninga. Send erklæringa til ny vurdering.",
		"The change is material: by the requirement set this fact matters for the approval. Send the declaration for a new assessment."}
	becauseUse = phrase{
		"Endringen er vesentlig: måten verktøyet brukes på, har betydning for godkjenningen. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: måten verktøyet blir brukt på, har noko å seie for godkjenninga. Send erklæringa til ny vurdering.",
		"The change is material: how the tool is used matters for the approval. Send the declaration for a new assessment."}
	becauseScope = phrase{
		"Endringen er vesentlig: andre krav enn før avgjør. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: andre krav enn før avgjer. Send erklæringa til ny vurdering.",
		"The change is material: other requirements than before decide. Send the declaration for a new assessment."}
	becauseStatus = phrase{
		"Endringen er vesentlig: kravet kan avgjøre om verktøyet blir godkjent. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: kravet kan avgjere om verktøyet blir godkjent. Send erklæringa til ny vurdering.",
		"The change is material: the requirement can decide whether the tool is approved. Send the declaration for a new assessment."}
	becauseReason = phrase{
		"Endringen er vesentlig: godkjenningen bygde på den forrige grunnen. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: godkjenninga bygde på den førre grunnen. Send erklæringa til ny vurdering.",
		"The change is material: the approval rested on the earlier reason. Send the declaration for a new assessment."}
	becauseDue = phrase{
		"Endringen er vesentlig: dagen er et vilkår for godkjenningen. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: dagen er eit vilkår for godkjenninga. Send erklæringa til ny vurdering.",
		"The change is material: the day is a condition of the approval. Send the declaration for a new assessment."}
	becauseAlternative = phrase{
		"Endringen er vesentlig: forklaringen sier hva som gjøres i stedet. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: forklaringa seier kva som blir gjort i staden. Send erklæringa til ny vurdering.",
		"The change is material: the explanation says what is done instead. Send the declaration for a new assessment."}
	becauseEvidence = phrase{
		"Endringen er vesentlig: et krav som må være oppfylt, bygger på dokumentet. Send erklæringen til ny vurdering.",
		"Endringa er vesentleg: eit krav som må vere oppfylt, byggjer på dokumentet. Send erklæringa til ny vurdering.",
		"The change is material: a requirement that must be met rests on the document. Send the declaration for a new assessment."}
)
