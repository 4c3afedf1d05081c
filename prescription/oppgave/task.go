package oppgave

import (
	"regexp"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Area is a service area (tjenesteområde, Volven 7618). It decides which citizens
// can be reached: those who have agreed to as much.
type Area string

// The service areas.
const (
	AreaRegister   Area = "1" // Helseregister
	AreaRecord     Area = "2" // Pasientjournal
	AreaCare       Area = "3" // Helsehjelp
	AreaManagement Area = "4" // Forvaltning
	AreaSecondary  Area = "5" // Sekundærbruk
)

var areas = []Area{AreaRegister, AreaRecord, AreaCare, AreaManagement, AreaSecondary}

// Priority is FHIR's Task.priority; at Helsenorge it decides on notices and reminders.
type Priority string

// The priorities.
const (
	Routine Priority = "routine"
	Urgent  Priority = "urgent"
	ASAP    Priority = "asap"
	Stat    Priority = "stat"
)

var priorities = []Priority{Routine, Urgent, ASAP, Stat}

// Sender is the organisation that a task comes from. All but Phone is required.
type Sender struct {
	// OrgNumber is the organisation's number, nine digits.
	OrgNumber string
	// Name is what the citizen knows it by.
	Name string
	// Phone is where the citizen may ask. Empty means that none is given.
	Phone string
	// NameRevealsNothingAboutHealthUnsafe lets Helsenorge name the sender in SMS and
	// e-mail, which others may read. Leave it false for whoever treats mental health,
	// addiction, sexual health or the like: then the notice names nobody.
	NameRevealsNothingAboutHealthUnsafe bool
}

// Status is where a task stands at Helsenorge.
type Status string

// The statuses of Helsenorge's tasks, and what the citizen reads.
const (
	Ready          Status = "ready"            // Ikke utført
	InProgress     Status = "in-progress"      // Påbegynt
	Completed      Status = "completed"        // Utført
	Cancelled      Status = "cancelled"        // withdrawn by the sender
	EnteredInError Status = "entered-in-error" // should never have been
)

// Ended says that nothing changes a task in this status any more.
func (s Status) Ended() bool { return s == Completed || s == Cancelled || s == EnteredInError }

// Task is what Helsenorge is to show the citizen.
type Task struct {
	// ID is the prescription's, a GUID in lower case: the task's id and its business
	// identifier for ever.
	ID      prescription.ID
	Tool    catalogue.ToolID
	Unit    catalogue.UnitID
	Citizen prescription.NationalID
	Sender  Sender
	// SensitiveSender keeps the sender's name out of SMS and e-mail.
	SensitiveSender bool
	Area            Area
	Priority        Priority
	// Title and Description are what the citizen reads.
	Title, Description string
	// Link is where the citizen starts.
	Link string
	// OnBehalf says that the tool can be used for somebody who is represented.
	OnBehalf bool
	// Deadline is what the citizen sees. Final is later than it, if it is set: until
	// then the task can be done. Both are in whole seconds.
	Deadline, Final time.Time
}

// Update is a change of a task that was sent. Zero fields change nothing.
type Update struct {
	Status Status
	// Reason is why the status changes, for the citizen.
	Reason          string
	Deadline, Final time.Time
}

// Standing is how a task stands at Helsenorge before an [Update]. Zero deadlines
// are not known; a zero Final alone says that there is none.
type Standing struct {
	Status          Status
	Deadline, Final time.Time
}

var (
	guid    = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	segment = regexp.MustCompile(`^[0-9A-Za-z_-][0-9A-Za-z._-]*$`)
)
