package prescriptionsql_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// A message waits for earlier ones for the same therapist, not for another's.
func TestAMessageWaitsForThoseForItsReceiver(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		s, st := service(t), store(e.Migrated(t))
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		for _, id := range []string{"hpr/2", "hpr/3"} {
			next := prescription.Actor{Role: prescription.RoleTherapist, ID: id}
			p, err = s.Transfer(t.Context(), st, prescription.Ref{ID: p.ID, Version: p.Version}, p.Prescriber, next, prescription.ReasonOther)
			require.NoError(t, err)
		}
		whole := string(p.ID)
		first := []string{whole + "/1", whole + "/2/therapist/" + therapist.ID, whole + "/2/therapist/hpr/2", whole + "/3/therapist/hpr/3"}
		assert.ElementsMatch(t, first, claimed(t, st))
		require.NoError(t, st.Done(t.Context(), prescription.MessageID(first[2])))
		assert.Equal(t, []string{whole + "/3/therapist/hpr/2"}, claimed(t, st))
	})
}

// claimed are the ids of what can be claimed.
func claimed(t *testing.T, st *prescriptionsql.Store) (ids []string) {
	t.Helper()
	found, err := st.Claim(t.Context(), noon, noon.Add(time.Minute), 100)
	require.NoError(t, err)
	for _, m := range found {
		ids = append(ids, string(m.ID))
	}
	return ids
}

// A claim in a transaction that is still open is in nobody's way.
func TestAClaimPassesByWhatAnotherIsClaiming(t *testing.T) {
	e := engines[1]
	db := e.Migrated(t)
	for _, key := range []string{"visit-1", "visit-2", "visit-3"} {
		_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, key))
		require.NoError(t, err)
	}
	tx := begin(t, db)
	first, err := prescriptionsql.NewFor(e.Dialect, tx).Claim(t.Context(), noon, noon.Add(time.Minute), 2)
	require.NoError(t, err)
	require.Len(t, first, 2)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	second, err := prescriptionsql.NewFor(e.Dialect, db).Claim(ctx, noon, noon.Add(time.Minute), 2)
	require.NoError(t, err, "it waits for nobody")
	require.Len(t, second, 1)
	require.NoError(t, tx.Commit())
	assert.NotContains(t, first, second[0])
	assert.Empty(t, claimed(t, prescriptionsql.NewFor(e.Dialect, db)))
}
