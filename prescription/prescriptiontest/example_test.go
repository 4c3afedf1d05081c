package prescriptiontest_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// hasty is a store that forgets to look for a prescription of the same tool.
type hasty struct{ *prescription.Memory }

func (h hasty) Create(ctx context.Context, n prescription.New) (prescription.Prescription, error) {
	n.Second = true
	return h.Memory.Create(ctx, n)
}

// Who writes a store runs the contract on it. In a test it is TestStore, with
// -race.
func ExampleCheckStore() {
	ctx := context.Background()
	fmt.Println(prescriptiontest.CheckStore(ctx, func() prescription.Store { return prescription.NewMemory() }))

	err := prescriptiontest.CheckStore(ctx, func() prescription.Store { return hasty{prescription.NewMemory()} })
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Println(first)
	// Output:
	// <nil>
	// a second one of a tool that has not ended is refused unless it is asked for: a second one: got error <nil>, want prescription: the citizen has one of this tool already
}

// Helsenorge's task API without a network: it refuses what the real one is
// documented to refuse. Package prescription/oppgave is its usual caller.
func ExampleNewTaskAPI() {
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{
		Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		log.Fatal(err)
	}
	api.Fail(prescriptiontest.CreateTask, 1, http.StatusServiceUnavailable)
	for range 2 {
		answer, err := api.Client().Post(api.Address()+"/oppgave/v1/task", "application/fhir+json", strings.NewReader(`{"resourceType": "Task"}`))
		if err != nil {
			log.Fatal(err)
		}
		_ = answer.Body.Close()
		fmt.Println(answer.StatusCode)
	}
	fmt.Println(api.Requests(prescriptiontest.CreateTask), len(api.Tasks()), api.Refusals())
	// Output:
	// 503
	// 400
	// 2 0 [a Task that is ready, with intent, code and description]
}
