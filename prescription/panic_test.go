package prescription_test

import (
	"bytes"
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// One message on which the deliverer panics must not end the program that
// drains, nor keep the others waiting, and is given up like any that fails.
func TestADelivererThatPanicsIsAFailedTry(t *testing.T) {
	var log bytes.Buffer
	w := newWorld(t, func(cfg *prescription.Config) {
		cfg.MaxAttempts, cfg.Logger = 3, slog.New(slog.NewTextHandler(&log, nil))
	})
	bad := w.prescribe(t, request("visit-1"))
	good := w.prescribe(t, request("visit-2"))
	to := &portal{says: func(d prescription.Delivery) error {
		if d.Prescription.ID == bad.ID {
			panic("canary " + d.Prescription.Patient.Pseudonym)
		}
		return nil
	}}
	for range 3 {
		_, err := w.Drain(t.Context(), w.store, to)
		require.EqualError(t, err, "prescription: message "+string(bad.ID)+"/1 is not delivered: panic")
		w.clock.at = w.clock.at.Add(time.Hour)
	}
	assert.Zero(t, w.drain(t, to))
	assert.Equal(t, prescription.Delivered, w.state(t, good.ID))
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, "panic", dead[0].Code)
	assert.Contains(t, log.String(), "panic_test.go", "where it happened")
	assert.Contains(t, log.String(), string(bad.ID)+"/1")
	assert.NotContains(t, log.String(), "canary")
	assert.NotContains(t, log.String(), bad.Patient.Pseudonym)
}

// died is a program that ends while it delivers: nothing that it did is settled.
type died struct{}

// drainUntilDeath drains as a program does that a message may kill.
func (w *world) drainUntilDeath(t *testing.T, kills prescription.ID, seen map[prescription.ID]int) (killed bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			require.Equal(t, died{}, r)
			killed = true
		}
	}()
	q := dying{w.store, kills}
	_, err := w.Drain(t.Context(), q, &portal{says: func(d prescription.Delivery) error { seen[d.Prescription.ID]++; return nil }})
	require.ErrorContains(t, err, "interrupted")
	return false
}

// dying is a store that ends the program when a prescription is to be delivered,
// outside of what is recovered around a delivery.
type dying struct {
	*prescription.Memory
	kills prescription.ID
}

func (d dying) Get(ctx context.Context, id prescription.ID) (prescription.Prescription, error) {
	if id == d.kills {
		panic(died{})
	}
	return d.Memory.Get(ctx, id)
}

func TestAMessageThatKillsTheProgramIsGivenUpAndTheOthersAreDelivered(t *testing.T) {
	w := newWorld(t, func(cfg *prescription.Config) { cfg.MaxAttempts = 4 })
	killer := w.prescribe(t, request("visit-0"))
	for i := range 25 {
		w.clock.at = w.clock.at.Add(time.Second)
		w.prescribe(t, request("visit-"+string(rune('a'+i))))
	}
	seen, deaths := map[prescription.ID]int{}, 0
	for w.drainUntilDeath(t, killer.ID, seen) {
		deaths++
		require.Less(t, deaths, 10)
		w.clock.at = w.clock.at.Add(5 * time.Minute)
	}
	assert.Equal(t, 4, deaths)
	assert.Len(t, seen, 25, "the others")
	dead, err := w.store.Dead(t.Context(), 99)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, killer.ID, dead[0].Prescription)
	assert.Equal(t, "interrupted", dead[0].Code)
}
