package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// office is an EPR with prescription/oppgave at the command, as a vendor has it.
type office struct {
	service *prescription.Service
	store   *prescription.Memory
	portal  *oppgave.Deliverer
}

func newOffice(t *testing.T, said map[string]string) office {
	t.Helper()
	tools, err := sample.Index()
	require.NoError(t, err)
	portal, err := oppgave.New(oppgave.Config{Address: said["oppgave"], HTTP: client, Tools: tools.Get, Area: oppgave.AreaCare, AllowLoopback: true,
		Senders: func(tenant string) (oppgave.Sender, bool) {
			return oppgave.Sender{OrgNumber: tenant, Name: "Nordvik DPS"}, true
		}})
	require.NoError(t, err)
	service, err := prescription.NewService(prescription.Config{Tools: tools.Get, Synthetic: true, Policy: portal.Policy})
	require.NoError(t, err)
	return office{service, prescription.NewMemory(), portal}
}

// send prescribes and delivers, and gives what became of it.
func (o office) send(t *testing.T, number string) prescription.Prescription {
	t.Helper()
	id, err := prescription.ParseNationalID(number)
	require.NoError(t, err)
	p, err := o.service.Prescribe(t.Context(), o.store, prescription.Request{Tenant: "999999999", Key: "visit-" + number[:6], Tool: "sovn-steg-for-steg",
		Unit: "insomni-8-uker", AcknowledgedExclusions: true, Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
		Patient: prescription.Patient{Pseudonym: "p-7f3a9c-" + number[:6], NationalID: id}})
	require.NoError(t, err)
	_, _ = o.service.Drain(t.Context(), o.store, prescription.Routes{prescription.ForPortal: o.portal}) // what failed is in the prescription
	p, err = o.service.Get(t.Context(), o.store, p.ID)
	require.NoError(t, err)
	return p
}

func tasks(t *testing.T, said map[string]string) (list []prescriptiontest.Task) {
	t.Helper()
	resp, err := client.Get(said["admin"] + "oppgave/tasks")
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NotContains(t, string(body), "null")
	require.NoError(t, json.Unmarshal(body, &list))
	return list
}

func TestATaskForACitizen(t *testing.T) {
	said, end := command(t)
	o := newOffice(t, said)
	assert.Empty(t, tasks(t, said))
	ordered(t, said, "oppgave/slow", `{"operation":"create","milliseconds":1}`)
	number := prescriptiontest.Number("158190")
	p := o.send(t, number)
	require.Equal(t, prescription.Delivered, p.State)
	list := tasks(t, said)
	require.Len(t, list, 1)
	assert.Equal(t, []any{p.ID, "ready", "Søvn steg for steg"}, []any{list[0].ID, list[0].Status, list[0].Title})
	ordered(t, said, "oppgave/act", `{"task":"`+string(p.ID)+`","does":"in-progress"}`)
	reports, err := o.portal.Look(t.Context(), p.ID)
	require.NoError(t, err)
	require.Len(t, reports, 1)
	assert.Equal(t, prescription.EventStart, reports[0].Event)
	assert.NotContains(t, end(), number)
}

func TestACitizenWhoIsNotDigitallyActive(t *testing.T) {
	said, _ := command(t)
	o := newOffice(t, said)
	number := prescriptiontest.Number("168190")
	ordered(t, said, "oppgave/citizen", `{"citizen":"`+number+`","active":false}`)
	id, err := prescription.ParseNationalID(number)
	require.NoError(t, err)
	active, err := o.portal.DigitallyActive(t.Context(), id)
	require.NoError(t, err)
	assert.False(t, active)
	p := o.send(t, number)
	assert.Equal(t, []any{prescription.Failed, "2118"}, []any{p.State, p.Reason})
	ordered(t, said, "oppgave/citizen", `{"citizen":"`+number+`","active":true}`)
	active, err = o.portal.DigitallyActive(t.Context(), id)
	require.NoError(t, err)
	assert.True(t, active)
}

func TestTheTaskAPIInTrouble(t *testing.T) {
	said, _ := command(t)
	o := newOffice(t, said)
	ordered(t, said, "oppgave/fail", `{"operation":"create","status":503,"times":1}`)
	p := o.send(t, prescriptiontest.Number("178190"))
	assert.Equal(t, prescription.Sent, p.State, "it is tried again")
	assert.Empty(t, tasks(t, said))
	ordered(t, said, "clock", `{"seconds":8640000}`)
	p = o.send(t, prescriptiontest.Number("188190"))
	assert.Equal(t, prescription.Failed, p.State, "the simulator's clock has passed its deadline")
}

