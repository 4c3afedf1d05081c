package prescription_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"text/tabwriter"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

func ExampleTransitions() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	for _, t := range prescription.Transitions() {
		_, _ = fmt.Fprintf(w, "%s\t%v\t-> %s\t%v\n", t.Event, t.From, t.To, t.Roles)
	}
	_ = w.Flush()
	// Output:
	// prescribe      [drafted]                              -> sent             [therapist]
	// deliver        [sent]                                 -> delivered        [system]
	// open           [sent delivered]                       -> opened           [citizen tool]
	// start          [sent delivered opened]                -> started          [citizen tool]
	// pause          [sent delivered opened started]        -> paused           [therapist tool]
	// resume         [paused]                               -> started          [therapist tool]
	// complete       [sent delivered opened started paused] -> completed        [citizen tool]
	// decline        [sent delivered opened]                -> declined         [citizen tool]
	// fail           [sent delivered opened started paused] -> failed           [tool system]
	// cancel         [sent delivered opened started paused] -> cancelled        [therapist system]
	// enter-in-error [sent delivered opened started paused] -> entered-in-error [therapist]
}

// printer is a deliverer that only says what it is given.
type printer struct{}

func (printer) Deliver(_ context.Context, d prescription.Delivery) error {
	fmt.Println("told:", d.Message.Event, d.Prescription.Tool)
	return nil
}

// A prescription is sent, delivered, started by the citizen, and taken back.
func ExampleService() {
	ctx := context.Background()
	sleep := catalogue.Tool{ID: "sovn-steg-for-steg", Status: catalogue.StatusListed,
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sovn.example.org", Profile: catalogue.ProfileHelsenorge}},
		Units: []catalogue.Unit{{ID: "atte-uker", Days: 56}}}
	service, err := prescription.NewService(prescription.Config{
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return sleep, id == sleep.ID },
		Now:   func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) },
	})
	check(err)
	store := prescription.NewMemory()
	therapist := prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}

	p, err := service.Prescribe(ctx, store, prescription.Request{
		Tenant: "999999999", Key: "visit-17-sleep", Tool: sleep.ID, Unit: "atte-uker", Prescriber: therapist,
		Patient: prescription.Patient{Pseudonym: "p-7f3a9c21"},
	})
	check(err)
	_, err = service.Drain(ctx, store, printer{})
	check(err)

	report := prescription.Report{ID: "start-1", Prescription: p.ID, Event: prescription.EventStart, At: p.Issued,
		By: prescription.Actor{Role: prescription.RoleTool, ID: "sovn-steg-for-steg"}}
	for range 2 {
		var applied prescription.Applied
		p, applied, err = service.Apply(ctx, store, report)
		check(err)
		fmt.Println(p.State, applied)
	}

	p, err = service.Cancel(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, prescription.ReasonReplaced)
	check(err)
	fmt.Println(p.State, p.Reason)
	// Output:
	// told: prescribe sovn-steg-for-steg
	// started changed
	// started duplicate
	// cancelled replaced
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
