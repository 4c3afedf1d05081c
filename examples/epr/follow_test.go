package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// A cancellation that Helsenorge refuses waits among the dead letters until it is released.
func TestCancelAndWhatIsGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		api, url := helsenorge(t, r)
		id := r.prescribe(t, "-oppgave", url)
		until, end := r.work(t, "-oppgave", url)
		until("delivered: 1")
		end()
		assert.Contains(t, r.run(t, 1, "cancel", "-id", id, "-version", "1", "-reason", "wrong-tool"), "somebody has changed it")
		assert.Contains(t, r.run(t, 1, "cancel", "-id", "missing", "-version", "1", "-reason", "wrong-tool"), "not found")
		assert.Contains(t, r.run(t, 0, "cancel", "-oppgave", url, "-id", id, "-version", "2", "-reason", "wrong-tool"), "version 3 is cancelled")

		assert.Equal(t, "none\n", r.run(t, 0, "dead"))
		api.Fail(prescriptiontest.UpdateTask, 1, 400)
		until, end = r.work(t, "-oppgave", url)
		until("waits for release")
		end()
		dead := r.run(t, 0, "dead")
		assert.Contains(t, dead, id+"/3  cancel, given up 2026-11-02T09:00:00Z after 1 tries, http-400: ")
		assert.Equal(t, "ready", api.Tasks()[0].Status)
		assert.Contains(t, r.run(t, 1, "release", id+"/2"), "with dead")
		r.run(t, 0, "release", id+"/3")
		assert.Equal(t, "none\n", r.run(t, 0, "dead"))
		until, end = r.work(t, "-oppgave", url)
		until("delivered: 1")
		end()
		assert.Equal(t, "cancelled", api.Tasks()[0].Status)
	})
}

func TestWhatTheCitizenHasBegunIsAskedBack(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		id := r.prescribe(t)
		until, end := r.work(t)
		x := newTool(t, r, address(until("tools report to")), secret, id)
		until("delivered: 1")
		_, err := x.Started(t.Context(), x.store, x.about)
		require.NoError(t, err)
		_, err = x.Drain(t.Context(), x.store, x.to)
		require.NoError(t, err)
		end()
		said := r.run(t, 0, "cancel", "-id", id, "-version", "3", "-reason", "patient-asked")
		assert.Contains(t, said, "version 4 is cancel-asked")
		assert.Contains(t, said, "when the tool confirms it")
	})
}

func TestACitizenWhoIsNotDigitallyActive(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		api, url := helsenorge(t, r)
		api.SetActive(r.number, false)
		r.prescribe(t, "-oppgave", url)
		until, end := r.work(t, "-oppgave", url)
		until("not all could be delivered")
		end()
		list := r.list(t)
		assert.Contains(t, list, "failed")
		assert.Contains(t, list, "2118: Innbyggeren")

		overdue := r.run(t, 0, "overdue", "-days", "0")
		assert.Contains(t, overdue, "failed")
		assert.Contains(t, overdue, patient+", nothing since 2026-11-02")
		assert.Contains(t, overdue, "2118: Innbyggeren")
		assert.Contains(t, r.run(t, 0, "overdue"), "2118: Innbyggeren", "what has failed does not wait for days")
		r.at = r.at.Add(time.Minute)
		r.prescribe(t) // once more, without Helsenorge
		assert.Equal(t, "none\n", r.run(t, 0, "overdue"), "that is seen to")
	})
}

// A tool that gives up gives no code: the text is about the tool, not about a delivery.
func TestWhatTheToolReportsAsFailed(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		id := r.prescribe(t)
		until, end := r.work(t)
		x := newTool(t, r, address(until("tools report to")), secret, id)
		until("delivered: 1")
		_, err := x.Failed(t.Context(), x.store, x.about)
		require.NoError(t, err)
		_, err = x.Drain(t.Context(), x.store, x.to)
		require.NoError(t, err)
		end()
		for _, command := range [][]string{{"list", "-patient", patient}, {"overdue"}} {
			said := r.run(t, 0, command[0], command[1:]...)
			assert.Contains(t, said, "  Verktøyet meldte fra om at det ikke kunne gjennomføres.", command[0])
			assert.NotContains(t, said, "tok ikke imot", command[0])
			assert.NotContains(t, said, "  : ", command[0])
		}
		r.at = r.at.AddDate(0, 0, failedFor+1)
		assert.Equal(t, "none\n", r.run(t, 0, "overdue"))
	})
}

// No text blames Helsenorge for what is the database's or the clock's.
func TestCodes(t *testing.T) {
	require.NotEmpty(t, codes)
	for code, text := range codes {
		assert.Len(t, text, 3, code)
		assert.NotContains(t, coded(code), "Helsenorge")
	}
	assert.Contains(t, coded("store"), "store: Det kunne ikke lagres")
	assert.Contains(t, coded("expired"), "expired: Fristen gikk ut")
	assert.Contains(t, coded("2118"), "2118: Innbyggeren bruker ikke Helsenorge")
	assert.Contains(t, coded("another"), "another: Helsenorge tok ikke imot")
}

func TestOverdueAndTheYear(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		id := r.prescribe(t)
		assert.Equal(t, "none\n", r.run(t, 0, "overdue"))
		until, end := r.work(t)
		until("delivered: 1")
		end()
		r.at = r.at.AddDate(0, 0, 8)
		assert.Contains(t, r.run(t, 0, "overdue"), id+"  version 2  delivered  sovn-steg-for-steg  until 2026-12-28  p-7f3a9c21, nothing since 2026-11-02")
		assert.Equal(t, "none\n", r.run(t, 0, "overdue", "-days", "9"))
		r.at = r.at.AddDate(0, 2, 0)
		assert.Equal(t, "none\n", r.run(t, 0, "overdue"), "it has expired")
		assert.Contains(t, r.list(t), "expired")

		r.at = r.at.AddDate(-2, 0, 0)
		for range 5 { // a group of fewer is not shown
			r.prescribe(t, "-second", "other")
		}
		year := r.run(t, 0, "report", "-year", "2025")
		assert.Contains(t, year, "# Digitale verktøy i Nordvik DPS")
		assert.Contains(t, year, "| Sendt | 5 |")
		assert.Contains(t, r.run(t, 0, "report", "-year", "2025", "-lang", "en"), "| Sent | 5 |")
		assert.NotContains(t, year, patient)
	})
}
