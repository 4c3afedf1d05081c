package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// helsenorge is the simulated task API, by the rig's clock.
func helsenorge(t *testing.T, r *rig) (*prescriptiontest.TaskAPI, string) {
	t.Helper()
	api, err := prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Now: func() time.Time { return r.at }})
	require.NoError(t, err)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return api, server.URL
}

// tool is the sleep course's side.
type tool struct {
	*report.Reporter
	store *report.Memory
	to    report.Sender
	about report.Subject
}

// withToken brings a secret along.
type withToken string

func (secret withToken) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+string(secret))
	return (&http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
}

// newTool is a tool that was started with a task, and reports to an address.
func newTool(t *testing.T, r *rig, address, secret, task string) tool {
	t.Helper()
	reporter, err := report.NewReporter(report.Config{Now: func() time.Time { return r.at }})
	require.NoError(t, err)
	to, err := report.NewHTTPSender(report.HTTPConfig{Address: address, HTTP: withToken(secret), Wire: report.EPRWire{}, AllowLoopback: true})
	require.NoError(t, err)
	return tool{reporter, report.NewMemory(), to, report.Subject{Portal: "epr", Task: task}}
}

// finish says that the citizen has started and completed, and delivers it.
func (x tool) finish(t *testing.T) error {
	t.Helper()
	_, err := x.Started(t.Context(), x.store, x.about)
	require.NoError(t, err)
	_, err = x.Completed(t.Context(), x.store, x.about)
	require.NoError(t, err)
	_, err = x.Drain(t.Context(), x.store, x.to)
	return err
}

// address is what the worker has printed.
func address(line string) string { return "http://" + strings.SplitN(line, "http://", 2)[1] }

func TestFromTheClickToCompleted(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		api, url := helsenorge(t, r)
		id := r.prescribe(t, "-oppgave", url)
		assert.Contains(t, r.list(t), id+"  version 1  sent")
		assert.Empty(t, api.Tasks(), "the worker delivers")

		until, end := r.work(t, "-oppgave", url)
		reports := address(until("tools report to"))
		until("delivered: 1")
		require.Len(t, api.Tasks(), 1)
		assert.Equal(t, []any{id, r.number, "Du har fått en oppgave på Helsenorge."},
			[]any{string(api.Tasks()[0].ID), api.Tasks()[0].Citizen, api.Tasks()[0].Notice}, "and the notice names nobody")
		assert.Contains(t, r.list(t), "version 2  delivered")

		for name, wrong := range map[string]tool{
			"a wrong secret":          newTool(t, r, reports, "a-secret-of-nobody", "Task/"+id),
			"no secret":               newTool(t, r, reports, "", "Task/"+id),
			"another tool's":          newTool(t, r, reports, "another-secret-of-another", "Task/"+id),
			"an unknown prescription": newTool(t, r, reports, secret, "Task/unknown"),
		} {
			require.Error(t, wrong.finish(t), name)
			assert.Contains(t, r.list(t), "version 2  delivered", name)
		}
		require.NoError(t, newTool(t, r, reports, secret, "Task/"+id).finish(t))
		end()
		list := r.list(t)
		assert.Contains(t, list, "version 4  completed")
		assert.Contains(t, list, `"Sleeps badly."`)

		until, end = r.work(t, "-oppgave", url)
		until("delivered: 1")
		end()
		assert.Equal(t, "completed", api.Tasks()[0].Status, "the tool reports here, and the portal hears of it")
	})
}

// What the citizen does not want is taken back at the portal, which would remind
// the citizen of it.
func TestDeclinedIsTakenBack(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		api, url := helsenorge(t, r)
		id := r.prescribe(t, "-oppgave", url)
		until, end := r.work(t, "-oppgave", url)
		x := newTool(t, r, address(until("tools report to")), secret, "Task/"+id)
		until("delivered: 1")
		_, err := x.Declined(t.Context(), x.store, x.about)
		require.NoError(t, err)
		_, err = x.Drain(t.Context(), x.store, x.to)
		require.NoError(t, err)
		end()
		assert.Contains(t, r.list(t), "declined")
		until, end = r.work(t, "-oppgave", url)
		until("delivered: 1")
		end()
		require.Len(t, api.Tasks(), 1)
		assert.Equal(t, "cancelled", api.Tasks()[0].Status)
		assert.NotEmpty(t, api.Tasks()[0].Reason)
	})
}

// What is refused, and what fails halfway, leaves neither note nor prescription.
func TestNoteAndPrescriptionOrNeither(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		neither := func(why string) {
			for _, table := range []string{"epr_journal", "verktoy_prescription", "verktoy_prescription_audit"} {
				assert.Zero(t, r.count(t, table), "%s: %s", why, table)
			}
		}
		_, url := helsenorge(t, r)
		for _, c := range []struct {
			name, want string
			code       int
			args       []string
		}{
			{"tool", "not in the catalogue", 1, []string{"-tool", "missing"}},
			{"unit", "-unit insomni-8-uker: Insomni, 8 uker", 1, []string{"-unit", "missing"}},
			{"exclusions", "not for: Bipolar lidelse eller psykose", 2, []string{"-read=false"}},
			{"no age", "the tool is for ages from 16", 2, nil},
			{"what Helsenorge refuses", "epr patient -patient", 1, []string{"-oppgave", url, "-tool", "samspillkassa", "-unit", "samspill-6-uker"}},
		} {
			said := r.run(t, c.code, "prescribe", append(click(), c.args...)...)
			assert.Contains(t, said, "nothing was written", c.name)
			assert.Contains(t, said, c.want, c.name)
			neither(c.name)
		}
		r.enter(t)
		_, err := r.db.ExecContext(t.Context(), "ALTER TABLE verktoy_prescription_outbox RENAME TO gone")
		require.NoError(t, err)
		r.run(t, 1, "prescribe", click()...)
		neither("no outbox")
		_, err = r.db.ExecContext(t.Context(), "ALTER TABLE gone RENAME TO verktoy_prescription_outbox")
		require.NoError(t, err)
		r.prescribe(t)
		assert.Contains(t, r.run(t, 1, "prescribe", click()...), "with -second")
		assert.Equal(t, 1, r.count(t, "epr_journal"))
		r.prescribe(t, "-second", "other")
		assert.Equal(t, 2, r.count(t, "epr_journal"))
		assert.Equal(t, 2, r.count(t, "verktoy_prescription"))
	})
}

func TestWithoutHelsenorgeDeliveriesArePrinted(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		id := r.prescribe(t)
		until, end := r.work(t)
		line := until("to the portal: prescribe of " + id)
		assert.Contains(t, line, "sovn-steg-for-steg, unit insomni-8-uker, for p-7f3a9c21 until 2026-12-28")
		until("delivered: 1")
		end()
		assert.Contains(t, r.list(t), "delivered")
		assert.Contains(t, r.run(t, 0, "list", "-patient", "p-somebody-else"), "none")
	})
}

// What has begun when the worker is stopped is carried out and noted.
func TestStoppedInTheMiddle(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		r.prescribe(t)
		o := options{command: "worker", sqlite: r.database[1]}
		if r.database[0] == "-postgres" {
			o.sqlite, o.postgres = "", r.database[1]
		}
		e, err := newEPR(o, r.around(&r.said, &r.said))
		require.NoError(t, err)
		require.NoError(t, e.open(t.Context()))
		defer e.db.Close()
		ctx, stop := context.WithCancel(t.Context())
		e.portal = deliver(func(context.Context, prescription.Delivery) error {
			stop()
			return nil
		})
		e.deliverDue(ctx)
		assert.Contains(t, r.list(t), "delivered")
	})
}
