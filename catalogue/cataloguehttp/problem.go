package cataloguehttp

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Problem is what an error holds (RFC 9457).
type Problem struct {
	// Type names the sort of problem. It is an identifier; there need not be anything to fetch.
	Type string `json:"type"`
	// Title says it in the reader's language: nb, nn or en.
	Title  string `json:"title"`
	Status int    `json:"status"`
	// Faults are all that is wrong with the query, at most 100. None for other problems.
	Faults []Fault `json:"faults,omitempty"`

	title catalogue.Text
}

// Fault is one thing that is wrong with a query.
type Fault struct {
	// Parameter is the name, with the place among several: "area[1]". It is empty if the whole query is meant.
	Parameter string `json:"parameter"`
	// Detail says in English what is wrong, for the front end's programmer. It never holds the value.
	Detail string `json:"detail"`
}

const types = "https://verktoykatalog.github.io/problem/"

func invalid(faults []Fault) *Problem {
	return &Problem{Type: types + "invalid-query", Status: http.StatusBadRequest, Faults: faults[:min(len(faults), problemMost)],
		title: catalogue.Text{"nb": "Søket kan ikke utføres slik det er skrevet", "nn": "Søket kan ikkje utførast slik det er skrive", "en": "The query cannot be used as it is"}}
}

func notFound() *Problem {
	return &Problem{Type: types + "not-found", Status: http.StatusNotFound,
		title: catalogue.Text{"nb": "Finnes ikke i katalogen", "nn": "Finst ikkje i katalogen", "en": "Not in the catalogue"}}
}

func notAllowed() *Problem {
	return &Problem{Type: types + "method", Status: http.StatusMethodNotAllowed,
		title: catalogue.Text{"nb": "Katalogen kan bare leses", "nn": "Katalogen kan berre lesast", "en": "The catalogue can only be read"}}
}

// failed is for a search that fails though its query was checked: nothing that a client can cause.
func failed(head http.Header) *Problem {
	for _, name := range []string{"ETag", "Cache-Control", "Content-Language"} {
		head.Del(name)
	}
	return &Problem{Type: types + "internal", Status: http.StatusInternalServerError,
		title: catalogue.Text{"nb": "Noe gikk galt", "nn": "Noko gjekk gale", "en": "Something went wrong"}}
}

const problemMost = problem.Most

// refuse writes a problem. Errors are not kept by caches.
func refuse(w http.ResponseWriter, r *http.Request, p *Problem) {
	title, lang := p.title.Find(parse(r.URL.RawQuery).lang())
	p.Title = title
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Language", string(lang))
	write(w, r, p.Status, "application/problem+json", p)
}

// write sends JSON; the answer to HEAD has no body.
func write(w http.ResponseWriter, r *http.Request, status int, mediaType string, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		status, data = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// The client may be gone; there is nobody else to tell.
		_, _ = w.Write(data)
	}
}
