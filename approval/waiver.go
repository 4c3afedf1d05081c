package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Waiver lets one requirement pass that is not met, for one tool and a time. It
// never changes what was found, only whether it stands in the way.
type Waiver struct {
	// ID names the waiver: letters, digits, "-", "." and "_", at most 64.
	ID          string           `json:"id"`
	Tool        catalogue.ToolID `json:"tool"`
	Requirement string           `json:"requirement"`
	// Justification says why; required. Compensating says what is done instead.
	Justification string   `json:"justification"`
	Compensating  []string `json:"compensating,omitempty"`
	// By asked for it, ApprovedBy granted it: two persons; no identity numbers.
	By         string `json:"by"`
	ApprovedBy string `json:"approvedBy"`
	// From and Until are its first and last day, both required.
	From  catalogue.Date `json:"from"`
	Until catalogue.Date `json:"until"`
}
