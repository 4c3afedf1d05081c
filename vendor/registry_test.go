package vendor_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
	"github.com/verktoykatalog/verktoy/vendor"
)

const (
	living  vendor.OrgNumber = "999999999"
	ended   vendor.OrgNumber = "315260183" // deleted, and the register says what it knows
	removed vendor.OrgNumber = "923609016" // deleted, and nothing is known
	unknown vendor.OrgNumber = "974760673"
)

// The answers have the shape that the register's documentation shows; the organisations are invented.
const (
	livingBody = `{"respons_klasse":"Enhet","organisasjonsnummer":"999999999","navn":"SØVNHJELP  AS",
		"organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap","_links":{"self":{"href":"https://data.brreg.no/x"}}},
		"registreringsdatoEnhetsregisteret":"2019-05-06","registrertIMvaregisteret":true,
		"naeringskode1":{"kode":"62.010","beskrivelse":"Programmeringstjenester"},"antallAnsatte":12,
		"forretningsadresse":{"land":"Norge","landkode":"NO","postnummer":"5055","poststed":"BERGEN","adresse":["Nattveien 1"],
		"kommune":"BERGEN","kommunenummer":"4601"},"institusjonellSektorkode":{"kode":"2100","beskrivelse":"Private aksjeselskaper mv."},
		"konkurs":false,"underAvvikling":false,"underTvangsavviklingEllerTvangsopplosning":false,"maalform":"Bokmål",
		"_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/999999999"}}}`
	endedBody = `{"respons_klasse":"SlettetEnhet","organisasjonsnummer":"315260183","navn":"DAGDRØM AS",
		"organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap"},"slettedato":"2026-03-01"}`
	removedBody = `{"organisasjonsnummer":"923609016","slettedato":"2025-01-31"}`
)

// livingEntity is what livingBody says.
var livingEntity = vendor.Entity{OrgNumber: living, Name: "SØVNHJELP  AS", Form: "AS", Registered: "2019-05-06", Municipality: "BERGEN"}

// register answers as the public one does.
func register(w http.ResponseWriter, r *http.Request) {
	const version = "application/vnd.brreg.enhetsregisteret.enhet.v2+json"
	if r.Header.Get("Accept") != version {
		w.WriteHeader(http.StatusNotAcceptable)
		return
	}
	w.Header().Set("Content-Type", version)
	switch r.URL.Path {
	case "/enhetsregisteret/api/enheter/999999999":
		_, _ = io.WriteString(w, livingBody)
	case "/enhetsregisteret/api/enheter/315260183":
		_, _ = io.WriteString(w, endedBody)
	case "/enhetsregisteret/api/enheter/923609016":
		w.WriteHeader(http.StatusGone)
		_, _ = io.WriteString(w, removedBody)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// client sends all requests to the handler, without a network.
func client(handler http.HandlerFunc) *http.Client {
	return &http.Client{Transport: inprocess.Transport(func(u *url.URL) (http.Handler, error) {
		if u.Scheme != "https" || u.Host != "data.brreg.no" {
			return nil, fmt.Errorf("asked %s", u.Host)
		}
		return handler, nil
	})}
}

func open(t testing.TB, handler http.HandlerFunc) *vendor.Enhetsregisteret {
	t.Helper()
	r, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Client: client(handler)})
	require.NoError(t, err)
	return r
}

func ExampleRegistry() {
	var registry vendor.Registry = vendor.NewStaticRegistry( // or vendor.NewEnhetsregisteret
		vendor.Entity{OrgNumber: "999999999", Name: "SØVNHJELP AS", Form: "AS", Bankrupt: true})
	v := vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"}
	entity, err := registry.Lookup(context.Background(), v.OrgNumber)
	fmt.Println(entity.Name, err)
	for _, d := range vendor.Compare(v, entity) {
		fmt.Println(d.Kind, d.Stops, d.Text.In("en"))
	}
	_, err = registry.Lookup(context.Background(), "315260183")
	fmt.Println(errors.Is(err, vendor.ErrNotFound))
	// Output:
	// SØVNHJELP AS <nil>
	// bankrupt true The organisation is bankrupt. Talk to the trustee before anything new is agreed.
	// true
}

func TestRegistries(t *testing.T) {
	static := vendor.NewStaticRegistry(livingEntity, vendor.Entity{OrgNumber: ended, Deleted: "2026-03-01"})
	for name, r := range map[string]vendor.Registry{"in memory": static, "Enhetsregisteret": open(t, register)} {
		t.Run(name, func(t *testing.T) {
			c := vendor.RegistryCase{Known: livingEntity, Deleted: ended, Unknown: unknown}
			assert.NoError(t, vendor.CheckRegistry(t.Context(), r, c))
		})
	}
}

