package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// taskOrder is what every order about the task API is made of. Each reads what it needs, and refuses the rest.
type taskOrder struct {
	Citizen      string                         `json:"citizen"`
	Active       *bool                          `json:"active"`
	Task         prescription.ID                `json:"task"`
	Does         string                         `json:"does"`
	Operation    prescriptiontest.TaskOperation `json:"operation"`
	Status       int                            `json:"status"`
	Times        int                            `json:"times"`
	Milliseconds *int64                         `json:"milliseconds"`
}

// taskOrders drives the task API from outside, and shows the tasks. All others go to next.
func taskOrders(api *taskAPI, next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	take(mux, "oppgave", api, map[string]func(*taskAPI, taskOrder) error{"citizen": orderTaskCitizen, "act": orderAct, "fail": orderTaskFail,
		"slow": orderTaskSlow})
	mux.HandleFunc("GET /admin/oppgave/tasks", func(w http.ResponseWriter, r *http.Request) {
		if !here(r) {
			refuse(w, http.StatusForbidden, errElsewhere)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(append([]prescriptiontest.Task{}, api.Tasks()...)) // fails if nobody listens
	})
	return mux
}

func orderTaskCitizen(api *taskAPI, o taskOrder) error {
	number, err := prescription.ParseNationalID(o.Citizen)
	if err != nil || !number.Synthetic() || o.Active == nil || o != (taskOrder{Citizen: o.Citizen, Active: o.Active}) {
		return errors.New(`want {"citizen": "…", "active": false}: a synthetic identity number, and whether that citizen is digitally active`)
	}
	api.SetActive(o.Citizen, *o.Active)
	return nil
}

func orderAct(api *taskAPI, o taskOrder) error {
	if o != (taskOrder{Task: o.Task, Does: o.Does}) || api.Act(o.Task, o.Does) != nil {
		return errors.New(`want {"task": "…", "does": "in-progress"}: the id of a task that is not over, and in-progress or completed`)
	}
	return nil
}

const wantTaskOperation = "an operation of create, update, read, active"

func goodTaskOperation(o prescriptiontest.TaskOperation) bool {
	return slices.Contains([]prescriptiontest.TaskOperation{prescriptiontest.CreateTask, prescriptiontest.UpdateTask, prescriptiontest.ReadTask,
		prescriptiontest.AskActive}, o)
}

func orderTaskFail(api *taskAPI, o taskOrder) error {
	plain := o == taskOrder{Operation: o.Operation, Status: o.Status, Times: o.Times}
	if !plain || !goodTaskOperation(o.Operation) || o.Status < 400 || o.Status > 599 || o.Times < 1 || o.Times > maxTimes {
		return fmt.Errorf(`want {"operation": "create", "status": 503, "times": 1}: %s; 400 to 599; 1 to 1000`, wantTaskOperation)
	}
	api.Fail(o.Operation, o.Times, o.Status)
	return nil
}

func orderTaskSlow(api *taskAPI, o taskOrder) error {
	plain := o == taskOrder{Operation: o.Operation, Milliseconds: o.Milliseconds}
	if !plain || !goodTaskOperation(o.Operation) || o.Milliseconds == nil || *o.Milliseconds < 0 || *o.Milliseconds > maxWait.Milliseconds() {
		return fmt.Errorf(`want {"operation": "create", "milliseconds": 500}: %s; 0 to 600000`, wantTaskOperation)
	}
	api.slow(o.Operation, time.Duration(*o.Milliseconds)*time.Millisecond)
	return nil
}
