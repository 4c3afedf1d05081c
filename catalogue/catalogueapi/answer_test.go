package catalogueapi_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

// answering is a client that gets one answer to everything.
func answering(t *testing.T, d doer) *catalogueapi.Client {
	t.Helper()
	c, err := catalogueapi.New(catalogueapi.Config{Address: "https://api.example", HTTP: d, Tool: "sovn", Now: now})
	require.NoError(t, err)
	return c
}

const goodTool = `{"verktoyId":"sovn","status":"Publisert","navn":{"nb":"Søvn"},"nasjonaltTilgjengelig":true,"kanBrukesUtenInnlogging":false,"maSendesAvBehandler":true}`

// edited is the good tool with a member put in, or taken out if the value is "".
func edited(t *testing.T, name, value string) string {
	t.Helper()
	var members map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(goodTool), &members))
	members[name] = json.RawMessage(value)
	if value == "" {
		delete(members, name)
	}
	data, err := json.Marshal(members)
	require.NoError(t, err)
	return string(data)
}

func TestToolsThatAreNotWhole(t *testing.T) {
	cases := []struct{ name, member, value, want string }{
		{"no id", "verktoyId", "", "/verktoyId: the member is missing"},
		{"no status", "status", "", "/status: the member is missing"},
		{"no name", "navn", "", "/navn: the member is missing"},
		{"an access fact is not said", "maSendesAvBehandler", "", "/maSendesAvBehandler: the member is missing"},
		{"nor another", "kanBrukesUtenInnlogging", "", "/kanBrukesUtenInnlogging: the member is missing"},
		{"nor the third", "nasjonaltTilgjengelig", "", "/nasjonaltTilgjengelig: the member is missing"},
		{"an access fact is null", "maSendesAvBehandler", "null", "/maSendesAvBehandler: the value has the wrong type"},
		{"id of another form", "verktoyId", `"SØVN"`, "/verktoyId: the value does not have the right form"},
		{"name in no language that is known", "navn", `{"no":"Søvn"}`, "/tools/0/name: the member is missing"},
		{"blank name", "navn", `{"nb":" "}`, "/tools/0/name/nb: the text is too short"},
		{"organisation number", "leverandor", `{"organisasjonsnummer":"1","navn":"A"}`, "/leverandor/organisasjonsnummer: the value does not have the right form"},
		{"start over http", "tillegg", `{"start":[{"platform":"web","url":"http://x.example","profile":"link"}]}`, "/tools/0/start/0/url"},
		{"said twice", "tillegg", `{"status":"listed"}`, "/tillegg/status: this contradicts what is said elsewhere"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		body := edited(t, c.member, c.value)
		found, err := answering(t, answers(200, "application/json", body)).Get(t.Context(), "sovn")
		failure(t, err, catalogueapi.ErrAnswer)
		assert.ErrorContains(t, err, c.want, c.name)
		assert.Equal(t, catalogueapi.Found{}, found, c.name)
		// In a list, one such tool spoils the page.
		list, err := answering(t, answers(200, "application/json", `{"totalt":2,"verktoy":[`+strings.Replace(goodTool, "sovn", "a", 1)+`,`+body+`]}`)).List(t.Context(), catalogueapi.Filter{})
		failure(t, err, catalogueapi.ErrAnswer)
		assert.Equal(t, catalogueapi.Tools{}, list, c.name)
	}
}

// What there is no room for is told, and the careful choice made.
func TestNotes(t *testing.T) {
	number := cataloguetest.Number("158190")
	cases := []struct {
		name, member, value string
		want                catalogueapi.Note
		check               func(catalogue.Tool) any
		is                  any
	}{
		{"status", "status", `"Arkivert"`, catalogueapi.Note{Tool: "sovn", Place: "/status", Code: "Arkivert", What: "the status is not known; the tool is taken as paused and cannot be started"},
			func(t catalogue.Tool) any { return t.Status }, catalogue.StatusPaused},
		{"kind", "type", `"Spill"`, catalogueapi.Note{Tool: "sovn", Place: "/type", Code: "Spill", What: "the kind is not known and was left out"},
			func(t catalogue.Tool) any { return t.Kind }, catalogue.Kind("")},
		{"area", "fagomrader", `["sleep","PSYKISK_HELSE"]`, catalogueapi.Note{Tool: "sovn", Place: "/fagomrader/1", Code: "PSYKISK_HELSE", What: "the code is not known and was left out; see Codes"},
			func(t catalogue.Tool) any { return t.Areas }, []catalogue.Area{"sleep"}},
		{"a number as a code", "malgrupper", `["` + number[:6] + ` ` + number[6:] + `"]`, catalogueapi.Note{Tool: "sovn", Place: "/malgrupper/0", What: "the code is not known and was left out; see Codes"},
			func(t catalogue.Tool) any { return t.Audiences }, []catalogue.Audience(nil)},
		{"language", "sprak", `["no","nb"]`, catalogueapi.Note{Tool: "sovn", Place: "/sprak/0", Code: "no", What: "the language is not known and was left out"},
			func(t catalogue.Tool) any { return t.Languages }, []catalogue.Lang{"nb"}},
		{"text", "sammendrag", `{"no":"x","nn":"y"}`, catalogueapi.Note{Tool: "sovn", Place: "/sammendrag/no", Code: "no", What: "the language is not known and was left out"},
			func(t catalogue.Tool) any { return t.Summary }, catalogue.Text{"nn": "y"}},
		{"keywords", "sokeord", `{"NB":["x"]}`, catalogueapi.Note{Tool: "sovn", Place: "/sokeord/NB", Code: "NB", What: "the language is not known and was left out"},
			func(t catalogue.Tool) any { return len(t.Keywords) }, 0},
		{"new member", "vurdering", `5`, catalogueapi.Note{Tool: "sovn", Place: "/vurdering", What: "the member is not known and was left out"},
			func(t catalogue.Tool) any { return t.Name.In() }, "Søvn"},
		{"new member of ours", "tillegg", `{"start":[{"platform":"web","url":"https://x.example","profile":"link","x":1}]}`,
			catalogueapi.Note{Tool: "sovn", Place: "/tillegg/start/0/x", What: "the member is not known and was left out"},
			func(t catalogue.Tool) any { return len(t.Start) }, 1},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		found, err := answering(t, answers(200, "application/json", edited(t, c.member, c.value))).Get(t.Context(), "sovn")
		require.NoError(t, err, c.name)
		assert.Equal(t, []catalogueapi.Note{c.want}, found.Notes, c.name)
		assert.Equal(t, c.is, c.check(found.Tool), c.name)
		list, err := answering(t, answers(200, "application/json", `{"totalt":1,"verktoy":[`+edited(t, c.member, c.value)+`]}`)).Document(t.Context())
		require.NoError(t, err, c.name)
		require.Len(t, list.Notes, 1, c.name)
		assert.Equal(t, "/verktoy/0"+c.want.Place, list.Notes[0].Place, c.name)
	}
}

func TestListsThatCannotBeUsed(t *testing.T) {
	one := strings.Replace(goodTool, "sovn", "a", 1)
	cases := []struct {
		name, kind, body string
		status           int
		want             error
		says             string
	}{
		{"not JSON", "text/html", "<html>", 200, catalogueapi.ErrAnswer, "want Content-Type application/json"},
		{"no kind", "", "{}", 200, catalogueapi.ErrAnswer, "want Content-Type application/json"},
		{"broken off", "application/json", `{"verktoy":[`, 200, catalogueapi.ErrAnswer, "this is not valid JSON"},
		{"an array", "application/json", `[]`, 200, catalogueapi.ErrAnswer, "the value has the wrong type"},
		{"nothing", "application/json", `{}`, 200, catalogueapi.ErrAnswer, "the member is missing"},
		{"null", "application/json", `{"verktoy":null,"totalt":0}`, 200, catalogueapi.ErrAnswer, "/verktoy: the value has the wrong type"},
		{"twice", "application/json", `{"verktoy":[` + one + `,` + one + `],"totalt":2}`, 200, catalogueapi.ErrAnswer, "this is used before"},
		{"too few", "application/json", `{"verktoy":[` + one + `],"totalt":2}`, 200, catalogueapi.ErrChanged, "read it again"},
		{"negative", "application/json", `{"verktoy":[` + one + `],"totalt":-1}`, 200, catalogueapi.ErrAnswer, "/totalt"},
		{"the same page for ever", "application/json", `{"verktoy":[` + one + `],"totalt":2,"neste":"a"}`, 200, catalogueapi.ErrAnswer, "want pages that come to an end"},
		{"an empty page for ever", "application/json", `{"verktoy":[],"totalt":2,"neste":"a"}`, 200, catalogueapi.ErrAnswer, "want pages that come to an end"},
		{"huge", "application/json", strings.Repeat(" ", 8<<20+1), 200, catalogueapi.ErrAnswer, "want at most 8 MiB"},
		{"an empty catalogue", "application/json", `{"verktoy":[],"totalt":0}`, 200, catalogueapi.ErrAnswer, "want a catalogue with tools"},
		{"moved", "application/json", ``, 301, catalogueapi.ErrAnswer, "it sends elsewhere"},
		{"gone", "application/json", ``, 410, catalogueapi.ErrRefused, "API's documentation"},
		{"overloaded", "application/json", ``, 429, catalogueapi.ErrUnavailable, "try again later"},
		{"broken", "application/json", `{"code":"` + cataloguetest.Number("158190") + `"}`, 500, catalogueapi.ErrUnavailable, "status 500: the API is not available"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		got, err := answering(t, answers(c.status, c.kind, c.body)).Document(t.Context())
		e := failure(t, err, c.want)
		assert.Equal(t, c.status, e.Status, c.name)
		assert.Empty(t, e.Code, c.name)
		assert.ErrorContains(t, err, c.says, c.name)
		assert.Equal(t, catalogueapi.Snapshot{}, got, c.name)
	}
}

func TestAnswerFromElsewhere(t *testing.T) {
	client := answering(t, func(r *http.Request) (*http.Response, error) {
		moved := r.Clone(r.Context())
		moved.URL.Host = "other.example"
		resp, err := answers(200, "application/json", goodTool)(r)
		resp.Request = moved
		return resp, err
	})
	_, err := client.Get(t.Context(), "sovn")
	failure(t, err, catalogueapi.ErrAnswer)
	assert.ErrorContains(t, err, "from another address")
	_, err = answering(t, answers(200, "application/json", goodTool)).Get(t.Context(), "other")
	assert.ErrorContains(t, err, "it is about another tool")
}

// A tool that moved to a later page comes twice, and another one not at all.
func TestToolOnTwoPages(t *testing.T) {
	pages := []string{`{"verktoy":[` + goodTool + `],"totalt":2,"neste":"b"}`, `{"verktoy":[` + goodTool + `],"totalt":2}`}
	client := answering(t, func(r *http.Request) (*http.Response, error) {
		page := pages[0]
		pages = pages[1:]
		return answers(200, "application/json", page)(r)
	})
	got, err := client.List(t.Context(), catalogueapi.Filter{})
	failure(t, err, catalogueapi.ErrChanged)
	assert.Empty(t, got)
}

// The list changes while it is read: no page is given, and the next reading is whole.
func TestListThatChangesMeanwhile(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools(), MaxPage: 1}, nil)
	calls := 0
	client, err := w.client.With(doer(func(r *http.Request) (*http.Response, error) {
		if calls++; calls == 2 {
			assert.NoError(t, w.api.Change("barn", func(t *catalogue.Tool) { *t = cataloguetest.Tool("barn") }))
		}
		return w.api.Client().Do(r)
	}))
	require.NoError(t, err)
	got, err := client.Document(t.Context())
	failure(t, err, catalogueapi.ErrChanged)
	assert.Empty(t, got)
	got, err = client.Document(t.Context())
	require.NoError(t, err)
	assert.Len(t, got.Document.Tools, 3)
}

