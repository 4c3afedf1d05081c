package approvaloscal_test

import (
	"encoding/json"
	"fmt"

	"github.com/verktoykatalog/verktoy/approval/approvaloscal"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func ExampleCatalog() {
	set, err := requirement.Get("web-baseline")
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := approvaloscal.Catalog(set, "en")
	if err != nil {
		fmt.Println(err)
		return
	}
	var out struct {
		Catalog struct {
			Metadata struct{ Title, Version string }
			Groups   []struct{ Controls []struct{ ID, Title string } }
		}
	}
	if err := json.Unmarshal(text, &out); err != nil {
		fmt.Println(err)
		return
	}
	first := out.Catalog.Groups[0].Controls[0]
	fmt.Println(out.Catalog.Metadata.Title, out.Catalog.Metadata.Version)
	fmt.Println(first.ID, first.Title)
	// Output:
	// Example baseline requirements for web applications 1.0.0
	// GEN-01 Vendor is identified with a valid organisation number
}
