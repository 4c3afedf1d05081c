package catalogueapi_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

func TestInviteAndWhoSent(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	got, err := w.client.Invite(t.Context(), w.invitation())
	require.NoError(t, err)
	sent := w.api.Invitations()
	require.Len(t, sent, 1)
	assert.Equal(t, cataloguetest.Invitation{ID: invitationID, Task: got.Task, Tool: "sovn", Citizen: w.number,
		From: cataloguetest.Therapist{Name: "Kari Behandler", HPR: "1234567"}, Deadline: noon.AddDate(0, 0, 14), Link: "https://sovn.example/start", At: noon}, sent[0])
	assert.Equal(t, noon.AddDate(0, 0, 14), got.Deadline)

	require.NoError(t, w.api.Sent("sovn", w.number, cataloguetest.Therapist{Organisation: "999999999", OrganisationName: "Legekontoret"}))
	require.NoError(t, w.api.Sent("angst", w.number, cataloguetest.Therapist{Name: "another tool's"}))
	require.NoError(t, w.api.Sent("sovn", cataloguetest.Number("168190"), cataloguetest.Therapist{Name: "another citizen's"}))
	list, err := w.client.Therapists(t.Context(), w.citizen())
	require.NoError(t, err)
	assert.Equal(t, []catalogueapi.Therapist{{Name: "Kari Behandler", HPR: "1234567", At: noon},
		{Organisation: "999999999", OrganisationName: "Legekontoret", At: noon}}, list)

	nobody, err := catalogueapi.ParseCitizen(cataloguetest.Number("178190"))
	require.NoError(t, err)
	list, err = w.client.Therapists(t.Context(), nobody)
	require.NoError(t, err)
	assert.Empty(t, list)
}

func TestOnlyAToolMayInviteAndAsk(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, func(c *catalogueapi.Config) { c.Tool = "" })
	_, err := w.client.Invite(t.Context(), w.invitation())
	require.ErrorIs(t, err, catalogueapi.ErrNotTool)
	_, err = w.client.Therapists(t.Context(), w.citizen())
	require.ErrorIs(t, err, catalogueapi.ErrNotTool)
	assert.False(t, catalogueapi.OutcomeUnknown(err))
	assert.Zero(t, w.api.Requests(cataloguetest.Invite)+w.api.Requests(cataloguetest.Therapists))
}