// broken changes what a good registry answers.
type broken struct {
	vendor.Registry
	change func(ctx context.Context, n vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error)
}

func (b broken) Lookup(ctx context.Context, n vendor.OrgNumber) (vendor.Entity, error) {
	e, err := b.Registry.Lookup(ctx, n)
	return b.change(ctx, n, e, err)
}

// The suite finds each promise that is broken.
func TestCheckRegistryFindsBrokenOnes(t *testing.T) {
	static := vendor.NewStaticRegistry(livingEntity, vendor.Entity{OrgNumber: ended, Deleted: "2026-03-01"})
	c := vendor.RegistryCase{Known: livingEntity, Deleted: ended, Unknown: unknown}
	type change = func(context.Context, vendor.OrgNumber, vendor.Entity, error) (vendor.Entity, error)
	for name, tt := range map[string]struct {
		change change
		want   string
	}{
		"forgets a member": {func(_ context.Context, _ vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			e.Form = ""
			return e, err
		}, "a known number"},
		"unknown is no error": {func(_ context.Context, _ vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if errors.Is(err, vendor.ErrNotFound) {
				err = nil
			}
			return e, err
		}, "an unknown number"},
		"deleted is no error": {func(_ context.Context, _ vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if errors.Is(err, vendor.ErrDeleted) {
				err = nil
			}
			return e, err
		}, "a deleted number"},
		"deleted is empty": {func(_ context.Context, _ vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if err != nil {
				e = vendor.Entity{}
			}
			return e, err
		}, "an entity with the number"},
		"any number will do": {func(_ context.Context, n vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if errors.Is(err, vendor.ErrOrgNumber) {
				err = vendor.ErrNotFound
			}
			return e, err
		}, "a wrong check digit"},
		"does not heed the context": {func(_ context.Context, n vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if errors.Is(err, vendor.ErrUnavailable) {
				return livingEntity, nil
			}
			return e, err
		}, "an ended context"},
		"hides the context's error": {func(_ context.Context, _ vendor.OrgNumber, e vendor.Entity, err error) (vendor.Entity, error) {
			if errors.Is(err, vendor.ErrUnavailable) {
				err = vendor.ErrUnavailable
			}
			return e, err
		}, "an ended context's own error"},
	} {
		assert.ErrorContains(t, vendor.CheckRegistry(t.Context(), broken{static, tt.change}, c), tt.want, name)
	}
	require.ErrorContains(t, vendor.CheckRegistry(t.Context(), static, vendor.RegistryCase{}), "want Known and Unknown")
}

func TestEnhetsregisteretOnTheDeleted(t *testing.T) {
	r := open(t, register)
	e, err := r.Lookup(t.Context(), ended)
	require.ErrorIs(t, err, vendor.ErrDeleted)
	assert.Equal(t, vendor.Entity{OrgNumber: ended, Name: "DAGDRØM AS", Form: "AS", Deleted: "2026-03-01"}, e)
	e, err = r.Lookup(t.Context(), removed)
	require.ErrorIs(t, err, vendor.ErrDeleted)
	assert.Equal(t, vendor.Entity{OrgNumber: removed, Deleted: "2025-01-31"}, e)

	e, err = open(t, answer(200, `{"respons_klasse":"SlettetEnhet","organisasjonsnummer":"315260183","navn":"DAGDRØM AS"}`)).Lookup(t.Context(), ended)
	require.ErrorIs(t, err, vendor.ErrDeleted, "the class alone says it")
	assert.Equal(t, vendor.Entity{OrgNumber: ended, Name: "DAGDRØM AS"}, e)

	for _, body := range []string{"", "<html>", `{"organisasjonsnummer":"974760673","slettedato":"2025-01-31"}`} {
		e, err := open(t, answer(http.StatusGone, body)).Lookup(t.Context(), removed)
		require.ErrorIs(t, err, vendor.ErrDeleted, "410 alone says it")
		assert.Equal(t, vendor.Entity{OrgNumber: removed}, e)
	}
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "https://elsewhere.example/")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestEnhetsregisteretReadsFlagsAndParent(t *testing.T) {
	body := strings.NewReplacer(`"konkurs":false`, `"konkurs":true`, `"underAvvikling":false`, `"underAvvikling":true`,
		`Tvangsopplosning":false`, `Tvangsopplosning":true,"overordnetEnhet":"315260183"`).Replace(livingBody)
	e, err := open(t, answer(200, body)).Lookup(t.Context(), living)
	require.NoError(t, err)
	assert.True(t, e.Bankrupt)
	assert.True(t, e.Dissolving)
	assert.True(t, e.ForcedDissolving)
	assert.Equal(t, ended, e.Parent)

	short := `{"organisasjonsnummer":"999999999","navn":"A","konkurs":false,"underAvvikling":false,"underTvangsavviklingEllerTvangsopplosning":false,"organisasjonsform":null}`
	e, err = open(t, answer(200, short)).Lookup(t.Context(), living)
	require.NoError(t, err)
	assert.Equal(t, vendor.Entity{OrgNumber: living, Name: "A"}, e)
}

