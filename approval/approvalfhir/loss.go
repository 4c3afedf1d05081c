package approvalfhir

import (
	"github.com/verktoykatalog/verktoy/catalogue"
)

// Loss is something that the set says and the form cannot. Decisions follow the set all the same.
type Loss struct {
	// Pointer is the JSON Pointer of the place in the set.
	Pointer string `json:"pointer"`
	// Requirement is the id of the requirement that it is about.
	Requirement string `json:"requirement"`
	// Code names the sort, for programs.
	Code string `json:"code"`
	// Text says in nb, nn and en what the form does instead.
	Text catalogue.Text `json:"text"`
}

// The codes of losses.
const (
	LossLevels   = "too-many-levels"       // a condition that needs more than [MostLevels] groups in each other
	LossNot      = "not-of-several"        // "none of these" about a question with several choices
	LossQuestion = "question-not-in-form"  // a condition about what the form does not ask
	LossNever    = "never-applies"         // a requirement whose condition can never hold
	LossDays     = "days-in-force"         // the days on which a requirement is in force
	LossReason   = "condition-on-a-reason" // when a reason for not-applicable may be chosen
)

var lossTexts = map[string]catalogue.Text{
	LossLevels: words("Vilkåret er for sammensatt for skjemaet. Skjemaet viser alltid kravet, og krever ikke svar.",
		"Vilkåret er for samansett for skjemaet. Skjemaet viser alltid kravet, og krev ikkje svar.",
		"The condition is too deep for the form. The form always shows the requirement, and demands no answer."),
	LossNot: words("Skjemaet kan ikke spørre om ingen av flere valg er krysset av. Skjemaet viser alltid kravet, og krever ikke svar.",
		"Skjemaet kan ikkje spørje om ingen av fleire val er kryssa av. Skjemaet viser alltid kravet, og krev ikkje svar.",
		"The form cannot ask whether none of several choices is ticked. The form always shows the requirement, and demands no answer."),
	LossQuestion: words("Vilkåret gjelder noe som skjemaet ikke spør om. Skjemaet viser alltid kravet, og krever ikke svar.",
		"Vilkåret gjeld noko som skjemaet ikkje spør om. Skjemaet viser alltid kravet, og krev ikkje svar.",
		"The condition is about something that the form does not ask. The form always shows the requirement, and demands no answer."),
	LossNever: words("Vilkåret kan aldri slå til. Kravet er ikke med i skjemaet.",
		"Vilkåret kan aldri slå til. Kravet er ikkje med i skjemaet.",
		"The condition can never hold. The requirement is not in the form."),
	LossDays: words("Kravet gjelder bare en tid. Skjemaet ser ikke på dagen, og krever ikke svar.",
		"Kravet gjeld berre ei tid. Skjemaet ser ikkje på dagen, og krev ikkje svar.",
		"The requirement is in force for a time only. The form does not look at the day, and demands no answer."),
	LossReason: words("Grunnen må stemme med opplysningene om verktøyet. Skjemaet viser den alltid; feil blir funnet når deklarasjonen kontrolleres.",
		"Grunnen må stemme med opplysningane om verktøyet. Skjemaet viser han alltid; feil blir funne når deklarasjonen blir kontrollert.",
		"The reason must agree with the facts. The form always offers it; mistakes are found when the declaration is checked."),
}

func (f *form) lose(pointer, requirement, code string) {
	f.lost = append(f.lost, Loss{pointer, requirement, code, lossTexts[code]})
}
