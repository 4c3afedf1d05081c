package prescription

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/hashchain"
)

// The days that a prescription lasts.
const (
	DefaultDays = 90    // when neither request, unit nor [Config.Days] says how many
	MaxDays     = 3_650 // the most that can be asked for, as in the catalogue
)

// Request asks for a unit of a tool for a citizen.
type Request struct {
	// Tenant is whose prescription it is, such as the clinic's organisation
	// number: 1 to 64 letters, digits and . _ : / -
	Tenant string
	// Key names the request in the tenant for ever, such as a UUID made before the
	// first try: 1 to 128 letters, digits and . _ : / - . Whoever does not know
	// whether a request came through repeats it with the same key.
	Key  string
	Tool catalogue.ToolID
	Unit catalogue.UnitID
	// Patient must have a pseudonym.
	Patient Patient
	// Prescriber must be a therapist.
	Prescriber Actor
	// Days is how long the prescription lasts, in days of 24 hours, at most
	// [MaxDays]. 0 means as long as the unit says, otherwise [Config.Days].
	Days int
	// AcknowledgedExclusions says that the therapist has read for whom the unit is
	// not meant. Needed for a unit that has such texts.
	AcknowledgedExclusions bool
	// Age is the citizen's age in full years, compared with that of the tool and
	// not kept. Nil means that it is not known.
	Age *int
	// Second is the reason, one of [Reasons] or [Config.Reasons], why the citizen
	// shall have the tool once more while another prescription of it has not
	// ended. Empty means that there must be none.
	Second string
}

var langForm = regexp.MustCompile(`^([a-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$`)

func (r Request) check(synthetic bool, reasons []string) error {
	var faults []Fault
	want := func(ok bool, field, text string) {
		if !ok {
			faults = append(faults, Fault{field, text})
		}
	}
	want(isCode(r.Tenant, 64), "Tenant", "1 to 64 letters, digits and . _ : / - that are no identity number")
	want(isCode(r.Key, 128), "Key", "1 to 128 letters, digits and . _ : / - that are no identity number")
	want(isCode(string(r.Tool), 64), "Tool", "the id of a tool")
	want(isCode(string(r.Unit), 64), "Unit", "the id of a unit of the tool")
	faults = append(faults, r.Patient.faults(synthetic)...)
	faults = append(faults, r.Prescriber.therapistFaults("Prescriber")...)
	want(r.Days >= 0 && r.Days <= MaxDays, "Days", "0 to "+strconv.Itoa(MaxDays))
	want(r.Age == nil || *r.Age >= 0 && *r.Age <= 150, "Age", "0 to 150")
	want(r.Second == "" || slices.Contains(reasons, r.Second), "Second", wantReason(reasons))
	return refuse(faults)
}

func (p Patient) faults(synthetic bool) []Fault {
	var faults []Fault
	if !ValidPseudonym(p.Pseudonym) {
		faults = append(faults, Fault{"Patient.Pseudonym", wantPseudonym})
	}
	if !p.NationalID.IsZero() && p.NationalID.Synthetic() != synthetic {
		faults = append(faults, Fault{"Patient.NationalID", wantNumber(synthetic)})
	}
	if !langForm.MatchString(string(p.Lang)) || len(p.Lang) > 35 || p.Lang == "no" {
		faults = append(faults, Fault{"Patient.Lang", "a language such as nb, nn or en (no does not say which Norwegian)"})
	}
	return faults
}

func wantNumber(synthetic bool) string {
	if synthetic {
		return "a synthetic number, because Config.Synthetic is set"
	}
	return "a real number; synthetic ones need Config.Synthetic"
}

// digest tells two requests with one key apart. The identity number is left
// out: its digest could be tried out and would outlive it.
func (r Request) digest() string {
	values := []string{"verktoy prescription request 1", string(r.Tool), string(r.Unit), r.Patient.Pseudonym, string(r.Patient.Lang),
		string(r.Prescriber.Role), r.Prescriber.ID, strconv.Itoa(r.Days), strconv.FormatBool(r.AcknowledgedExclusions)}
	if r.Second != "" {
		values = append(values, r.Second)
	}
	return hashchain.Sum(values...)
}

// digestAfter tells renewing and replacing apart too; which prescription it was
// [New.Same] looks at.
func (r Request) digestAfter(previous *Change) string {
	if previous == nil {
		return r.digest()
	}
	return hashchain.Sum("verktoy prescription request in place of another 1", r.digest(), previous.Reason)
}

// The reasons that come with the library; [Config.Reasons] adds others.
const (
	ReasonNoLongerNeeded = "no-longer-needed"
	ReasonRenewed        = "renewed"
	ReasonReplaced       = "replaced"
	ReasonPatientAsked   = "patient-asked"
	ReasonWrongPatient   = "wrong-patient"
	ReasonWrongTool      = "wrong-tool"
	ReasonDeceased       = "deceased"
	ReasonToolWithdrawn  = "tool-withdrawn"
	ReasonUndeliverable  = "undeliverable"
	ReasonOther          = "other"
)

// Reasons are the reasons that come with the library.
func Reasons() []string {
	return []string{ReasonNoLongerNeeded, ReasonRenewed, ReasonReplaced, ReasonPatientAsked, ReasonWrongPatient,
		ReasonWrongTool, ReasonDeceased, ReasonToolWithdrawn, ReasonUndeliverable, ReasonOther}
}

var reasonForm = regexp.MustCompile(`^[a-z]([a-z-]{0,38}[a-z])?$`)

func wantReason(known []string) string { return "one of " + strings.Join(known, ", ") }