func TestCodesInRefusals(t *testing.T) {
	for body, want := range map[string]string{
		`{"resourceType":"OperationOutcome","issue":[{"code":"processing","details":{"coding":[{"system":"x","code":"2118"}]}}]}`: "2118",
		`{"feilkode":2174}`: "2174", `{"error":{"kode":"2147"}}`: "2147", `{"message":"EHSEC-110002: token"}`: "EHSEC-110002", `"EHSEC-110002"`: "EHSEC-110002",
		`{"code":"invalid"}`: "", `{"antall":2118}`: "", `{"code":"21182118211"}`: "", `{"code":"2118"`: "", ``: "", `EHSEC-110002`: "",
	} {
		_, err := answering(t, answers(400, "application/json", body)).Get(t.Context(), "sovn")
		assert.Equal(t, want, failure(t, err, catalogueapi.ErrRefused).Code, body)
	}
}

func TestAccessDeniedWithoutACodeThatIsKnown(t *testing.T) {
	for body, status := range map[string]int{``: 401, `{"code":"EHSEC-110099"}`: 400, `{}`: 403} {
		_, err := answering(t, answers(status, "application/json", body)).Get(t.Context(), "sovn")
		assert.Equal(t, status, failure(t, err, catalogueapi.ErrAccess).Status)
	}
}

