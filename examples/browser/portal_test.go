package browser_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// portalPage is where a citizen finds the tool. framePage shows the address in its
// query in a frame.
const (
	portalPage = portalURL + "/verktoy"
	framePage  = portalURL + "/ramme"
)

func portalSite(sim *launchtest.Helsenorge) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", sim.PortalHandler())
	mux.HandleFunc("GET /verktoy", func(w http.ResponseWriter, _ *http.Request) {
		sitePage(w, "Verktøy", fmt.Sprintf(`<p><a id="start" href="%s?prom_entry_id=58c1">Søvn steg for steg</a></p>`, startAt))
	})
	mux.HandleFunc("GET /ramme", func(w http.ResponseWriter, r *http.Request) {
		sitePage(w, "Ramme", fmt.Sprintf(`<iframe id="frame" src="%s" width="600" height="400"></iframe>`, html.EscapeString(r.URL.RawQuery)))
	})
	return mux
}

// keepPages lets the browser keep the portal's pages, as some do in spite of
// no-store, to show them again when the person goes back. And the page that sends
// itself on to the tool waits for the person to press its button.
func keepPages(next http.Handler) http.Handler {
	script := regexp.MustCompile(`<script.*</script>`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("Cache-Control", "private, max-age=600")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(script.ReplaceAll(answer.Body.Bytes(), nil)) // fails if nobody listens
	})
}

// makeLax knows better than the tool, as a proxy may: no cookie is SameSite=None.
func makeLax(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(&laxWriter{w}, r) })
}

type laxWriter struct{ http.ResponseWriter }

func (w *laxWriter) WriteHeader(status int) {
	lines := w.Header()["Set-Cookie"]
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "SameSite=None", "SameSite=Lax")
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (w *laxWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// letFrame takes away what keeps browsers from showing a page in a frame.
func letFrame(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // fails if nobody listens
	})
}
