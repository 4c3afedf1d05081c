package prescriptiontest

import (
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// noon is when the suite's prescriptions are issued. It has microseconds and
// another zone on purpose.
var noon = time.Date(2026, 11, 1, 12, 0, 0, 123_456_789, time.FixedZone("", 3600))

var (
	therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}
	tool      = prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}
)

// numbers are two synthetic identity numbers, made here so that they are nobody's.
func numbers() (first, second prescription.NationalID) {
	var found []prescription.NationalID
	for n := 0; len(found) < 2; n++ {
		if id, err := prescription.ParseNationalID(fmt.Sprintf("158190%05d", n)); err == nil {
			found = append(found, id)
		}
	}
	return found[0], found[1]
}

// sample is a prescription to be stored; the number makes id, key and pseudonym.
func sample(number int) prescription.New {
	first, _ := numbers()
	p := prescription.Prescription{
		ID: prescription.ID(fmt.Sprintf("0193a6f0-0000-7000-8000-a%05dffffff", number)), Version: 1,
		Tenant: "999999999", Key: fmt.Sprintf("visit-%d", number), Tool: "sleep-step-by-step", Unit: "eight-weeks",
		Patient:    prescription.Patient{Pseudonym: fmt.Sprintf("patient-%08x", number), NationalID: first, Lang: "nn"},
		Prescriber: therapist, Text: "Øv litt kvar kveld – 20 minutt.", State: prescription.Sent,
		Issued: noon, Sent: noon, Updated: noon, Expires: noon.Add(56 * 24 * time.Hour),
	}
	return newOf(p)
}

func newOf(p prescription.Prescription) prescription.New {
	step := prescription.Change{Event: prescription.EventPrescribe, By: therapist}
	return prescription.New{Prescription: p, Content: strings.Repeat("c0ffee", 8),
		Audit:    step.Entry(prescription.Prescription{State: prescription.Drafted}, p),
		Messages: []prescription.Message{{Event: prescription.EventPrescribe, Due: p.Issued}}}
}

// rows are the rows of the transition table for an event.
func rows(e prescription.Event) []prescription.Transition {
	var found []prescription.Transition
	for _, t := range prescription.Transitions() {
		if t.Event == e {
			found = append(found, t)
		}
	}
	return found
}

// change is a change by a therapist who has seen the version.
func change(p prescription.Prescription, e prescription.Event, at time.Time) prescription.Change {
	return prescription.Change{ID: p.ID, Version: p.Version, Event: e, Rows: rows(e), At: at, Received: at,
		By: therapist, Messages: []prescription.Message{{Event: e, Due: at}}}
}

// report is a change that the tool reports.
func report(p prescription.Prescription, e prescription.Event, at time.Time, id string) prescription.Change {
	c := change(p, e, at)
	c.Version, c.By, c.Report, c.Messages = 0, tool, id, nil
	return c
}
