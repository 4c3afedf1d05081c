package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// taskAPI is the task API, which can be made slow. It lets everybody in.
type taskAPI struct {
	*prescriptiontest.TaskAPI

	mu   sync.Mutex
	wait map[prescriptiontest.TaskOperation]time.Duration
}

// newTaskAPI is the task API at an address. Citizens may start tools on this machine.
func newTaskAPI(address string, now func() time.Time) (*taskAPI, error) {
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Address: address, AllowLoopback: true, Now: now})
	return &taskAPI{TaskAPI: api, wait: map[prescriptiontest.TaskOperation]time.Duration{}}, err
}

// ServeHTTP answers as the API does, after the wait that was ordered. A request
// whose caller has given up is not carried out.
func (a *taskAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !rest(r.Context(), a.waits(taskOperation(r))) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	a.TaskAPI.ServeHTTP(w, r)
}

// slow makes an operation wait; zero ends that.
func (a *taskAPI) slow(op prescriptiontest.TaskOperation, wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.wait[op] = wait
}

func (a *taskAPI) waits(op prescriptiontest.TaskOperation) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.wait[op]
}

// rest says whether the wait came to its end.
func rest(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// taskMethods are those of the operations on tasks.
var taskMethods = map[string]prescriptiontest.TaskOperation{http.MethodPost: prescriptiontest.CreateTask,
	http.MethodPatch: prescriptiontest.UpdateTask, http.MethodGet: prescriptiontest.ReadTask}

// taskOperation is which operation a request is about.
func taskOperation(r *http.Request) prescriptiontest.TaskOperation {
	if strings.HasPrefix(r.URL.Path, "/digitaltaktiv/") {
		return prescriptiontest.AskActive
	}
	return taskMethods[r.Method]
}
