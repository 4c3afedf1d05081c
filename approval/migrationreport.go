package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Fate is what became of an answer.
type Fate string

// The fates.
const (
	FateCarried  Fate = "carried"  // it answers the new requirement as well, and is in the new declaration
	FateConfirm  Fate = "confirm"  // a proposal: somebody must read the new wording
	FateSplit    Fate = "split"    // several requirements took its place; each target says whether it was carried
	FateDropped  Fate = "dropped"  // no longer asked for
	FateUnmapped Fate = "unmapped" // nobody has said what became of the requirement
)

// MovedAnswer is what became of one answer.
type MovedAnswer struct {
	// Requirement is the id in the earlier set; Text and Help are its wording
	// there, empty if the set does not have it.
	Requirement string         `json:"requirement"`
	Text        catalogue.Text `json:"text,omitempty"`
	Help        catalogue.Text `json:"help,omitempty"`
	// Answer is the answer as it was.
	Answer Answer `json:"answer"`
	Fate   Fate   `json:"fate"`
	// Relation and Reason are the mapping's; empty if it says nothing.
	Relation Relation `json:"relation,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	// Targets are the requirements of the later set that it may answer.
	Targets []MoveTarget `json:"targets,omitempty"`
	// Why says it to people: nb, nn and en.
	Why catalogue.Text `json:"why"`
}

// MoveTarget is a requirement that an earlier answer may answer.
type MoveTarget struct {
	// Requirement is the id in the later set; Text and Help are its wording.
	Requirement string         `json:"requirement"`
	Text        catalogue.Text `json:"text"`
	Help        catalogue.Text `json:"help,omitempty"`
	// Carried says that the answer is in the new declaration.
	Carried bool `json:"carried"`
	// Why says why, or why not: nb, nn and en.
	Why catalogue.Text `json:"why"`
}

// MovedFact is what became of one declared fact.
type MovedFact struct {
	Fact    string    `json:"fact"`
	Value   FactValue `json:"value"`
	Carried bool      `json:"carried"`
	// Why says why, or why not: nb, nn and en.
	Why catalogue.Text `json:"why"`
}

// MigrationReport says what became of everything in the earlier declaration.
type MigrationReport struct {
	From SetRef `json:"from"`
	To   SetRef `json:"to"`
	// Answers has every earlier answer once, in the order of the earlier set,
	// and then those that it does not ask for.
	Answers []MovedAnswer `json:"answers"`
	// Facts has every earlier fact once, in the order of the earlier set.
	Facts []MovedFact `json:"facts"`
	// Unconfirmed are the requirements of the later set that have no answer
	// yet, but one that is proposed; Unanswered those that have neither. Both in
	// the order of the later set, without those that the carried facts rule out.
	Unconfirmed []string `json:"unconfirmed,omitempty"`
	Unanswered  []string `json:"unanswered,omitempty"`
	// Gaps are the requirements that the mapping says nothing about.
	Gaps Gaps `json:"gaps"`
}

// Count counts the answers with a fate.
func (r MigrationReport) Count(f Fate) int {
	n := 0
	for _, a := range r.Answers {
		if a.Fate == f {
			n++
		}
	}
	return n
}

// Why an answer or a fact is carried or not, and what to do.
var (
	moveSameWording = phrase{
		"Ordlyden er den samme, og svaret er med videre.",
		"Ordlyden er den same, og svaret er med vidare.",
		"The wording is the same, and the answer is carried over."}
	moveOtherWording = phrase{
		"Ordlyden er en annen. Les den nye, og bekreft eller endre svaret.",
		"Ordlyden er ein annan. Les den nye, og stadfest eller endre svaret.",
		"The wording is another one. Read the new one, and confirm or change the answer."}
	moveOlderAnswer = phrase{
		"Svaret ble gitt til en tidligere ordlyd. Les kravet, og bekreft eller endre svaret.",
		"Svaret vart gitt til ein tidlegare ordlyd. Les kravet, og stadfest eller endre svaret.",
		"The answer was given to an earlier wording. Read the requirement, and confirm or change the answer."}
	moveStatus = phrase{
		"Det nye kravet tar ikke imot dette svaret. Velg et annet.",
		"Det nye kravet tek ikkje imot dette svaret. Vel eit anna.",
		"The new requirement does not take this answer. Choose another one."}
	moveReason = phrase{
		"Grunnen finnes ikke lenger, eller ordlyden er en annen. Velg en av de nye.",
		"Grunnen finst ikkje lenger, eller ordlyden er ein annan. Vel ein av dei nye.",
		"The reason is no longer there, or its wording is another one. Choose one of the new ones."}
	moveContested = phrase{
		"Flere tidligere svar passer her. Velg ett av dem.",
		"Fleire tidlegare svar passar her. Vel eitt av dei.",
		"More than one earlier answer fits here. Choose one of them."}
	moveSplit = phrase{
		"Flere krav har tatt over for dette. Se på hvert av dem.",
		"Fleire krav har teke over for dette. Sjå på kvart av dei.",
		"Several requirements took the place of this one. Look at each of them."}
	moveDropped = phrase{
		"Det spørres ikke lenger om dette. Du trenger ikke gjøre noe.",
		"Det blir ikkje lenger spurt om dette. Du treng ikkje gjere noko.",
		"This is no longer asked for. There is nothing to do."}
	moveUnmapped = phrase{
		"Ingen har sagt hva som ble av kravet. Se etter om et av de nye kravene ligner.",
		"Ingen har sagt kva som vart av kravet. Sjå etter om eit av dei nye krava liknar.",
		"Nobody has said what became of the requirement. See whether one of the new ones is like it."}
	moveTombstone = phrase{
		"Kravet var trukket tilbake allerede. Svaret ble ikke brukt.",
		"Kravet var trekt tilbake allereie. Svaret vart ikkje brukt.",
		"The requirement had been withdrawn already. The answer was not used."}
	moveStranger = phrase{
		"Det forrige kravsettet har ikke noe slikt krav. Svaret ble ikke brukt.",
		"Det førre kravsettet har ikkje noko slikt krav. Svaret vart ikkje brukt.",
		"The earlier requirement set has no such requirement. The answer was not used."}

	moveSameFact = phrase{
		"Spørsmålet er det samme, og svaret er med videre.",
		"Spørsmålet er det same, og svaret er med vidare.",
		"The question is the same, and the answer is carried over."}
	moveGoneFact = phrase{
		"Det spørres ikke lenger om dette. Du trenger ikke gjøre noe.",
		"Det blir ikkje lenger spurt om dette. Du treng ikkje gjere noko.",
		"This is no longer asked for. There is nothing to do."}
	moveOtherQuestion = phrase{
		"Spørsmålet er et annet. Les det, og svar på nytt.",
		"Spørsmålet er eit anna. Les det, og svar på nytt.",
		"The question is another one. Read it, and answer again."}
	moveOtherChoice = phrase{
		"Det nye spørsmålet tar ikke imot dette svaret, eller svaret betyr noe annet der. Svar på nytt.",
		"Det nye spørsmålet tek ikkje imot dette svaret, eller svaret tyder noko anna der. Svar på nytt.",
		"The new question does not take this answer, or it means something else there. Answer again."}
)
