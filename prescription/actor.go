package prescription

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Role is on whose side an [Actor] stands.
type Role string

// The roles.
const (
	RoleTherapist Role = "therapist" // the one who prescribes, or acts for them
	RoleCitizen   Role = "citizen"   // the citizen, or who represents them
	RoleTool      Role = "tool"      // the digital tool
	RoleSystem    Role = "system"    // this software and its deliveries
)

// Roles are all roles.
func Roles() []Role { return []Role{RoleTherapist, RoleCitizen, RoleTool, RoleSystem} }

// Actor is who does something. It is kept in the audit trail, so ID must be a
// pseudonym or a number of the profession (HPR): 1 to 64 letters, digits and
// . _ : / - and never an identity number. That it is the right one is the
// caller's business.
type Actor struct {
	Role Role
	ID   string
}

const wantActorID = "1 to 64 letters, digits and . _ : / - that are no identity number"

const (
	letters   = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	codeSigns = letters + "0123456789._:/-"
)

// isCode is the form of everything that names something and is kept in clear:
// no free text, and nothing like an identity number. A regular expression would
// take longer than all else that is done to a request.
func isCode(s string, longest int) bool {
	return s != "" && len(s) <= longest && strings.Trim(s, codeSigns) == "" && !nationalid.Contains(s)
}

func (a Actor) faults(field string) []Fault {
	return a.faultsAs(field, Roles(), "therapist, citizen, tool or system")
}

// therapistFaults are those of one who must be a therapist.
func (a Actor) therapistFaults(field string) []Fault {
	return a.faultsAs(field, []Role{RoleTherapist}, "therapist")
}

// faultsAs are the faults of one who must have one of the roles.
func (a Actor) faultsAs(field string, roles []Role, want string) []Fault {
	var faults []Fault
	if !slices.Contains(roles, a.Role) {
		faults = append(faults, Fault{field + ".Role", want})
	}
	if !isCode(a.ID, 64) {
		faults = append(faults, Fault{field + ".ID", wantActorID})
	}
	return faults
}
