package prescription_test

import (
	"cmp"
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
		for _, from := range t.From {
			_, _ = fmt.Fprintf(w, "%s\t%v\t-> %s\t%v\n", t.Event, from, cmp.Or(t.To, from), t.Roles)
		}
	}
	_ = w.Flush()
	// Output:
	// prescribe      drafted          -> sent             [therapist]
	// deliver        sent             -> delivered        [system]
	// open           sent             -> opened           [citizen tool]
	// open           delivered        -> opened           [citizen tool]
	// start          sent             -> started          [citizen tool]
	// start          delivered        -> started          [citizen tool]
	// start          opened           -> started          [citizen tool]
	// pause          sent             -> paused           [therapist tool]
	// pause          delivered        -> paused           [therapist tool]
	// pause          opened           -> paused           [therapist tool]
	// pause          started          -> paused           [therapist tool]
	// resume         paused           -> started          [therapist tool]
	// complete       sent             -> completed        [citizen tool]
	// complete       delivered        -> completed        [citizen tool]
	// complete       opened           -> completed        [citizen tool]
	// complete       started          -> completed        [citizen tool]
	// complete       paused           -> completed        [citizen tool]
	// complete       cancel-asked     -> completed        [citizen tool]
	// decline        sent             -> declined         [citizen tool]
	// decline        delivered        -> declined         [citizen tool]
	// decline        opened           -> declined         [citizen tool]
	// fail           sent             -> failed           [tool system]
	// fail           delivered        -> failed           [tool system]
	// fail           opened           -> failed           [tool system]
	// fail           started          -> failed           [tool system]
	// fail           paused           -> failed           [tool system]
	// fail           cancel-asked     -> failed           [tool system]
	// cancel         sent             -> cancelled        [therapist system]
	// cancel         delivered        -> cancelled        [therapist system]
	// cancel         opened           -> cancelled        [therapist system]
	// cancel         cancel-asked     -> cancelled        [therapist system]
	// cancel         started          -> cancel-asked     [therapist system]
	// cancel         paused           -> cancel-asked     [therapist system]
	// confirm-cancel cancel-asked     -> cancelled        [citizen tool system]
	// enter-in-error sent             -> entered-in-error [therapist]
	// enter-in-error delivered        -> entered-in-error [therapist]
	// enter-in-error opened           -> entered-in-error [therapist]
	// enter-in-error started          -> entered-in-error [therapist]
	// enter-in-error paused           -> entered-in-error [therapist]
	// enter-in-error cancel-asked     -> entered-in-error [therapist]
	// extend         sent             -> sent             [therapist]
	// extend         delivered        -> delivered        [therapist]
	// extend         opened           -> opened           [therapist]
	// extend         started          -> started          [therapist]
	// extend         paused           -> paused           [therapist]
	// extend         cancel-asked     -> cancel-asked     [therapist]
	// transfer       sent             -> sent             [therapist system]
	// transfer       delivered        -> delivered        [therapist system]
	// transfer       opened           -> opened           [therapist system]
	// transfer       started          -> started          [therapist system]
	// transfer       paused           -> paused           [therapist system]
	// transfer       cancel-asked     -> cancel-asked     [therapist system]
	// note           sent             -> sent             [therapist citizen tool]
	// note           delivered        -> delivered        [therapist citizen tool]
	// note           opened           -> opened           [therapist citizen tool]
	// note           started          -> started          [therapist citizen tool]
	// note           paused           -> paused           [therapist citizen tool]
	// note           cancel-asked     -> cancel-asked     [therapist citizen tool]
	// note           completed        -> completed        [therapist citizen tool]
	// note           declined         -> declined         [therapist citizen tool]
	// note           failed           -> failed           [therapist citizen tool]
	// note           cancelled        -> cancelled        [therapist citizen tool]
	// note           expired          -> expired          [therapist citizen tool]
	// note           entered-in-error -> entered-in-error [therapist citizen tool]
	// supersede      sent             -> cancelled        [therapist]
	// supersede      delivered        -> cancelled        [therapist]
	// supersede      opened           -> cancelled        [therapist]
	// supersede      started          -> cancelled        [therapist]
	// supersede      paused           -> cancelled        [therapist]
	// supersede      cancel-asked     -> cancelled        [therapist]
	// supersede      completed        -> completed        [therapist]
	// supersede      declined         -> declined         [therapist]
	// supersede      failed           -> failed           [therapist]
	// supersede      cancelled        -> cancelled        [therapist]
	// supersede      expired          -> expired          [therapist]
	// supersede      entered-in-error -> entered-in-error [therapist]
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

	p, _, err = service.Apply(ctx, store, prescription.Report{ID: "end-1", Prescription: p.ID, Event: prescription.EventConfirmCancel,
		At: p.Issued, By: report.By})
	check(err)
	fmt.Println(p.State)
	// Output:
	// told: prescribe sovn-steg-for-steg
	// started changed
	// started duplicate
	// cancel-asked replaced
	// cancelled
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
