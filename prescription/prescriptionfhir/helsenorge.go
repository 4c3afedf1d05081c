package prescriptionfhir

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/orgnumber"
	"github.com/verktoykatalog/verktoy/prescription"
)

// HelsenorgeTask is what Helsenorge's flavour of Task says of a prescription. All but Reason, SenderPhone, Priority, Deadline and Final is required.
type HelsenorgeTask struct {
	// ID is the prescription's, a GUID in lower case.
	ID prescription.ID
	// Status is ready (the citizen reads "Ikke utført"), in-progress, completed, cancelled or entered-in-error.
	Status string
	// Reason is why it was taken back, in the citizen's words.
	Reason string
	// Area is the service area (Volven 7618), "1" to "5"; "3" is treatment (helsehjelp).
	Area string
	// Priority is routine, urgent, asap or stat; empty means routine.
	Priority string
	// Title, Description and Link are what the citizen reads, and where the citizen starts: https.
	Title, Description, Link string
	// Citizen is by whom Helsenorge knows the citizen.
	Citizen prescription.NationalID
	// SenderNumber and SenderName are the organisation's, SenderPhone is where the citizen may ask.
	SenderNumber, SenderName, SenderPhone string
	// SenderNameRevealsNothingAboutHealthUnsafe lets Helsenorge name the sender in SMS and e-mail, which others may read.
	SenderNameRevealsNothingAboutHealthUnsafe bool
	// OnBehalf says that the tool can be used for somebody who is represented.
	OnBehalf bool
	// Deadline is what the citizen sees. Final is later than it, and needs it: until then the task can be done. Both in whole seconds.
	Deadline, Final time.Time
}

// HelsenorgeStatus is the status of Helsenorge's task for a state, or "" for one that has no task. Helsenorge has no pause and no wish to
// cancel: the task stays in progress.
func HelsenorgeStatus(s prescription.State) string {
	switch s {
	case prescription.Sent, prescription.Delivered, prescription.Opened:
		return "ready"
	case prescription.Started, prescription.Paused, prescription.CancelAsked:
		return "in-progress"
	case prescription.Completed:
		return "completed"
	case prescription.Cancelled, prescription.Declined, prescription.Failed, prescription.Expired, prescription.EnteredInError:
		return "cancelled"
	}
	return ""
}

// HelsenorgeTaskOf is the task of a prescription as it is at that time, in status "" for one that has none. The caller adds the area, title,
// link and sender, and the tool's OnBehalf; and a reason and a final deadline if there are any.
func HelsenorgeTaskOf(p prescription.Prescription, at time.Time) HelsenorgeTask {
	return HelsenorgeTask{ID: p.ID, Status: HelsenorgeStatus(p.StateAt(at)), Description: p.Text, Citizen: p.Patient.NationalID,
		Deadline: p.Expires.Truncate(time.Second)}
}

var (
	guid               = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	helsenorgeStatuses = []string{"ready", "in-progress", "completed", "cancelled", "entered-in-error"}
	areas              = []string{"1", "2", "3", "4", "5"}
)

// HelsenorgeTaskWithNationalIDUnsafe writes the task. Helsenorge knows a citizen by the identity number (fødselsnummer) alone: it stands in the result in
// clear. The purpose is for whoever reads the code and must not be empty. The error is [ErrUnwritable], with every field and what was wanted.
func (m *Mapper) HelsenorgeTaskWithNationalIDUnsafe(h HelsenorgeTask, purpose string) ([]byte, error) {
	found := append(h.faults(), pick([]check{{purpose != "", fault{"purpose", "", "the purpose of writing the identity number"}}})...)
	if err := unwritable(found); err != nil {
		return nil, err
	}
	return encode(m.helsenorge(h, purpose))
}

func (m *Mapper) helsenorge(h HelsenorgeTask, purpose string) fhir.Task {
	return fhir.HelsenorgeTask{ID: string(h.ID), Status: h.Status, Reason: h.Reason, Area: h.Area, Priority: h.Priority,
		SensitiveSender: !h.SenderNameRevealsNothingAboutHealthUnsafe, Title: h.Title, Description: h.Description, Link: h.Link,
		Citizen: h.Citizen.Reveal(purpose), SenderNumber: h.SenderNumber, SenderName: h.SenderName, SenderPhone: h.SenderPhone,
		OnBehalf: h.OnBehalf, Deadline: h.Deadline, Final: h.Final}.Resource(m.cfg.HelsenorgeDeadline)
}

func (h HelsenorgeTask) faults() []fault {
	link, err := url.Parse(h.Link)
	return pick([]check{
		{guid.MatchString(string(h.ID)), fault{"ID", "/identifier", "one identifier without system that is a GUID in lower case"}},
		{slices.Contains(helsenorgeStatuses, h.Status), fault{"Status", "/status", strings.Join(helsenorgeStatuses, ", ")}},
		{slices.Contains(areas, h.Area), fault{"Area", "/meta/security", "a service area (Volven 7618), 1 to 5"}},
		{h.Priority == "" || slices.Contains(priorities, h.Priority), fault{"Priority", "/priority", strings.Join(priorities, ", ")}},
		{h.Title != "", fault{"Title", "/code", "a text: the title"}},
		{h.Description != "", fault{"Description", "/description", "a text to the citizen"}},
		{err == nil && link.Scheme == "https" && link.Host != "" && link.User == nil, fault{"Link", "/instantiatesUri", "an https address"}},
		{!h.Citizen.IsZero(), fault{"Citizen", "/owner/identifier", "the citizen's identity number"}},
		{orgnumber.Valid(h.SenderNumber), fault{"SenderNumber", "/contained", "the sender with an organisation number"}},
		{h.SenderName != "", fault{"SenderName", "/contained", "the sender with a name"}},
		{wholeSeconds(h.Deadline) && wholeSeconds(h.Final), fault{"Deadline, Final", "/restriction", "deadlines in whole seconds"}},
		{h.Final.IsZero() || !h.Deadline.IsZero() && h.Final.After(h.Deadline), fault{"Final", "/extension", "a final deadline later than the deadline"}},
	})
}

func wholeSeconds(at time.Time) bool { return at.Nanosecond() == 0 }
