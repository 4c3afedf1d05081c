package prescriptionfhir_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// sleep is what a store gives.
func sleep() prescription.Prescription {
	issued := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	return prescription.Prescription{ID: "0193a6f0-0000-7000-8000-a00001ffffff", Version: 2, Tenant: "999999999", Key: "visit-1", Tool: "sleep", Unit: "8-weeks",
		Patient:    prescription.Patient{Pseudonym: "patient-0000000a", Lang: "en"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}, State: prescription.Delivered,
		Issued: issued, Sent: issued, Delivered: issued.Add(time.Minute), Updated: issued.Add(time.Minute), Expires: issued.AddDate(0, 0, 56)}
}

func Example() {
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: "https://tools.example/fhir"})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := sleep()
	task, err := m.Task(p, prescriptionfhir.Options{At: p.Updated})
	if err != nil {
		fmt.Println(err)
		return
	}
	got, err := m.Prescription(task)
	fmt.Println(got.State, got.Prescription == p, len(got.NotKept), err)
	// Output: delivered true 0 <nil>
}

// A tool has changed the status. What it reports may be applied twice without harm.
func ExampleTask_Reports() {
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: "https://tools.example/fhir"})
	if err != nil {
		fmt.Println(err)
		return
	}
	task, err := m.ReadTask([]byte(`{"resourceType": "Task", "status": "completed", "intent": "order", "lastModified": "2026-11-20T10:00:00+01:00",
		"identifier": [{"system": "https://github.com/verktoykatalog/verktoy/fhir/prescription", "value": "0193a6f0-0000-7000-8000-a00001ffffff"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	reports, err := task.Reports("sleep-tool", time.Now())
	for _, r := range reports {
		fmt.Println(r.ID, r.Prescription, r.Event, r.At.Format(time.RFC3339), r.By.Role)
	}
	fmt.Println(err)
	// Output:
	// sleep-tool/completed/complete 0193a6f0-0000-7000-8000-a00001ffffff complete 2026-11-20T09:00:00Z citizen
	// <nil>
}

// An order from another system: all mistakes at once, and what a request has no room for.
func ExampleMapper_Request() {
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: "https://tools.example/fhir"})
	if err != nil {
		fmt.Println(err)
		return
	}
	order := `{"resourceType": "ServiceRequest", "status": "active", "intent": "order", "priority": "routine",
		"code": {"coding": [{"system": "https://github.com/verktoykatalog/verktoy/fhir/unit", "code": "sleep/8-weeks"}]},
		"subject": {"identifier": {"system": "https://github.com/verktoykatalog/verktoy/fhir/pseudonym", "value": "patient-0000000a"}},
		"requester": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "9144889"}}}`
	got, err := m.Request([]byte(order))
	fmt.Println(got.Request.Tool, got.Request.Unit, got.Request.Prescriber.ID, err)
	for _, p := range got.NotKept {
		fmt.Println(p.Place+":", p.Text["en"])
	}
	_, err = m.Request([]byte(strings.NewReplacer("routine", "soon", "active", "revoked").Replace(order)))
	fmt.Println(err)
	// Output:
	// sleep 8-weeks hpr/9144889 <nil>
	// ServiceRequest.priority: there is no room for this, it is left out
	// prescriptionfhir: invalid resource: ServiceRequest.priority: the value is not allowed here, want one of routine, urgent, asap, stat; ServiceRequest.status: the value cannot be used, want active, since nothing else is to be prescribed
}

// Helsenorge knows a citizen by the identity number alone: what is written holds it
// in clear, and the caller says what for.
func ExampleMapper_HelsenorgeTaskWithNationalIDUnsafe() {
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: "https://tools.example/fhir"})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := sleep()
	p.Patient.NationalID, err = prescription.ParseNationalID(prescriptiontest.Number("158190"))
	if err != nil {
		fmt.Println(err)
		return
	}
	task := prescriptionfhir.HelsenorgeTaskOf(p, p.Updated)
	_, err = m.HelsenorgeTaskWithNationalIDUnsafe(task, "the task API of Helsenorge")
	fmt.Println(err)

	task.Area, task.Title, task.Link = "3", "Søvn steg for steg", "https://sleep.example/start"
	task.Description, task.SenderNumber, task.SenderName = "Øv litt hver kveld.", "999999999", "Sandvika DPS"
	written, err := m.HelsenorgeTaskWithNationalIDUnsafe(task, "the task API of Helsenorge")
	fmt.Println(strings.Contains(string(written), prescriptiontest.Number("158190")), err)
	// Output:
	// prescriptionfhir: cannot be written: field Area: want a service area (Volven 7618), 1 to 5; field Title: want a text: the title; field Description: want a text to the citizen; field Link: want an https address; field SenderNumber: want the sender with an organisation number; field SenderName: want the sender with a name
	// true <nil>
}
