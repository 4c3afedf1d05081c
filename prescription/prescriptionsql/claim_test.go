package prescriptionsql_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// A message waits for earlier ones for the same therapist, not for another's.
func TestAMessageWaitsForThoseForItsReceiver(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		s, st := service(t), prescriptionsql.New(e.migrated(t))
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
