package approvalcdx_test

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalcdx"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func Example() {
	set, err := requirement.Get("web-baseline")
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := os.ReadFile("../../examples/demo/declaration.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	declared, err := approval.CheckDeclaration(data, set)
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err := approval.Evaluate(declared, set, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := approvalcdx.Export(decision, declared, set, approvalcdx.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out struct {
		BomFormat, SpecVersion string
		Declarations           struct{ Claims, Evidence []any }
	}
	err = json.Unmarshal(text, &out)
	fmt.Println(out.BomFormat, out.SpecVersion, len(out.Declarations.Claims), "claims,", len(out.Declarations.Evidence), "documents", err)
	// Output: CycloneDX 1.6 47 claims, 19 documents <nil>
}
