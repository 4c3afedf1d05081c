package prescriptionsql_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// clocked is a service whose clock the test moves.
func clocked(t *testing.T, now *time.Time) *prescription.Service {
	t.Helper()
	s, err := prescription.NewService(prescription.Config{Tools: tools, Synthetic: true, Now: func() time.Time { return *now }})
	require.NoError(t, err)
	return s
}

// D16, the clock jumps four years ahead, past the end of all prescriptions, and
// comes back. Pass: what was refused meanwhile names both times; a report of then
// is taken when it comes again, one with the tool's right time at once; what the
// outbox was to try again then is tried now; the announcement that seemed to have
// expired can be released. Control: what came after the end is late for good.
func TestD16TheClockJumpsPastTheEnd(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		now := noon
		s, st, to := clocked(t, &now), prescriptionsql.New(db), &receiver{got: map[prescription.MessageID]int{}}
		var made []prescription.Prescription
		for _, key := range []string{"visit-1", "visit-2", "visit-3"} {
			p, err := s.Prescribe(t.Context(), st, request(t, key))
			require.NoError(t, err)
			made = append(made, p)
		}
		noted, err := s.Note(t.Context(), st, prescription.Ref{ID: made[0].ID, Version: 1}, therapist, "x")
		require.NoError(t, err)
		report := func(p prescription.Prescription, at time.Time) prescription.Applied {
			_, applied, err := s.Apply(t.Context(), st, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventComplete, At: at,
				By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}})
			require.NoError(t, err)
			return applied
		}

		now = noon.AddDate(4, 0, 0)
		_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: made[0].ID, Version: noted.Version}, therapist, prescription.ReasonOther)
		require.ErrorIs(t, err, prescription.ErrExpired)
		require.ErrorContains(t, err, "it expired at 2026-12-27T12:00:00Z, now it is 2030-11-01T12:00:00Z")
		assert.Equal(t, prescription.Late, report(made[1], now))
		assert.Equal(t, prescription.Changed, report(made[2], noon.Add(time.Hour)), "the tool's clock is right")
		claimed, err := st.Claim(t.Context(), now, now.Add(time.Minute), 1) // and its program dies
		require.NoError(t, err)
		require.Len(t, claimed, 1)
		_, err = s.Drain(t.Context(), st, to)
		require.ErrorContains(t, err, "is not delivered: expired")

		now = noon.Add(2 * time.Hour)
		assert.Equal(t, prescription.Changed, report(made[1], now))
		assert.Equal(t, prescription.Duplicate, report(made[1], now))
		dead, err := st.Dead(t.Context(), 9)
		require.NoError(t, err)
		require.NotEmpty(t, dead)
		for _, m := range dead {
			require.NoError(t, st.Release(t.Context(), m.ID, now))
		}
		_, err = s.Drain(t.Context(), st, to)
		require.NoError(t, err)
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"), "nothing is put off")
		assert.Equal(t, 1, to.got[prescription.MessageID(made[0].ID)+"/1"], "the announcement")
		assert.Equal(t, 1, to.got[prescription.MessageID(made[0].ID)+"/2"], "the note")
		_, err = prescription.VerifyContent(t.Context(), st)
		require.NoError(t, err)

		now = made[0].Expires
		assert.Equal(t, prescription.Late, report(made[0], now), "the control")
	})
}
