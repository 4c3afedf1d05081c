package cataloguetest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

func open(t *testing.T, cfg cataloguetest.Config) *cataloguetest.API {
	t.Helper()
	cfg.Now = func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }
	a, err := cataloguetest.New(cfg)
	require.NoError(t, err)
	return a
}

// unborn is a number that is not synthetic and yet nobody's: of someone born in 1854, long before there were such numbers.
func unborn(t *testing.T) string {
	t.Helper()
	for n := 50_000; n < 75_000; n++ {
		if s := fmt.Sprintf("010154%d", n); nationalid.Valid(s) {
			return s
		}
	}
	require.Fail(t, "no such number")
	return ""
}

// ask sends a request, and gives status and answer.
func ask(t *testing.T, client *http.Client, method, address, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := client.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	got := map[string]any{}
	if len(data) > 0 {
		require.NoError(t, json.Unmarshal(data, &got))
	}
	return resp.StatusCode, got
}

// The wire as it stands in the documentation of this package: changing it is changing an assumption.
func TestWhatAToolLooksLike(t *testing.T) {
	a := open(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("sovn", cataloguetest.Named("Søvn"), cataloguetest.Keywords("insomni"),
		cataloguetest.For("sleep"), cataloguetest.WithAccess(catalogue.Access{RequiresPrescription: true}))}})
	status, got := ask(t, a.Client(), "GET", a.Address()+"/verktoy/v1/Verktoy/sovn", "")
	assert.Equal(t, 200, status)
	data, err := json.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, `{"verktoyId":"sovn","status":"Publisert","navn":{"nb":"Søvn"},"sokeord":{"nb":["insomni"]},"fagomrader":["sleep"],"sprak":["nb"],
		"nasjonaltTilgjengelig":false,"kanBrukesUtenInnlogging":false,"maSendesAvBehandler":true,"stotterRepresentasjon":false,
		"tillegg":{"start":[{"platform":"web","url":"https://sovn.example/start","profile":"helsenorge"}],
		"units":[{"id":"unit","title":{"nb":"sovn"},"days":28}]}}`, string(data))
}

func TestBadRequestsAreRefused(t *testing.T) {
	a := open(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("a"), cataloguetest.Tool("b")}})
	number := cataloguetest.Number("158190")
	cases := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"unknown member", "GET", "/verktoy/v1/Verktoy?fnr=1", "", 400, "a query with members that the operation has, and good values"},
		{"not a boolean", "GET", "/verktoy/v1/Verktoy?nasjonaltTilgjengelig=ja", "", 400, "a query with members that the operation has, and good values"},
		{"page of nothing", "GET", "/verktoy/v1/Verktoy?antall=0", "", 400, "a query with members that the operation has, and good values"},
		{"search for nothing", "GET", "/verktoy/v1/Verktoy/Sok", "", 400, "a query with members that the operation has, and good values"},
		{"number in the path", "GET", "/verktoy/v1/Verktoy/" + number, "", 400, "an address without an identity number"},
		{"number in the query", "GET", "/verktoy/v1/Verktoy/Sok?tekst=" + number[:6] + "+" + number[6:], "", 400, "an address without an identity number"},
		{"hidden number", "GET", "/verktoy/v1/Verktoy/Sok?tekst=%31" + number[1:], "", 400, "an address without an identity number"},
		{"unknown tool", "GET", "/verktoy/v1/Verktoy/c", "", 404, "a tool that is in the catalogue"},
		{"no such address", "GET", "/verktoy/v2/Verktoy", "", 404, "an address that there is"},
		{"other method", "POST", "/verktoy/v1/Verktoy", "{}", 404, "an address that there is"},
		{"no body", "POST", "/verktoy/v1/Avsendere", "", 415, "Content-Type application/json"},
		{"unknown member in the body", "POST", "/verktoy/v1/Avsendere", `{"verktoyId":"a","innbygger":{"fodselsnummer":"` + number + `"},"x":1}`, 400, "a JSON body that is right"},
		{"huge body", "POST", "/verktoy/v1/Avsendere", `{"verktoyId":"` + strings.Repeat(" ", 65<<10) + `"}`, 400, "a JSON body that is right"},
		{"a real number", "POST", "/verktoy/v1/Avsendere", `{"verktoyId":"a","innbygger":{"fodselsnummer":"` + unborn(t) + `"}}`, 400, "a synthetic identity number"},
		{"invitation of a real number", "POST", "/verktoy/v1/Invitasjon", `{"id":"0193a6f0-1234-4abc-8def-a1234567890b","verktoyId":"a","innbygger":{"fodselsnummer":"` +
			unborn(t) + `"},"behandler":{"navn":"Kari"},"frist":"2026-11-30T00:00:00Z"}`, 400, "a synthetic identity number"},
		{"invitation that is over", "POST", "/verktoy/v1/Invitasjon", `{"id":"0193a6f0-1234-4abc-8def-a1234567890b","verktoyId":"a","innbygger":{"fodselsnummer":"` +
			number + `"},"behandler":{"navn":"Kari"},"frist":"2026-11-01T00:00:00Z"}`, 400, "a deadline that is ahead"},
		{"invitation from nobody", "POST", "/verktoy/v1/Invitasjon", `{"id":"0193a6f0-1234-4abc-8def-a1234567890b","verktoyId":"a","innbygger":{"fodselsnummer":"` +
			number + `"},"behandler":{},"frist":"2026-11-30T00:00:00Z"}`, 400, "a JSON body that is right"},
		{"an unknown tool's therapists", "POST", "/verktoy/v1/Avsendere", `{"verktoyId":"c","innbygger":{"fodselsnummer":"` + number + `"}}`, 404, "a tool that is in the catalogue"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		status, got := ask(t, a.Client(), c.method, a.Address()+c.path, c.body)
		assert.Equal(t, c.status, status, c.name)
		refusals := a.Refusals()
		assert.Equal(t, c.want, refusals[len(refusals)-1], c.name)
		assert.Equal(t, "OperationOutcome", got["resourceType"], c.name)
	}
	assert.Len(t, a.Refusals(), len(cases))
	assert.Contains(t, a.Secrets(), number)
	assert.Equal(t, 5, a.Requests(cataloguetest.Therapists))
}

