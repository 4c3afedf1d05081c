package prescription_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
)

// steps draws reports as a bad network delivers them: each with an id of its
// own, some twice or three times, some late, and in any order.
func steps(r *rand.Rand, id prescription.ID) []prescription.Report {
	events := []prescription.Event{prescription.EventDeliver, prescription.EventOpen, prescription.EventStart, prescription.EventPause,
		prescription.EventResume, prescription.EventComplete, prescription.EventDecline, prescription.EventFail, prescription.EventConfirmCancel}
	roles := []prescription.Role{prescription.RoleCitizen, prescription.RoleTool, prescription.RoleSystem}
	var all []prescription.Report
	for i := range 1 + r.IntN(8) {
		one := prescription.Report{ID: fmt.Sprintf("r%d", i), Prescription: id, Event: events[r.IntN(len(events))],
			At: noon.Add(time.Duration(r.IntN(72)-24) * time.Hour), By: prescription.Actor{Role: roles[r.IntN(len(roles))], ID: "someone"}}
		for range 1 + r.IntN(3) {
			all = append(all, one)
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// Any sequence of inbound reports ends where the table, read by itself, says.
func TestAnySequenceOfReportsFollowsTheTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	w := newWorld(t)
	outcomes := map[prescription.Applied]int{}
	reached := map[prescription.State]int{}
	for n := range underrace.Cases(100_000) {
		w.store = prescription.NewMemory()
		p := w.prescribe(t, request("visit"))
		if n%3 == 0 { // somebody takes it back somewhere in between
			p = w.sequence(t, r, p, outcomes, steps(r, p.ID)[:1])
			if !p.State.Ended() {
				var err error
				p, err = w.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonOther)
				require.NoError(t, err)
			}
		}
		p = w.sequence(t, r, p, outcomes, later(steps(r, p.ID)))
		entries, err := w.store.Audit(t.Context(), p.ID)
		require.NoError(t, err)
		require.NoError(t, p.CheckAudit(entries))
		reached[p.State]++
	}
	for _, a := range []prescription.Applied{prescription.Changed, prescription.Duplicate, prescription.Late} {
		assert.Positive(t, outcomes[a], a)
	}
	assert.GreaterOrEqual(t, len(reached), 9, "%v", reached)
}

// later gives other ids than the reports before had.
func later(reports []prescription.Report) []prescription.Report {
	for i := range reports {
		reports[i].ID = "later-" + reports[i].ID
	}
	return reports
}

// sequence applies reports and compares each with the table.
func (w *world) sequence(t *testing.T, r *rand.Rand, p prescription.Prescription, outcomes map[prescription.Applied]int, reports []prescription.Report) prescription.Prescription {
	seen := map[string]bool{}
	for _, report := range reports {
		w.clock.at = noon.Add(time.Duration(r.IntN(48)) * time.Hour)
		got, applied, err := w.Apply(t.Context(), w.store, report)
		to := want(p.State, report.Event, report.By.Role)
		ok := err == nil
		switch {
		case !reportable(report.Event, report.By.Role):
			require.ErrorIs(t, err, prescription.ErrRole)
			continue
		case seen[report.ID]:
			ok = ok && applied == prescription.Duplicate && got == p
		case to == "":
			ok = ok && applied == prescription.Late && got == p
		default:
			ok = ok && applied == prescription.Changed && got.State == to && got.Version == p.Version+1 &&
				!p.State.Ended() && !got.Updated.Before(p.Updated)
		}
		if !ok { // plain, because it is asked a million times
			t.Fatalf("%s by %s in %s: got %s, %s and error %v, want %q", report.Event, report.By.Role, p.State, applied, got.State, err, to)
		}
		seen[report.ID] = true
		outcomes[applied]++
		p = got
	}
	return p
}
