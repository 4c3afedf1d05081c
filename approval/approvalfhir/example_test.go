package approvalfhir_test

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func Example() {
	set, err := requirement.Get("web-baseline")
	if err != nil {
		fmt.Println(err)
		return
	}
	form, losses, err := approvalfhir.Export(set)
	fmt.Println(len(form) > 100_000, losses[0].Requirement, losses[0].Code, err)

	// What a vendor has answered so far.
	draft, err := approvalfhir.Import([]byte(`{"resourceType": "QuestionnaireResponse", "status": "in-progress",
		"questionnaire": "https://github.com/verktoykatalog/verktoy/fhir/Questionnaire/web-baseline-nb|1.0.0",
		"item": [{"linkId": "facts", "item": [
			{"linkId": "fact.login", "answer": [{"valueBoolean": true}]},
			{"linkId": "fact.colour", "answer": [{"valueString": "red"}]}]}]}`), set, approvalfhir.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(draft.Completed, draft.Declaration.Facts)
	for _, note := range draft.Notes {
		fmt.Println(note.Place+":", note.Text["en"])
	}
	// Output:
	// true CLIN-08 condition-on-a-reason <nil>
	// false map[login:true]
	// QuestionnaireResponse.item[0].item[1]: The form has no such question here. The answer is left out.
}