func TestInvitationsThatAreNotRight(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	cases := []struct {
		name string
		edit func(*catalogueapi.Invitation)
		want string
	}{
		{"no id", func(i *catalogueapi.Invitation) { i.ID = "" }, "field ID is not a GUID in lower case"},
		{"upper case", func(i *catalogueapi.Invitation) { i.ID = "0193A6F0-1234-4abc-8def-a1234567890b" }, "field ID is not a GUID in lower case"},
		{"nobody", func(i *catalogueapi.Invitation) { i.Citizen = catalogueapi.Citizen{} }, "field Citizen is not set"},
		{"from nobody", func(i *catalogueapi.Invitation) { i.From = catalogueapi.Therapist{} }, "field From is not a therapist with a name, an HPR number or an organisation"},
		{"a number as HPR", func(i *catalogueapi.Invitation) { i.From.HPR = w.number }, "field From is not a therapist with an HPR number of up to nine digits"},
		{"a number as name", func(i *catalogueapi.Invitation) { i.From.Name = "Kari " + w.number }, "field From is not a therapist with names of at most 200 characters without an identity number"},
		{"organisation", func(i *catalogueapi.Invitation) { i.From.Organisation = "999999998" }, "field From is not a therapist with an organisation number of nine digits with a valid check digit"},
		{"deadline now", func(i *catalogueapi.Invitation) { i.Deadline = noon }, "field Deadline is not ahead"},
		{"no deadline", func(i *catalogueapi.Invitation) { i.Deadline = time.Time{} }, "field Deadline is not ahead"},
		{"http", func(i *catalogueapi.Invitation) { i.Link = "http://sovn.example" }, "field Link is not an https address of at most 2,000 characters"},
		{"number in the link", func(i *catalogueapi.Invitation) { i.Link = "https://sovn.example/" + w.number }, "field Link holds what may be an identity number"},
		{"hidden number in the link", func(i *catalogueapi.Invitation) { i.Link = "https://sovn.example/?a=%3" + w.number[:1] + w.number[1:] }, "field Link holds what may be an identity number"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		i := w.invitation()
		c.edit(&i)
		_, err := w.client.Invite(t.Context(), i)
		require.ErrorIs(t, err, catalogueapi.ErrInvalid, c.name)
		assert.EqualError(t, err, "catalogueapi: invite: the request is not right and was not sent: "+c.want, c.name)
		assert.False(t, catalogueapi.OutcomeUnknown(err), c.name)
	}
	_, err := w.client.Therapists(t.Context(), catalogueapi.Citizen{})
	require.EqualError(t, err, "catalogueapi: therapists: the request is not right and was not sent: want a citizen")
	assert.Zero(t, w.api.Requests(cataloguetest.Invite)+w.api.Requests(cataloguetest.Therapists))
}

// What the API refuses has a name, a code where there is one, and says what to do.
func TestRefusals(t *testing.T) {
	noStart := func(t *catalogue.Tool) { t.Start = nil }
	plain := func(t *catalogue.Tool) { t.Start[0].URL = "http://127.0.0.1:1/" }
	var caller cataloguetest.Caller
	var denied error
	authorize := func(*http.Request) (cataloguetest.Caller, error) { return caller, denied }
	cases := []struct {
		name   string
		tool   func(*catalogue.Tool)
		before func(*world)
		want   error
		status int
		code   string
		do     string
	}{
		{"not digitally active", nil, func(w *world) { w.api.SetActive(w.number, false) }, catalogueapi.ErrNotActive, 400, "2118", "reach the citizen in another way"},
		{"no start address", noStart, nil, catalogueapi.ErrLink, 400, "2147", "give Invitation.Link"},
		{"start over http", plain, nil, catalogueapi.ErrLink, 400, "2174", "it must be https"},
		{"no token", nil, func(*world) { denied = errors.New("no") }, catalogueapi.ErrAccess, 401, "EHSEC-110002", "check the organisation first"},
		{"token expired", nil, func(*world) { denied = cataloguetest.ErrExpired }, catalogueapi.ErrAccess, 403, "", "get a new one"},
		{"not the tool itself", nil, func(*world) { caller.Tool = "angst" }, catalogueapi.ErrAccess, 403, "", "whether this client may do it"},
		{"not a tool", nil, func(*world) { caller.Tool = "" }, catalogueapi.ErrAccess, 403, "", "whether this client may do it"},
		{"another citizen's token", nil, func(*world) { caller.Citizen = cataloguetest.Number("168190") }, catalogueapi.ErrAccess, 403, "", "whether this client may do it"},
		{"withdrawn", cataloguetest.WithStatus(catalogue.StatusWithdrawn), nil, catalogueapi.ErrRefused, 409, "", "API's documentation"},
		{"paused", cataloguetest.WithStatus(catalogue.StatusPaused), nil, catalogueapi.ErrRefused, 409, "", "API's documentation"},
		{"never published", cataloguetest.WithStatus(catalogue.StatusDraft), nil, catalogueapi.ErrNotFound, 404, "", "check the tool's id"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			caller, denied = cataloguetest.Caller{Tool: "sovn"}, nil
			edit := c.tool
			if edit == nil {
				edit = func(*catalogue.Tool) {}
			}
			w := begin(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("sovn", edit)}, Authorize: authorize}, nil)
			if c.before != nil {
				c.before(w)
			}
			_, err := w.client.Invite(t.Context(), w.invitation())
			e := failure(t, err, c.want)
			assert.Equal(t, []any{c.status, c.code, catalogueapi.OpInvite}, []any{e.Status, e.Code, e.Operation})
			assert.Contains(t, err.Error(), fmt.Sprintf("catalogueapi: invite: status %d", c.status))
			assert.Contains(t, err.Error(), c.do)
			assert.False(t, catalogueapi.OutcomeUnknown(err), "a refusal is the API's word that nothing was done")
			assert.Empty(t, w.api.Invitations())
			w.clean(err.Error())
			if c.want == catalogueapi.ErrAccess {
				_, err = w.client.Therapists(t.Context(), w.citizen())
				assert.Equal(t, c.status, failure(t, err, c.want).Status, "nor may it ask")
			}
		})
	}
}

func refuse(context.Context, string, string) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
}

// Without Config.IdempotencyKeys no key is sent, for then the API might invite twice and a client would repeat.
func TestIdempotencyKeys(t *testing.T) {
	for _, keys := range []bool{true, false} {
		var sent []string
		w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
		client := w.open(func(c *catalogueapi.Config) {
			c.IdempotencyKeys = keys
			c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
				sent = append(sent, r.Header.Get("Idempotency-Key"))
				return w.api.Client().Do(r)
			})
		})
		first, err := client.Invite(t.Context(), w.invitation())
		require.NoError(t, err)
		second, err := client.Invite(t.Context(), w.invitation())
		require.NoError(t, err)
		assert.Equal(t, keys, first == second)
		assert.Equal(t, keys, len(w.api.Invitations()) == 1)
		if !keys {
			assert.Equal(t, []string{"", ""}, sent)
			continue
		}
		assert.Equal(t, []string{invitationID, invitationID}, sent)
		other := w.invitation()
		other.Deadline = noon.AddDate(0, 1, 0)
		_, err = client.Invite(t.Context(), other)
		assert.Equal(t, 422, failure(t, err, catalogueapi.ErrRefused).Status, "another body with the same key")
	}
}

