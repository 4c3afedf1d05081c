package report_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/verktoykatalog/verktoy/prescription/report"
)

// printing is a receiver that prints what it gets.
type printing struct{}

func (printing) Send(_ context.Context, r report.Report) error {
	fmt.Println("received:", r.Sequence, r.Event, r.Progress)
	return nil
}

// A citizen starts, goes on and completes; the tool reports each, and delivers
// later. Of the progress that waited only the newest is sent.
func ExampleReporter() {
	ctx := context.Background()
	reporter, err := report.NewReporter(report.Config{Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }})
	check(err)
	store := report.NewMemory() // reportsql.New(tx), in the tool's own transaction
	subject := report.Subject{Portal: "helsenorge", Task: "Task/7f3a", Launch: "01J9"}

	_, err = reporter.Started(ctx, store, subject)
	check(err)
	for _, percent := range []int{10, 40, 80} {
		_, err = reporter.Progress(ctx, store, subject, percent)
		check(err)
	}
	_, err = reporter.Completed(ctx, store, subject)
	check(err)
	_, err = reporter.Completed(ctx, store, subject)
	fmt.Println(err)

	delivered, err := reporter.Drain(ctx, store, report.Routes{"helsenorge": printing{}})
	fmt.Println(delivered, err)
	// Output:
	// prescription: "complete" by "tool" is not allowed when "completed"
	// received: 1 start 0
	// received: 4 progress 80
	// received: 5 complete 0
	// 3 <nil>
}

// Helsenorge's simple status API, as it is assumed to be.
func ExampleStatusWire() {
	api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.URL.Path, r.Header.Get("Idempotency-Key"))
	}))
	defer api.Close()
	sender, err := report.NewHTTPSender(report.HTTPConfig{Address: api.URL, AllowLoopback: true,
		HTTP: api.Client(), // in production launch/helseid's client, which carries the tool's token
		Wire: report.StatusWire{}})
	check(err)
	check(sender.Send(context.Background(), report.Report{ID: "report-1", Subject: report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}, Event: "start"}))
	check(sender.Send(context.Background(), report.Report{ID: "report-2", Subject: report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}, Event: "pause"}))
	// Output:
	// PUT /oppgave/v1/task/7f3a/status report-1
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