func TestPlannedTrouble(t *testing.T) {
	a := open(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("a")}})
	address := a.Address() + "/verktoy/v1/Verktoy/a"
	a.Fail(cataloguetest.Get, 2, 503)
	for _, want := range []int{503, 503, 200} {
		status, _ := ask(t, a.Client(), "GET", address, "")
		assert.Equal(t, want, status)
	}
	a.Answer(cataloguetest.Get, 1, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	_, err := a.Client().Get(address)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)

	a.Slow(cataloguetest.Get, time.Hour)
	synctest.Test(t, func(t *testing.T) { // the time is over when the request waits, and no sooner
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		require.NoError(t, err)
		_, err = a.Client().Do(r)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
	a.Slow(cataloguetest.Get, 0)

	_, err = a.Client().Get("https://other.example/")
	require.ErrorContains(t, err, "no such address in this test")
	server := httptest.NewServer(a) // and over a network
	defer server.Close()
	status, _ := ask(t, server.Client(), "GET", server.URL+"/verktoy/v1/Verktoy/a", "")
	assert.Equal(t, 200, status)
	assert.Equal(t, 6, a.Requests(cataloguetest.Get))
}

func TestChanges(t *testing.T) {
	a := open(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("a")}})
	require.NoError(t, a.Withdraw("a"))
	require.ErrorIs(t, a.Change("a", func(t *catalogue.Tool) { t.Status = catalogue.StatusListed }), catalogue.ErrWithdrawn)
	require.ErrorIs(t, a.Withdraw("b"), catalogue.ErrInvalid, "there is no such tool")
	require.NoError(t, a.Change("b", func(t *catalogue.Tool) { *t = cataloguetest.Tool("b") }))
	require.Len(t, a.Tools(), 2)
	assert.Equal(t, catalogue.StatusWithdrawn, a.Tools()[0].Status)
	require.ErrorContains(t, a.Sent("a", unborn(t), cataloguetest.Therapist{Name: "Kari"}), "want a synthetic identity number")
}

func TestConfig(t *testing.T) {
	for _, cfg := range []cataloguetest.Config{{Address: "api.example"}, {Address: "https://api.example/x"}, {MaxPage: -1}, {Tools: []catalogue.Tool{{}}}} {
		_, err := cataloguetest.New(cfg)
		require.Error(t, err)
	}
	assert.Panics(t, func() { cataloguetest.Number("999999") })
}
