package catalogueapi_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func now() time.Time { return noon }

const invitationID = "0193a6f0-1234-4abc-8def-a1234567890b"

// world is a client at the simulator, and its log.
type world struct {
	t      *testing.T
	api    *cataloguetest.API
	client *catalogueapi.Client
	log    *bytes.Buffer
	number string
}

// begin starts a world with tools; edit changes the client's configuration.
func begin(t *testing.T, cfg cataloguetest.Config, edit func(*catalogueapi.Config)) *world {
	t.Helper()
	cfg.Now = now
	api, err := cataloguetest.New(cfg)
	require.NoError(t, err)
	w := &world{t: t, api: api, log: &bytes.Buffer{}, number: cataloguetest.Number("158190")}
	w.client = w.open(edit)
	return w
}

func (w *world) open(edit func(*catalogueapi.Config)) *catalogueapi.Client {
	w.t.Helper()
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cfg := catalogueapi.Config{Address: w.api.Address(), HTTP: w.api.Client(), Tool: "sovn", Logger: log, Now: now}
	if edit != nil {
		edit(&cfg)
	}
	c, err := catalogueapi.New(cfg)
	require.NoError(w.t, err)
	return c
}

func (w *world) citizen() catalogueapi.Citizen {
	w.t.Helper()
	c, err := catalogueapi.ParseCitizen(w.number)
	require.NoError(w.t, err)
	return c
}

// invitation is one that is right.
func (w *world) invitation() catalogueapi.Invitation {
	return catalogueapi.Invitation{ID: invitationID, Citizen: w.citizen(), From: catalogueapi.Therapist{Name: "Kari Behandler", HPR: "1234567"},
		Deadline: noon.AddDate(0, 0, 14)}
}

func tools() []catalogue.Tool {
	return []catalogue.Tool{cataloguetest.Tool("sovn", cataloguetest.Named("Søvn steg for steg"), cataloguetest.Keywords("insomni"), cataloguetest.For("sleep")),
		cataloguetest.Tool("angst", cataloguetest.For("anxiety"))}
}

// failure gives the error of the client.
func failure(t *testing.T, err error, want error) *catalogueapi.Error {
	t.Helper()
	require.ErrorIs(t, err, want)
	var e *catalogueapi.Error
	require.ErrorAs(t, err, &e)
	return e
}

// doer sends by a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// answers gives the same answer to every request.
func answers(status int, kind, body string) doer {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: readCloser{strings.NewReader(body)}, Request: r}, nil
	}
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

// clean makes sure that no text holds a secret.
func (w *world) clean(texts ...string) {
	w.t.Helper()
	secrets := append(w.api.Secrets(), w.number, w.number[:6]+" "+w.number[6:])
	for _, text := range append(texts, w.log.String()) {
		for _, secret := range secrets {
			assert.NotContains(w.t, text, secret)
		}
	}
}