// A host's own mapping may find what it likes: only what looks like a code is shown.
func TestCodeOfAHostsMapping(t *testing.T) {
	c, err := catalogueapi.New(catalogueapi.Config{Address: "https://api.example", HTTP: answers(400, "text/plain", "x"),
		Wire: catalogueapi.Wire{Code: func([]byte) string { return cataloguetest.Number("158190") }}})
	require.NoError(t, err)
	_, err = c.Get(t.Context(), "sovn")
	assert.Empty(t, failure(t, err, catalogueapi.ErrRefused).Code)
	assert.NotContains(t, err.Error(), cataloguetest.Number("158190"))
}

func TestAnswersToAnInvitationThatAreNotRight(t *testing.T) {
	number := cataloguetest.Number("158190")
	citizen, err := catalogueapi.ParseCitizen(number)
	require.NoError(t, err)
	for _, body := range []string{`{"oppgaveId":"` + number + `","frist":"2026-11-30T00:00:00Z"}`, `{"oppgaveId":"a b","frist":"2026-11-30T00:00:00Z"}`,
		`{"frist":"2026-11-30T00:00:00Z"}`, `{"oppgaveId":"x","frist":"i morgen"}`, `[]`, `null`} {
		got, err := answering(t, answers(201, "application/json", body)).Invite(t.Context(), catalogueapi.Invitation{ID: invitationID, Citizen: citizen,
			From: catalogueapi.Therapist{HPR: "1"}, Deadline: noon.AddDate(0, 0, 1)})
		failure(t, err, catalogueapi.ErrAnswer)
		assert.True(t, catalogueapi.OutcomeUnknown(err), body)
		assert.NotContains(t, err.Error(), number)
		assert.Empty(t, got)
	}
}

