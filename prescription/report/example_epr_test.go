package report_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// withToken is what proves who the tool is; launch/helseid's client is another.
type withToken struct{ *http.Client }

func (c withToken) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer sleep-token")
	return c.Client.Do(r)
}

// The system that prescribed takes in what the tool reports. Here both are in one
// program: the tool sends to the EPR over HTTP.
func ExampleNewHandler() {
	ctx := context.Background()
	now := func() time.Time { return noon }
	service, err := prescription.NewService(prescription.Config{Now: now,
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return sleepTool(), id == "sleep" }})
	check(err)
	store := prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, prescription.Request{Tenant: "999999999", Key: "visit-17", Tool: "sleep", Unit: "eight-weeks",
		Patient:    prescription.Patient{Pseudonym: "p-7f3a9c21"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}})
	check(err)

	handler, err := report.NewHandler(report.HandlerConfig{Service: service, Store: store,
		Authenticate: func(r *http.Request) (report.Caller, error) {
			if r.Header.Get("Authorization") != "Bearer sleep-token" { // compare in constant time, or ask your identity provider
				return report.Caller{}, errors.New("nobody knows this token")
			}
			return report.Caller{Tool: "sleep", ID: "sleep"}, nil
		},
		Progress: func(_ context.Context, p prescription.Prescription, r report.Report) error {
			fmt.Println(p.Tool, "is", r.Progress, "% done")
			return nil
		}})
	check(err)
	epr := httptest.NewServer(handler)
	defer epr.Close()

	sender, err := report.NewHTTPSender(report.HTTPConfig{Address: epr.URL, AllowLoopback: true, HTTP: withToken{epr.Client()}, Wire: report.EPRWire{}})
	check(err)
	reporter, err := report.NewReporter(report.Config{Now: now})
	check(err)
	waiting, subject := report.NewMemory(), report.Subject{Portal: "epr", Task: string(p.ID)}
	_, err = reporter.Started(ctx, waiting, subject)
	check(err)
	_, err = reporter.Progress(ctx, waiting, subject, 40)
	check(err)
	delivered, err := reporter.Drain(ctx, waiting, sender)
	check(err)
	p, err = service.Get(ctx, store, p.ID)
	check(err)
	fmt.Println(delivered, "reports, and the therapist sees:", p.State)
	// Output:
	// sleep is 40 % done
	// 2 reports, and the therapist sees: started
}

// refuses is a receiver that will not take it however often it comes.
type refuses struct{}

func (refuses) Send(context.Context, report.Report) error {
	return fmt.Errorf("the task is unknown: %w", report.ErrRefused)
}

// What the receiver refuses waits until somebody looks: a report is released when
// the cause is mended, or forgotten.
func ExampleDeadLetters() {
	ctx := context.Background()
	reporter, err := report.NewReporter(report.Config{Now: func() time.Time { return noon }})
	check(err)
	store, subject := report.NewMemory(), report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}
	_, err = reporter.Started(ctx, store, subject)
	check(err)
	_, err = reporter.Drain(ctx, store, refuses{})
	fmt.Println("failed:", err != nil)

	dead, err := store.Dead(ctx, 100)
	check(err)
	for _, w := range dead {
		fmt.Println(w.Report.Event, "after", w.Attempts, "attempt:", w.Code)
		check(store.Release(ctx, w.Report.ID, noon))
	}
	delivered, err := reporter.Drain(ctx, store, report.Routes{"helsenorge": printing{}})
	fmt.Println(delivered, err)
	// Output:
	// failed: true
	// start after 1 attempt: refused
	// received: 1 start 0
	// 1 <nil>
}
