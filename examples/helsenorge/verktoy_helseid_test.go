package main

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// The Verktøy API behind HelseID, all in this process: launch/helseid's client carries the token, repeats an invitation only with a key
// that the API heeds, and otherwise says that nobody knows.
func TestInvitationThroughHelseID(t *testing.T) {
	for _, keys := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			api, system := behindHelseID(t)
			c, err := catalogueapi.New(catalogueapi.Config{Address: api.Address(), HTTP: system, Tool: "own", IdempotencyKeys: keys})
			require.NoError(t, err)
			citizen, err := catalogueapi.ParseCitizen(cataloguetest.Number("158190"))
			require.NoError(t, err)
			api.Lose(cataloguetest.Invite, 1, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
			_, err = c.Invite(t.Context(), catalogueapi.Invitation{ID: "0193a6f0-1234-4abc-8def-a1234567890b", Citizen: citizen,
				From: catalogueapi.Therapist{Name: "Kari"}, Deadline: time.Now().AddDate(0, 0, 14)}) // synctest's time
			assert.Len(t, api.Invitations(), 1)
			if keys {
				require.NoError(t, err)
				assert.Equal(t, 2, api.Requests(cataloguetest.Invite))
				return
			}
			assert.True(t, catalogueapi.OutcomeUnknown(err))
			require.ErrorIs(t, err, helseid.ErrOutcomeUnknown)
			assert.Equal(t, 1, api.Requests(cataloguetest.Invite))
		})
	}
}

// behindHelseID is the API with a tool that HelseID knows, and that tool's client.
func behindHelseID(t *testing.T) (*cataloguetest.API, *helseid.Client) {
	t.Helper()
	key, err := launch.GenerateSigningKeyFor("ES256")
	require.NoError(t, err)
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	api, err := cataloguetest.New(cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("own")},
		Authorize: func(r *http.Request) (cataloguetest.Caller, error) {
			_, known := launchtest.HelseIDCallerFrom(r.Context())
			assert.True(t, known)
			return cataloguetest.Caller{Tool: "own"}, nil
		}})
	require.NoError(t, err)
	id, err := launchtest.NewHelseID(launchtest.HelseIDConfig{Issuer: "https://helseid.example", Audiences: []string{api.Address()},
		Clients: []launchtest.HelseIDClient{{ID: "own", Keys: keys, Scopes: []string{"s"}, Organisation: "910000004"}}})
	require.NoError(t, err)
	id.Route(api.Address(), id.Protect(api))
	system, err := helseid.New(helseid.Config{Issuer: "https://helseid.example", ClientID: "own", Key: key, Scopes: []string{"s"},
		APIs: []string{"eksternapi.example"}, HTTP: id.Client()})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, system.Close()) })
	return api, system
}
