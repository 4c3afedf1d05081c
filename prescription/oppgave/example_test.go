package oppgave_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// A citizen who is not digitally active is a state that the therapist sees.
func Example() {
	ctx := context.Background()
	now := func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Now: now})
	check(err)
	sleep := catalogue.Tool{ID: "sovn", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sovn.example", Profile: catalogue.ProfileHelsenorge}},
		Units: []catalogue.Unit{{ID: "atte-uker", Days: 56, PatientText: catalogue.Text{"nb": "Øv litt hver kveld."}}}}
	tools := func(id catalogue.ToolID) (catalogue.Tool, bool) { return sleep, id == sleep.ID }

	portal, err := oppgave.New(oppgave.Config{Address: api.Address(), HTTP: api.Client(), Tools: tools, Area: oppgave.AreaCare, Now: now,
		Link: oppgave.TaskLink, // the tool reads it by launch.Launch.TaskID
		Senders: func(tenant string) (oppgave.Sender, bool) {
			return oppgave.Sender{OrgNumber: tenant, Name: "Sandvika DPS"}, true
		}})
	check(err)
	service, err := prescription.NewService(prescription.Config{Tools: tools, Now: now, Synthetic: true,
		Policy: portal.Policy, ChangePolicy: portal.ChangePolicy})
	check(err)
	store, deliver := prescription.NewMemory(), prescription.Routes{prescription.ForPortal: portal}

	for i, date := range []string{"158190", "168190"} {
		number := prescriptiontest.Number(date)
		api.SetActive(number, i == 0)
		id, err := prescription.ParseNationalID(number)
		check(err)
		p, err := service.Prescribe(ctx, store, prescription.Request{Tenant: "999999999", Key: "visit-" + date, Tool: "sovn", Unit: "atte-uker",
			Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
			Patient:    prescription.Patient{Pseudonym: "p-7f3a9c-" + date, NationalID: id}})
		check(err)
		_, _ = service.Drain(ctx, store, deliver) // what failed is in the prescription
		p, err = service.Get(ctx, store, p.ID)
		check(err)
		fmt.Println(p.State)
		if p.State == prescription.Failed {
			fmt.Println(p.Reason, oppgave.Text(p.Reason).In("en"))
		}
	}
	fmt.Println(api.Tasks()[0].Title, "-", api.Tasks()[0].Notice)
	// Output:
	// delivered
	// failed
	// 2118 The citizen does not use Helsenorge for health care and has not got the tool. Give it in another way, or ask the citizen to log in to Helsenorge, and send it again.
	// Søvn steg for steg - Du har fått en oppgave på Helsenorge.
}

// The tool learns from its start address which prescription was opened.
func ExampleTaskLink() {
	tool := catalogue.Tool{Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sovn.example/start"}}}
	fmt.Println(oppgave.TaskLink(prescription.Prescription{ID: "018f6b2e-7c3a-7d41-9a5b-0c1d2e3f4a5b"}, tool))
	// Output: https://sovn.example/start?task=018f6b2e-7c3a-7d41-9a5b-0c1d2e3f4a5b
}

// What Helsenorge would refuse is refused before anything is queued: here there is
// no address at which the citizen could start.
func ExampleDeliverer_Policy() {
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{})
	check(err)
	leaflet := catalogue.Tool{ID: "brosjyre", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Brosjyre om søvn"},
		Start: []catalogue.Start{{Platform: catalogue.PlatformIOS, URL: "https://brosjyre.example", Profile: catalogue.ProfileLink}},
		Units: []catalogue.Unit{{ID: "les", Days: 14, PatientText: catalogue.Text{"nb": "Les og prøv."}}}}
	tools := func(id catalogue.ToolID) (catalogue.Tool, bool) { return leaflet, id == leaflet.ID }
	portal, err := oppgave.New(oppgave.Config{Address: api.Address(), HTTP: api.Client(), Tools: tools, Area: oppgave.AreaCare,
		Senders: func(tenant string) (oppgave.Sender, bool) {
			return oppgave.Sender{OrgNumber: tenant, Name: "Sandvika DPS"}, true
		}})
	check(err)
	service, err := prescription.NewService(prescription.Config{Tools: tools, Synthetic: true, Policy: portal.Policy, ChangePolicy: portal.ChangePolicy})
	check(err)

	id, err := prescription.ParseNationalID(prescriptiontest.Number("158190"))
	check(err)
	_, err = service.Prescribe(context.Background(), prescription.NewMemory(), prescription.Request{Tenant: "999999999", Key: "visit-17", Tool: "brosjyre", Unit: "les",
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
		Patient:    prescription.Patient{Pseudonym: "p-7f3a9c21", NationalID: id}})
	fmt.Println(errors.Is(err, oppgave.ErrLink))
	var rule *oppgave.Rule
	if errors.As(err, &rule) {
		fmt.Println(rule.Code()+":", rule.Text("nb"))
	}
	// Output:
	// true
	// link: Adressen til verktøyet mangler eller er ikke sikker (https). Be den som forvalter katalogen om å rette den.
}

// Whether a citizen can be reached, asked before prescribing.
func ExampleDeliverer_DigitallyActive() {
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{})
	check(err)
	portal, err := oppgave.New(oppgave.Config{Address: api.Address(), HTTP: api.Client(), Area: oppgave.AreaCare,
		Tools:   func(catalogue.ToolID) (catalogue.Tool, bool) { return catalogue.Tool{}, false },
		Senders: func(string) (oppgave.Sender, bool) { return oppgave.Sender{}, false }})
	check(err)
	number := prescriptiontest.Number("158190")
	id, err := prescription.ParseNationalID(number)
	check(err)
	for _, active := range []bool{true, false} {
		api.SetActive(number, active)
		reached, err := portal.DigitallyActive(context.Background(), id)
		fmt.Println(reached, err)
	}
	// Output:
	// true <nil>
	// false <nil>
}

func ExampleReports() {
	task := []byte(`{"resourceType": "Task", "status": "in-progress", "lastModified": "2026-11-03T18:00:00+01:00",
		"identifier": [{"value": "0193a6f0-1234-7abc-8def-a1234567890b"}]}`)
	reports, err := oppgave.Reports(task, time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC))
	check(err)
	for _, r := range reports {
		fmt.Println(r.ID, r.Event, "by the", r.By.Role)
	}
	// Output:
	// helsenorge/in-progress/start start by the citizen
}

func ExampleCheckUpdate() {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	on := oppgave.Standing{Status: oppgave.Ready, Deadline: now.Add(10 * 24 * time.Hour)}
	err := oppgave.CheckUpdate(oppgave.Update{Deadline: now.Add(time.Hour)}, on, now)
	fmt.Println(err)
	fmt.Println(oppgave.ErrDeadlineSoon.Text("nb"))
	// Output:
	// oppgave: want a new deadline at least a day ahead
	// Ny frist må være minst ett døgn fram i tid. Velg en senere frist.
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