// Whatever is not as documented leaves the question open, and nothing of it is passed on.
func TestEnhetsregisteretRefusesUnusableAnswers(t *testing.T) {
	without := func(old, new string) string {
		changed := strings.Replace(livingBody, old, new, 1)
		require.NotEqual(t, livingBody, changed, "the answer is changed")
		return changed
	}
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   string
	}{
		{"not JSON", 200, "<html>CANARY</html>", "not JSON"},
		{"empty", 200, "", "not JSON"},
		{"cut off", 200, livingBody[:200], "not JSON"},
		{"a list", 200, "[]", "documentation"},
		{"another organisation", 200, endedBody, "another organisation"},
		{"no number", 200, "{}", "another organisation"},
		{"the number twice", 200, without(`"navn"`, `"organisasjonsnummer":"999999999","navn"`), "not JSON"},
		{"no name", 200, without(`"navn":"SØVNHJELP  AS",`, ""), "no name"},
		{"bankruptcy by another name", 200, without(`"konkurs"`, `"erKonkurs"`), "bankrupt"},
		{"bankruptcy is null", 200, without(`"konkurs":false`, `"konkurs":null`), "bankrupt"},
		{"bankruptcy is text", 200, without(`"konkurs":false`, `"konkurs":"N"`), "documentation"},
		{"dissolving by another name", 200, without(`"underAvvikling"`, `"avvikling"`), "bankrupt"},
		{"forced by another name", 200, without(`"underTvangs`, `"tvangs`), "bankrupt"},
		{"a day that is none", 200, without("2019-05-06", "06.05.2019"), "a day"},
		{"a parent that is none", 200, without(`"konkurs"`, `"overordnetEnhet":"1","konkurs"`), "organisation number"},
		{"a name that turns the text", 200, without("SØVNHJELP", `\u202eCANARY`), "control characters"},
		{"too large", 200, `{"x":"` + strings.Repeat("a", 300<<10) + `"}`, "256 KiB"},
		{"another version", 406, "CANARY", "status 406"},
		{"elsewhere", 302, "CANARY", "status 302"},
		{"bad request", 400, `{"feilmelding":"CANARY"}`, "status 400"},
		{"no content", 204, "", "status 204"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := open(t, answer(tt.status, tt.body)).Lookup(t.Context(), living)
			require.ErrorIs(t, err, vendor.ErrUnavailable)
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, err.Error(), "CANARY")
			assert.NotContains(t, err.Error(), string(living))
			assert.Equal(t, vendor.Entity{}, e)
		})
	}
}

func TestEnhetsregisteretTriesAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		fails int
		want  error
	}{"twice down": {2, nil}, "always down": {100, vendor.ErrUnavailable}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				asked := 0
				handler := func(w http.ResponseWriter, r *http.Request) {
					if asked++; asked <= tt.fails {
						w.WriteHeader(http.StatusServiceUnavailable)
						return
					}
					register(w, r)
				}
				r, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Client: client(handler),
					Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
				require.NoError(t, err)
				e, err := r.Lookup(t.Context(), living)
				require.ErrorIs(t, err, tt.want)
				assert.Equal(t, tt.want == nil, e == livingEntity)
				assert.Equal(t, min(tt.fails+1, 5), asked)
				assert.Contains(t, log.String(), "data.brreg.no")
				assert.NotContains(t, log.String(), string(living))
			})
		})
	}
}

func TestEnhetsregisteretGivesUpInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		began := time.Now()
		_, err := r.Lookup(t.Context(), living)
		require.ErrorIs(t, err, vendor.ErrUnavailable)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 10*time.Second, time.Since(began))
	})
}