// An operation waits by itself, until it is ordered otherwise or its caller gives up.
func TestASlowTaskAPI(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api, err := newTaskAPI("http://127.0.0.1:1", time.Now) // synctest's time
		require.NoError(t, err)
		took := func(ctx context.Context, method string) (time.Duration, int) {
			began, answer := time.Now(), httptest.NewRecorder()
			api.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, method, "/oppgave/v1/task/1", nil))
			return time.Since(began), answer.Code
		}
		api.slow(prescriptiontest.ReadTask, time.Minute)
		wait, code := took(t.Context(), http.MethodGet)
		assert.Equal(t, []any{time.Minute, http.StatusNotFound}, []any{wait, code})
		wait, _ = took(t.Context(), http.MethodPatch)
		assert.Zero(t, wait, "another operation")
		hasty, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		wait, code = took(hasty, http.MethodGet)
		assert.Equal(t, []any{time.Second, http.StatusServiceUnavailable}, []any{wait, code})
		assert.Equal(t, 1, api.Requests(prescriptiontest.ReadTask), "what was given up is not carried out")
		require.NoError(t, orderTaskSlow(api, taskOrder{Operation: prescriptiontest.ReadTask, Milliseconds: new(int64)}))
		wait, _ = took(t.Context(), http.MethodGet)
		assert.Zero(t, wait)
	})
}

func TestTaskOperations(t *testing.T) {
	said, _ := command(t)
	for _, operation := range []string{"create", "update", "read", "active"} {
		ordered(t, said, "oppgave/fail", `{"operation":"`+operation+`","status":418,"times":1}`)
	}
	const path = "/oppgave/v1/task"
	for _, r := range [][2]string{{"POST", path}, {"PATCH", path + "/1"}, {"GET", path + "/1"}, {"POST", "/digitaltaktiv/v1/DigitaltAktivOmraade"}} {
		assert.Equal(t, http.StatusTeapot, status(t, r[0], said["oppgave"]+r[1], ""), r)
	}
}

func status(t *testing.T, method, address, host string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader("{}"))
	require.NoError(t, err)
	r.Host = host
	r.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp.StatusCode
}

func TestOrdersAboutTheTaskAPIThatAreNoGood(t *testing.T) {
	said, _ := command(t)
	cases := []struct{ name, body, want string }{
		{"citizen", `{"citizen":"15819000000","active":false}`, "a synthetic identity number"},
		{"citizen", `{"citizen":"` + prescriptiontest.Number("158190") + `"}`, "whether that citizen is digitally active"},
		{"citizen", `{"citizen":"` + prescriptiontest.Number("158190") + `","active":true,"times":1}`, "whether that citizen is digitally active"},
		{"act", `{"task":"missing","does":"completed"}`, "the id of a task that is not over"},
		{"act", `{}`, "in-progress or completed"},
		{"fail", `{"operation":"list","status":503,"times":1}`, "an operation of create, update, read, active"},
		{"fail", `{"operation":"other","status":503,"times":1}`, "an operation of create, update, read, active"},
		{"fail", `{"operation":"create","status":200,"times":1}`, "400 to 599"},
		{"fail", `{"operation":"create","status":503,"times":1001}`, "1 to 1000"},
		{"slow", `{"operation":"create"}`, "0 to 600000"},
		{"slow", `{"operation":"create","milliseconds":600001}`, "0 to 600000"},
		{"slow", `{"operation":"create","milliseconds":-1}`, "0 to 600000"},
		{"slow", `{"wait":1}`, "want one JSON object"},
	}
	for _, c := range cases {
		status, answer := post(t, said["admin"]+"oppgave/"+c.name, "application/json", c.body)
		assert.Equal(t, http.StatusBadRequest, status, c)
		assert.Contains(t, answer["error"], c.want, c)
	}
	require.NotEmpty(t, cases)
	assert.Equal(t, http.StatusForbidden, status(t, "GET", said["admin"]+"oppgave/tasks", "rebound.example"))
	ordered(t, said, "verktoy/withdraw", `{"tool":"sovn-steg-for-steg"}`)
}
