package approval_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
)

// The set asks that an assessor has opened the penetration test. Until one has,
// nothing is approved.
func ExampleInput_Evaluate() {
	data, _ := os.ReadFile("testdata/small@1.0.0.json")
	asking := strings.Replace(string(data), `"maxAgeMonths": 12`, `"maxAgeMonths": 12, "minLevel": "checked", "assessed": true`, 1)
	set, err := approval.ParseRequirementSet([]byte(asking))
	if err != nil {
		panic(err)
	}
	data, _ = os.ReadFile("testdata/good.json")
	documented := strings.Replace(string(data), `"issued": "2026-03-01"`, `"issued": "2026-03-01", "level": "documented"`, 1)
	declared, err := approval.CheckDeclaration([]byte(documented), set)
	if err != nil {
		panic(err)
	}
	in := approval.Input{Declaration: declared, Set: set, At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	decision, err := in.Evaluate()
	if err != nil {
		panic(err)
	}
	fmt.Println(decision.Outcome, decision.Rule)
	for _, need := range decision.Missing {
		fmt.Println(need.Requirement, need.Text["nb"])
	}

	opened := declared.Evidence[0] // its bytes were fetched and have the digest that is declared
	in.Findings = []approval.Finding{{ID: "funn-1", Declaration: decision.Declaration, Evidence: opened.ID, SHA256: opened.SHA256,
		Level: approval.Checked, Note: "Alle alvorlige feil er rettet.", Day: "2026-11-20",
		By: approval.Assessor{ID: "anne", Name: "Anne Berg", Role: approval.RoleAssessor}}}
	decision, err = in.Evaluate()
	if err != nil {
		panic(err)
	}
	fmt.Println(decision.Outcome)
	fmt.Println(decision.Findings[0].Text["nb"])
	// Output:
	// incomplete unassessed
	// A-2 Leverandøren svarer ja, men dokumentasjonen er ikke kontrollert ennå. En vurderer må åpne den og føre opp hva den viser.
	// approved-without-therapist
	// «Penetrasjonstest» er kontrollert. Funnet av Anne Berg (vurderer) 20. november 2026: Alle alvorlige feil er rettet.
}
