package prescriptionfhir

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
)

// ErrUnwritable says that a prescription is not one that can be written; the error names each field and what was wanted, never what was found.
var ErrUnwritable = errors.New("prescriptionfhir: cannot be written")

// fault is something that a prescription must not be; place is where it stands in a Task.
type fault struct{ field, place, want string }

var (
	code      = regexp.MustCompile(`^[0-9A-Za-z._:/-]+$`)
	hasLetter = regexp.MustCompile(`[A-Za-z]`)
	langForm  = regexp.MustCompile(`^([a-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$`)
)

// isCode is the form that package prescription wants of what names something.
func isCode(s string, longest int) bool {
	return len(s) <= longest && code.MatchString(s) && !nationalid.Contains(s)
}

const wantCode = "letters, digits and . _ : / - that are no identity number"

// orderFaults are those of what a ServiceRequest says too.
func orderFaults(p prescription.Prescription) []fault {
	_, badTool := catalogue.ParseToolID(string(p.Tool))
	_, badUnit := catalogue.ParseUnitID(string(p.Unit))
	return pick([]check{
		{badTool == nil && badUnit == nil && isCode(string(p.Tool), 64) && isCode(string(p.Unit), 64), fault{"Tool, Unit", "/code",
			"one code of the system " + SystemUnit + ", a tool's id, a slash and a unit's id"}},
		{len(p.Patient.Pseudonym) >= 8 && isCode(p.Patient.Pseudonym, 64) && hasLetter.MatchString(p.Patient.Pseudonym),
			fault{"Patient.Pseudonym", "/for/identifier", "a pseudonym of 8 to 64 " + wantCode + ", with a letter"}},
		{langForm.MatchString(string(p.Patient.Lang)) && len(p.Patient.Lang) <= 35, fault{"Patient.Lang", "/language", "a language such as nb, nn or en"}},
		{p.Prescriber.Role == prescription.RoleTherapist && isCode(p.Prescriber.ID, 64),
			fault{"Prescriber", "/requester/identifier", "a therapist's HPR number or id of 1 to 64 " + wantCode}},
	})
}

func prescriptionFaults(p prescription.Prescription) []fault {
	return append(pick([]check{
		{isCode(string(p.ID), 64), fault{"ID", "/identifier", "a prescription's id of 1 to 64 " + wantCode}},
		{p.Version >= 1, fault{"Version", "/meta/versionId", "a version, 1 or more"}},
		{isCode(p.Tenant, 64), fault{"Tenant", "/identifier", "as assigner a tenant of 1 to 64 " + wantCode}},
		{isCode(p.Key, 128), fault{"Key", "/identifier", "a key of 1 to 128 " + wantCode}},
		{p.Replaces == "" || isCode(string(p.Replaces), 64), fault{"Replaces", "/extension", "in the prescription that was replaced an id of 1 to 64 " + wantCode}},
		{p.ReplacedBy == "" || isCode(string(p.ReplacedBy), 64), fault{"ReplacedBy", "/extension", "in the prescription that came instead an id of 1 to 64 " + wantCode}},
		{slices.Contains(prescription.States(), p.State) && p.State != prescription.Expired, fault{"State", "/status", "a state that can be stored"}},
		{p.State.Ended() == !p.Ended.IsZero(), fault{"Ended", "/executionPeriod", "an end if it has ended, and none otherwise"}},
		{!p.Issued.IsZero(), fault{"Issued", "/authoredOn", "a time"}},
		{!p.Updated.IsZero(), fault{"Updated", "/lastModified", "a time"}},
		{!p.Expires.IsZero(), fault{"Expires", "/restriction/period/end", "a time"}},
		{p.Reason == "" || isCode(p.Reason, 64), fault{"Reason", "/statusReason", "a reason of 1 to 64 " + wantCode}},
	}), orderFaults(p)...)
}

type check struct {
	good  bool
	fault fault
}

func pick(checks []check) []fault {
	var found []fault
	for _, c := range checks {
		if !c.good {
			found = append(found, c.fault)
		}
	}
	return found
}

func unwritable(found []fault) error {
	if len(found) == 0 {
		return nil
	}
	parts := make([]string, len(found))
	for i, f := range found {
		parts[i] = "field " + f.field + ": want " + f.want
	}
	return fmt.Errorf("%w: %s", ErrUnwritable, strings.Join(parts, "; "))
}
