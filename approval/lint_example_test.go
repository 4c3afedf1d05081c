package approval_test

import (
	"fmt"
	"os"

	"github.com/verktoykatalog/verktoy/approval"
)

// An editor of a set sees what is not right before anybody answers it.
func ExampleRequirementSet_Lint() {
	data, err := os.ReadFile("testdata/small@1.0.0.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	set, err := approval.ParseRequirementSet(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, issue := range set.Lint()[:2] {
		fmt.Println(issue.Pointer, issue.Level, issue.Code)
		fmt.Println(" ", issue.Text.In("en"))
	}
	// Output:
	// /requirements/1 warning no-help
	//   Requirement A-2 asks for evidence but does not help the vendor to answer. Write a help text.
	// /requirements/1 warning no-refs
	//   Requirement A-2 does not say where it comes from. Refer to a source.
}
