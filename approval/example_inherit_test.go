package approval_test

import (
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
)

// A vendor answers once for all its tools what concerns the vendor alone. A
// declaration about a tool, here a draft, takes those answers over.
func ExampleInherit() {
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			panic(err)
		}
		return data
	}
	set, err := approval.ParseRequirementSet(read("tracked@1.0.0.json"))
	if err != nil {
		panic(err)
	}
	own, err := approval.CheckVendorDeclaration(read("vendor.json"), set)
	if err != nil {
		panic(err)
	}
	draft, err := approval.CheckDraft([]byte(`{
		"id": "tool-2", "set": {"id": "tracked", "version": "1.0.0"},
		"tool": {"id": "ro-i-kroppen", "name": {"nb": "Ro i kroppen"}},
		"vendor": {"orgNumber": "999999999", "name": "Søvnhjelp AS"}
	}`), set)
	if err != nil {
		panic(err)
	}
	tool, report, err := approval.Inherit(draft, own, set, time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	fmt.Println("answered by the vendor:", report.Filled)
	for _, id := range report.Filled {
		fmt.Println(id, tool.Answers[id].Status, "until", tool.Answers[id].Inherited.Until)
	}
	// Output:
	// answered by the vendor: [V-1 V-2 V-4]
	// V-1 yes until 2028-01-15
	// V-2 yes until 2028-09-01
	// V-4 yes until 2027-02-01
}
