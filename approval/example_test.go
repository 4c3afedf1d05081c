package approval_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// exampleSet reads a small requirement set. Released ones are in package approval/requirement.
func exampleSet() *approval.RequirementSet {
	data, err := os.ReadFile("testdata/small@1.0.0.json")
	if err != nil {
		panic(err)
	}
	set, err := approval.ParseRequirementSet(data)
	if err != nil {
		panic(err)
	}
	return set
}

func exampleDecision() *approval.Decision {
	set := exampleSet()
	data, _ := os.ReadFile("testdata/good.json")
	d, err := approval.CheckDeclaration(data, set)
	if err != nil {
		panic(err)
	}
	decision, err := approval.Evaluate(d, set, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	return decision
}

func ExampleParseRequirementSet() {
	_, err := approval.ParseRequirementSet([]byte(`{"id": "mine", "version": "one"}`))
	var invalid *approval.SetError
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			fmt.Println(p.Pointer, p.Code)
		}
	}
	// Output:
	// /facts missing-member
	// /requirements missing-member
	// /reviewMonths missing-member
	// /sources missing-member
	// /title missing-member
	// /validFrom missing-member
	// /version bad-format
}

func ExampleCheckDeclaration() {
	data := []byte(`{"id": "d-1", "set": {"id": "small", "version": "1.0.0"},
		"tool": {"id": "sovn-steg", "name": {"nb": "Søvn steg for steg"}},
		"vendor": {"orgNumber": "999999999", "name": "Søvnhjelp AS"},
		"submitted": "2026-11-01", "signedBy": {"name": "Kari Nordmann"},
		"facts": {"login": true},
		"answers": {"A-2": {"status": "yes"}, "B-2": {"status": "not-applicable", "reason": "no-login"}}}`)
	_, err := approval.CheckDeclaration(data, exampleSet())
	var invalid *approval.DeclarationError
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			fmt.Println(p.Pointer, p.Text["nb"])
		}
	}
	// Output:
	// /answers/A-2/evidence Krav A-2 «Trusler er testet»: Svaret er ja, men dokumentasjonen mangler. Før den opp under evidence, og vis til den i svaret. Disse typene godtas: "report".
	// /answers/B-2/reason Krav B-2 «Økter avsluttes»: Svaret er at kravet ikke er aktuelt («Verktøyet har ingen innlogging.»), men det stemmer ikke med det dere har oppgitt på spørsmålet «Må brukeren logge inn?». Rett opplysningen, eller svar yes eller no.
}

func ExampleEvaluate() {
	decision := exampleDecision()
	fmt.Println(decision.Outcome, "by rule", decision.Rule)
	fmt.Println(decision.Summary["nb"])
	fmt.Println(decision.ValidBecause["nb"])
	for _, r := range decision.Reasons[:2] {
		fmt.Println(r.Requirement, r.Result, r.Text["nb"])
	}
	// Output:
	// approved-without-therapist by rule all-met
	// Godkjent for bruk uten behandler. Alle krav som teller, er oppfylt.
	// Gjelder til og med 15. januar 2028, fordi dokumentasjonen «Sertifikat» går ut da.
	// A-1 met Leverandøren svarer ja.
	// A-2 met Leverandøren svarer ja.
}

func ExamplePublish() {
	draft := catalogue.Tool{
		ID: "sovn-steg", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Vendor: &vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"},
	}
	tool, err := approval.Publish(exampleDecision(), draft, time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
	fmt.Println(tool.Status, tool.Approval.ValidUntil, err)
	_, err = approval.Publish(exampleDecision(), draft, time.Date(2028, 1, 16, 9, 0, 0, 0, time.UTC))
	fmt.Println(errors.Is(err, approval.ErrDecisionExpired))
	// Output:
	// listed 2028-01-15 <nil>
	// true
}

func ExamplePanel_Review() {
	set := exampleSet()
	data, _ := os.ReadFile("testdata/good.json")
	d, _ := approval.CheckDeclaration(data, set)
	d.Answers["A-2"] = approval.Answer{Status: approval.No} // important, but no blocker
	decision, _ := approval.Evaluate(d, set, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	fmt.Println(decision.Outcome)

	panel := approval.Panel{ID: "fagpanel", Quorum: 2, Members: []approval.Member{{ID: "a", Name: "Anne"}, {ID: "b", Name: "Bjørn"}, {ID: "c", Name: "Cecilie"}}}
	votes := []approval.Vote{
		{Member: "a", Outcome: approval.ApprovedWithTherapist, Rationale: "Trygt nok med behandler til stede."},
		{Member: "c", Outcome: approval.ApprovedWithTherapist, Rationale: "Enig med Anne."},
	}
	decision, err := panel.Review(decision, votes, "2027-05-31", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
	fmt.Println(decision.Outcome, decision.ValidUntil, err)
	// Output:
	// needs-review
	// approved-with-therapist 2027-05-31 <nil>
}

func ExampleDecision_Markdown() {
	fmt.Println(exampleDecision().Markdown("nn")[:169])
	// Output:
	// # Førehandssjekk av digitalt helseverktøy
	//
	// Dette er ikkje eit vedtak. Slik sjølvdeklarasjonen er no, gir reglane dette utfallet:
	//
	// **Godkjent for bruk utan behandlar**
}
