package prescriptionsql

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came []int
		line := newTurn(SQLite)
		require.NoError(t, line.take(t.Context()))
		for i := range 100 {
			go func() {
				if assert.NoError(t, line.take(t.Context())) {
					came = append(came, i) // alone, since it is its turn
					line.leave()
				}
			}()
			synctest.Wait() // it stands in the line
		}
		require.Empty(t, came)
		line.leave()
		synctest.Wait()
		require.Len(t, came, 100)
		assert.IsIncreasing(t, came)
	})
}

func TestWhoGivesUpLosesNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := newTurn(SQLite)
		require.NoError(t, line.take(t.Context()))
		ctx, giveUp := context.WithCancel(t.Context())
		answer := make(chan error, 1)
		go func() { answer <- line.take(ctx) }()
		synctest.Wait()
		giveUp()
		require.ErrorIs(t, <-answer, context.Canceled)
		line.leave()
		require.NoError(t, line.take(t.Context()))
	})
}

func TestOnlySQLiteHasTurns(t *testing.T) {
	for _, d := range []Dialect{PostgreSQL, ""} {
		line := newTurn(d)
		require.NoError(t, line.take(t.Context()), d)
		require.NoError(t, line.take(t.Context()), d)
		line.leave()
	}
	assert.NotNil(t, NewFor(SQLite, nil).turn)
	assert.Nil(t, NewFor(SQLite, nil).In(nil).turn, "the host has begun already")
}