func TestTherapistsThatAreNotRight(t *testing.T) {
	number := cataloguetest.Number("158190")
	citizen, err := catalogueapi.ParseCitizen(number)
	require.NoError(t, err)
	for body, want := range map[string]string{
		`{}`:                  "/behandlere: the member is missing",
		`{"behandlere":null}`: "/behandlere: the member is missing",
		`[]`:                  "the value has the wrong type, want an object",
		`{"behandlere":[{}]}`: "want each therapist with a name, an HPR number or an organisation",
		`{"behandlere":[{"hprNummer":"` + number + `"}]}`:                    "want each therapist with an HPR number of up to nine digits",
		`{"behandlere":[{"navn":"Kari ` + number + `"}]}`:                    "want each therapist with names of at most 200 characters without an identity number",
		`{"behandlere":[{"navn":"Kari","sendt":"i går"}]}`:                   "want sendt as a time as in RFC 3339",
		`{"behandlere":[{"virksomhet":{"organisasjonsnummer":"123"}}]}`:      "/behandlere/0/virksomhet/organisasjonsnummer",
		`{"behandlere":[{"navn":"Kari"},{"navn":"` + number + `","x":[1]}]}`: "want each therapist with names of at most 200 characters without an identity number",
	} {
		list, err := answering(t, answers(200, "application/fhir+json; charset=utf-8", body)).Therapists(t.Context(), citizen)
		failure(t, err, catalogueapi.ErrAnswer)
		assert.ErrorContains(t, err, want, body)
		assert.NotContains(t, err.Error(), number)
		assert.Empty(t, list)
	}
}

// A citizen shows himself to nobody, however he is printed.
func TestCitizenIsRedacted(t *testing.T) {
	number := cataloguetest.Number("158190")
	c, err := catalogueapi.CitizenOf(revealing(number))
	require.NoError(t, err)
	i := catalogueapi.Invitation{Citizen: c}
	data, err := json.Marshal(i)
	require.NoError(t, err)
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "citizen", c, "invitation", i)
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v %s %x", i, i, c, c), string(data), log.String()} {
		assert.Contains(t, text, "[redacted]")
		assert.NotContains(t, text, number)
	}
	assert.Equal(t, number, c.Reveal("test"))
	assert.Empty(t, c.Reveal(""))
	assert.Empty(t, catalogueapi.Citizen{}.Reveal("test"))
	for _, bad := range []string{"", "1", number[:10] + "x", number + "1"} {
		_, err := catalogueapi.ParseCitizen(bad)
		require.ErrorIs(t, err, catalogueapi.ErrCitizen)
	}
}

type revealing string

func (r revealing) Reveal(string) string { return string(r) }
