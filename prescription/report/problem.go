package report

import (
	"encoding/json"
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/acceptlanguage"
)

// refusal is a problem (RFC 9457).
type refusal struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	// Detail says in English what was wanted, for the tool's programmer.
	Detail string `json:"detail"`
	after  string
}

func refuse(status int, code, detail string) *refusal {
	return &refusal{Type: "https://verktoykatalog.github.io/problem/report-" + code, Status: status, Code: code, Detail: detail}
}

// titles are for those who read what a tool was answered.
var titles = map[string]catalogue.Text{
	"method":          {"nb": "Rapporter sendes med POST", "nn": "Rapportar blir sende med POST", "en": "Reports are sent with POST"},
	"unauthenticated": {"nb": "Verktøyet må vise hvem det er", "nn": "Verktøyet må vise kven det er", "en": "The tool must show who it is"},
	"media-type":      {"nb": "Rapporten må sendes som JSON", "nn": "Rapporten må sendast som JSON", "en": "The report must be sent as JSON"},
	"too-large":       {"nb": "Rapporten er for stor", "nn": "Rapporten er for stor", "en": "The report is too large"},
	"malformed":       {"nb": "Rapporten er ikke riktig skrevet", "nn": "Rapporten er ikkje rett skriven", "en": "The report is not written correctly"},
	"unknown":         {"nb": "Fant ikke det som ble forskrevet", "nn": "Fann ikkje det som vart forskrive", "en": "Did not find what was prescribed"},
	"id-reused":       {"nb": "En annen rapport har brukt denne id-en", "nn": "Ein annan rapport har brukt denne id-en", "en": "Another report has used this id"},
	"busy":            {"nb": "Prøv igjen om litt", "nn": "Prøv igjen om litt", "en": "Try again shortly"},
}

// write answers in the language that the request wishes for most, or in Bokmål.
func (p *refusal) write(w http.ResponseWriter, r *http.Request) {
	title, lang := titles[p.Code].Find(catalogue.Lang(acceptlanguage.Pick(r.Header.Get("Accept-Language"))))
	p.Title = title
	w.Header().Set("Content-Language", string(lang))
	w.Header().Set("Content-Type", "application/problem+json")
	if p.after != "" {
		w.Header().Set("Retry-After", p.after)
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the sender may be gone
}