// Nothing is sent for what is no number: it might be somebody's identity number.
func TestEnhetsregisteretSendsNumbersOnly(t *testing.T) {
	r := open(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	for _, n := range []vendor.OrgNumber{"", identity, "999999998", "../roller", "999 999 999"} {
		_, err := r.Lookup(t.Context(), n)
		require.ErrorIs(t, err, vendor.ErrOrgNumber)
		assert.NotContains(t, err.Error(), identity)
	}
}

// A client of the host's that follows redirects by itself is found out.
func TestEnhetsregisteretRefusesAnAnswerFromElsewhere(t *testing.T) {
	r, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Client: wanderer{}})
	require.NoError(t, err)
	_, err = r.Lookup(t.Context(), living)
	require.ErrorIs(t, err, vendor.ErrUnavailable)
	require.ErrorContains(t, err, "no redirect")
}

type wanderer struct{}

func (wanderer) Do(r *http.Request) (*http.Response, error) {
	other := r.Clone(r.Context())
	other.URL = &url.URL{Scheme: "https", Host: "elsewhere.example", Path: r.URL.Path}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(livingBody)), Request: other}, nil
}

func TestEnhetsregisteretConfig(t *testing.T) {
	for _, address := range []string{"", "https://proxy.example", "https://proxy.example/brreg"} {
		_, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Address: address})
		require.NoError(t, err, address)
	}
	_, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Address: "http://127.0.0.1:8080", AllowLoopback: true})
	require.NoError(t, err)
	for _, address := range []string{"http://data.brreg.no", "http://127.0.0.1", "https://", "https://a.example/", "https://a.example?x=1", "https://u@a.example", "a.example"} {
		_, err := vendor.NewEnhetsregisteret(vendor.EnhetsregisteretConfig{Address: address, Timeout: -1})
		require.ErrorContains(t, err, "field Address", address)
		require.ErrorContains(t, err, "field Timeout", address)
	}
}

func TestCompare(t *testing.T) {
	v := vendor.Vendor{OrgNumber: living, Name: " Søvnhjelp as"}
	for _, tt := range []struct {
		name  string
		v     func(*vendor.Vendor)
		e     func(*vendor.Entity)
		want  []vendor.DifferenceKind
		stops bool
	}{
		{name: "the same, in capitals"},
		{name: "Norwegian", v: func(v *vendor.Vendor) { v.Country = "NO" }},
		{name: "branch of a Swedish company", v: func(v *vendor.Vendor) { v.Country = "SE" }, e: func(e *vendor.Entity) { e.Form = "NUF" }},
		{name: "said to be Swedish", v: func(v *vendor.Vendor) { v.Country = "SE" }, want: []vendor.DifferenceKind{"country"}},
		{name: "another name", e: func(e *vendor.Entity) { e.Name = "NATTRO AS" }, want: []vendor.DifferenceKind{"name"}},
		{name: "another number", e: func(e *vendor.Entity) { e.OrgNumber = ended }, want: []vendor.DifferenceKind{"number"}, stops: true},
		{name: "deleted", e: func(e *vendor.Entity) { e.Deleted = "2026-01-01" }, want: []vendor.DifferenceKind{"deleted"}, stops: true},
		{name: "bankrupt", e: func(e *vendor.Entity) { e.Bankrupt = true }, want: []vendor.DifferenceKind{"bankrupt"}, stops: true},
		{name: "dissolving", e: func(e *vendor.Entity) { e.Dissolving = true }, want: []vendor.DifferenceKind{"dissolving"}, stops: true},
		{name: "forced", e: func(e *vendor.Entity) { e.ForcedDissolving = true }, want: []vendor.DifferenceKind{"forced-dissolving"}, stops: true},
		{name: "nothing at all", e: func(e *vendor.Entity) { *e = vendor.Entity{} }, want: []vendor.DifferenceKind{"number", "name"}, stops: true},
		{name: "nobody", v: func(v *vendor.Vendor) { *v = vendor.Vendor{} }, e: func(e *vendor.Entity) { *e = vendor.Entity{} }, want: []vendor.DifferenceKind{"number"}, stops: true},
		{name: "several", e: func(e *vendor.Entity) { e.Name, e.Bankrupt, e.Deleted = "X", true, "2026-01-01" },
			want: []vendor.DifferenceKind{"deleted", "bankrupt", "name"}, stops: true},
	} {
		v, e := v, livingEntity
		if tt.v != nil {
			tt.v(&v)
		}
		if tt.e != nil {
			tt.e(&e)
		}
		var kinds []vendor.DifferenceKind
		stops := false
		for _, d := range vendor.Compare(v, e) {
			kinds = append(kinds, d.Kind)
			stops = stops || d.Stops
			complete(t, d.Text)
		}
		assert.Equal(t, tt.want, kinds, tt.name)
		assert.Equal(t, tt.stops, stops, tt.name)
	}
}
