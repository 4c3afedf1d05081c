package prescription_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// exampleService is one with a sleep course in its catalogue, by a clock that stands still.
func exampleService(edits ...func(*prescription.Config)) *prescription.Service {
	sleep := sleepTool()
	cfg := prescription.Config{
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return sleep, id == sleep.ID },
		Now:   func() time.Time { return noon },
	}
	for _, edit := range edits {
		edit(&cfg)
	}
	service, err := prescription.NewService(cfg)
	check(err)
	return service
}

// reported is what the tool reports of a prescription.
func reported(p prescription.Prescription, e prescription.Event) prescription.Report {
	return prescription.Report{ID: string(e) + "-1", Prescription: p.ID, Event: e, At: noon, By: tool}
}

// A request may come again with its key. Another prescription of the same tool
// needs a reason as long as the first has not ended.
func ExampleService_Prescribe() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	r := prescription.Request{
		Tenant: "999999999", Key: "visit-17-sleep", Tool: "sleep", Unit: "eight-weeks",
		Patient:    prescription.Patient{Pseudonym: "p-7f3a9c21", Lang: "nn"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
	}
	first, err := service.Prescribe(ctx, store, r)
	check(err)
	fmt.Println(first.State, "until", first.Expires.Format(time.DateOnly)+":", first.Text)
	again, err := service.Prescribe(ctx, store, r) // the answer had got lost
	check(err)
	fmt.Println("one prescription:", again.ID == first.ID)

	r.Key = "visit-18-sleep"
	_, err = service.Prescribe(ctx, store, r)
	fmt.Println(errors.Is(err, prescription.ErrAlreadyActive), err)
	r.Second = prescription.ReasonPatientAsked
	second, err := service.Prescribe(ctx, store, r)
	check(err)
	fmt.Println("another one:", second.ID != first.ID)
	// Output:
	// sent until 2026-12-27: Øv litt kvar kveld.
	// one prescription: true
	// true prescription: the citizen has one of this tool already
	// another one: true
}

// Everything that is wrong with a request is said at once, and never what was found.
func ExampleRequestError() {
	_, err := exampleService().Prescribe(context.Background(), prescription.NewMemory(), prescription.Request{
		Tenant: "999999999", Key: "visit-17-sleep", Tool: "sleep", Unit: "eight-weeks",
		Patient:    prescription.Patient{Pseudonym: "kari@example.no", Lang: "no"},
		Prescriber: prescription.Actor{Role: prescription.RoleCitizen, ID: "hpr/9144889"},
	})
	var bad *prescription.RequestError
	if errors.As(err, &bad) {
		for _, fault := range bad.Faults {
			fmt.Println(fault.Field+":", fault.Want)
		}
	}
	// Output:
	// Patient.Pseudonym: 8 to 64 letters, digits and . _ : / - with a letter, random
	// Patient.Lang: a language such as nb, nn or en (no does not say which Norwegian)
	// Prescriber.Role: therapist
}

// A rule of the clinic's own: adults only, whatever the catalogue says.
func ExampleConfig_policy() {
	adultsOnly := errors.New("this clinic treats adults only")
	service := exampleService(func(c *prescription.Config) {
		c.Policy = func(_ context.Context, r prescription.Request, _ catalogue.Tool, _ catalogue.Unit) error {
			if r.Age == nil || *r.Age < 18 {
				return adultsOnly
			}
			return nil
		}
	})
	age := 16
	r := request("visit-17-sleep")
	r.Age = &age
	_, err := service.Prescribe(context.Background(), prescription.NewMemory(), r)
	fmt.Println(errors.Is(err, adultsOnly), err)
	// Output:
	// true prescription: refused by policy: this clinic treats adults only
}

// What the citizen has not begun ends at once. Somebody who has not seen the
// newest version is told so, and decides anew.
func ExampleService_Cancel() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17-sleep"))
	check(err)
	seen := prescription.Ref{ID: p.ID, Version: p.Version}

	p, err = service.Cancel(ctx, store, seen, therapist, prescription.ReasonPatientAsked)
	check(err)
	fmt.Println(p.State, p.Reason)
	_, err = service.Cancel(ctx, store, seen, therapist, prescription.ReasonPatientAsked)
	fmt.Println(errors.Is(err, prescription.ErrConflict{}), err)
	_, err = service.Cancel(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, prescription.ReasonPatientAsked)
	fmt.Println(errors.Is(err, prescription.ErrEnded), err)
	// Output:
	// cancelled patient-asked
	// true prescription: version is 2, the caller expected 1
	// true prescription: "cancel" by "therapist" is not allowed when "cancelled"
}

func ExampleService_Extend() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17-sleep"))
	check(err)
	fmt.Println("until", p.Expires.Format(time.DateOnly))

	p, err = service.Extend(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, p.Expires.AddDate(0, 0, 28))
	check(err)
	fmt.Println("until", p.Expires.Format(time.DateOnly), p.State)
	_, err = service.Extend(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, noon.AddDate(0, 0, 7))
	fmt.Println(errors.Is(err, prescription.ErrNotLonger))
	// Output:
	// until 2026-12-27
	// until 2027-01-24 sent
	// true
}

// Another therapist takes over; the audit trail keeps who had it before.
func ExampleService_Transfer() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17-sleep"))
	check(err)
	next := prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/7654321"}
	p, err = service.Transfer(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, next, prescription.ReasonOther)
	check(err)
	fmt.Println(p.Prescriber.ID)
	entries, err := store.Audit(ctx, p.ID)
	check(err)
	fmt.Println(entries[0].Event, "by", entries[0].By.ID)
	fmt.Println(entries[1].Event, "by", entries[1].By.ID, "to", entries[1].Detail)
	// Output:
	// hpr/7654321
	// prescribe by hpr/9144889
	// transfer by hpr/9144889 to hpr/7654321
}

// The citizen needs the course once more: the new prescription takes the place
// of the old one, and the two know each other.
func ExampleService_Renew() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	old, err := service.Prescribe(ctx, store, request("visit-17-sleep"))
	check(err)
	old, _, err = service.Apply(ctx, store, reported(old, prescription.EventStart))
	check(err)

	r := request("visit-17-sleep") // the same citizen
	r.Key = "visit-31-sleep"
	renewed, err := service.Renew(ctx, store, prescription.Ref{ID: old.ID, Version: old.Version}, r)
	check(err)
	old, err = service.Get(ctx, store, old.ID)
	check(err)
	fmt.Println(renewed.State, "in the place of the old one:", renewed.Replaces == old.ID)
	fmt.Println(old.State, old.Reason, "and followed by the new one:", old.ReplacedBy == renewed.ID)
	// Output:
	// sent in the place of the old one: true
	// cancelled renewed and followed by the new one: true
}

// A tool asks before it lets the citizen in.
func ExamplePrescription_CheckLaunch() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17-sleep"))
	check(err)
	fmt.Println(p.CheckLaunch(noon))
	fmt.Println(p.CheckLaunch(p.Expires), "-", p.StateAt(p.Expires))
	p, _, err = service.Apply(ctx, store, reported(p, prescription.EventComplete))
	check(err)
	fmt.Println(p.CheckLaunch(noon))
	// Output:
	// <nil>
	// prescription: has expired - expired
	// prescription: has ended
}