// hostError is what a client gives that knows whether a request was carried out.
type hostError struct {
	unknown bool
	also    string
}

func (e *hostError) Error() string        { return "host: no answer in time" + e.also }
func (e *hostError) OutcomeUnknown() bool { return e.unknown }

func TestOutcomeUnknown(t *testing.T) {
	gone := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	html := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") })
	empty := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("{}"))
	})
	cases := []struct {
		name    string
		before  func(*world) catalogueapi.Doer
		want    error
		unknown bool
		done    int
	}{
		{"answer lost", func(w *world) catalogueapi.Doer { w.api.Lose(cataloguetest.Invite, 1, gone); return nil }, catalogueapi.ErrUnavailable, true, 1},
		{"answer is another's", func(w *world) catalogueapi.Doer { w.api.Lose(cataloguetest.Invite, 1, html); return nil }, catalogueapi.ErrAnswer, true, 1},
		{"answer has nothing in it", func(w *world) catalogueapi.Doer { w.api.Lose(cataloguetest.Invite, 1, empty); return nil }, catalogueapi.ErrAnswer, true, 1},
		{"503", func(w *world) catalogueapi.Doer { w.api.Fail(cataloguetest.Invite, 1, 503); return nil }, catalogueapi.ErrUnavailable, true, 0},
		{"redirect", func(w *world) catalogueapi.Doer { w.api.Fail(cataloguetest.Invite, 1, 307); return nil }, catalogueapi.ErrAnswer, true, 0},
		{"204", func(w *world) catalogueapi.Doer { w.api.Fail(cataloguetest.Invite, 1, 204); return nil }, catalogueapi.ErrAnswer, true, 0},
		{"429", func(w *world) catalogueapi.Doer { w.api.Fail(cataloguetest.Invite, 1, 429); return nil }, catalogueapi.ErrUnavailable, false, 0},
		{"501", func(w *world) catalogueapi.Doer { w.api.Fail(cataloguetest.Invite, 1, 501); return nil }, catalogueapi.ErrUnavailable, false, 0},
		{"the client does not know", func(*world) catalogueapi.Doer {
			return doer(func(*http.Request) (*http.Response, error) {
				return nil, fmt.Errorf("x: %w", &hostError{unknown: true})
			})
		}, catalogueapi.ErrUnavailable, true, 0},
		{"the client knows", func(*world) catalogueapi.Doer {
			return doer(func(*http.Request) (*http.Response, error) { return nil, &hostError{} })
		}, catalogueapi.ErrUnavailable, false, 0},
		{"never sent", func(*world) catalogueapi.Doer { return &http.Client{Transport: &http.Transport{DialContext: refuse}} }, catalogueapi.ErrUnavailable, false, 0},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
			client := w.client
			if with := c.before(w); with != nil {
				var err error
				client, err = w.client.With(with)
				require.NoError(t, err)
			}
			_, err := client.Invite(t.Context(), w.invitation())
			failure(t, err, c.want)
			assert.Equal(t, c.unknown, catalogueapi.OutcomeUnknown(err), err)
			assert.Equal(t, c.unknown, catalogueapi.OutcomeUnknown(fmt.Errorf("wrapped: %w", err)))
			assert.Len(t, w.api.Invitations(), c.done)
			w.clean(err.Error())
		})
	}
}

// A client's own error is passed on with its text, unless that may hold a number.
func TestErrorOfTheHTTPClient(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	own := &hostError{unknown: true}
	client, err := w.client.With(doer(func(*http.Request) (*http.Response, error) { return nil, own }))
	require.NoError(t, err)
	_, err = client.Get(t.Context(), "sovn")
	require.ErrorIs(t, err, own)
	assert.EqualError(t, err, "catalogueapi: get: the API is not available: host: no answer in time")
	assert.False(t, catalogueapi.OutcomeUnknown(err), "asking changes nothing")

	for _, bad := range []error{errors.New(w.number), &hostError{also: w.number}} {
		client, err = w.client.With(doer(func(*http.Request) (*http.Response, error) { return nil, bad }))
		require.NoError(t, err)
		_, err = client.Get(t.Context(), "sovn")
		failure(t, err, catalogueapi.ErrUnavailable)
		w.clean(err.Error())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = w.client.Invite(ctx, w.invitation())
	require.ErrorIs(t, err, context.Canceled)
	assert.False(t, catalogueapi.OutcomeUnknown(err), "it was given up before")
}
