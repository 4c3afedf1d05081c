package cataloguetest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// statuses and kinds are the API's words, as they are assumed. Drafts never leave the catalogue.
var statuses = map[catalogue.Status]string{"listed": "Publisert", "paused": "Pauset", "withdrawn": "Trukket"}

var kinds = map[catalogue.Kind]string{"treatment-room": "Behandlingsrom", "course": "Nettkurs", "triage": "Symptomavklaring", "directory": "FinnFram",
	"questionnaire": "Kartlegging", "video-consultation": "Videokonsultasjon", "collaboration": "Samhandling", "forum": "Nettforum", "app": "App",
	"video": "Video", "home-follow-up": "DigitalHjemmeoppfolging"}

// renamed are the members of our format that have a name of the API's own; the others go into "tillegg".
var renamed = map[string]string{"id": "verktoyId", "name": "navn", "summary": "sammendrag", "description": "beskrivelse", "keywords": "sokeord",
	"areas": "fagomrader", "audiences": "malgrupper", "languages": "sprak"}

// object is a tool as the API writes it.
func object(t catalogue.Tool) map[string]any {
	data, err := json.Marshal(t)
	var ours map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(data, &ours)
	}
	if err != nil {
		panic("cataloguetest: " + err.Error()) // cannot be: the catalogue was checked
	}
	for _, name := range []string{"status", "kind", "vendor", "access"} {
		delete(ours, name)
	}
	out := map[string]any{"status": statuses[t.Status], "nasjonaltTilgjengelig": t.Access.National, "kanBrukesUtenInnlogging": t.Access.WithoutLogin,
		"maSendesAvBehandler": t.Access.RequiresPrescription, "stotterRepresentasjon": t.Access.OnBehalf}
	for name, theirs := range renamed {
		if value, has := ours[name]; has {
			out[theirs] = value
			delete(ours, name)
		}
	}
	if t.Kind != "" {
		out["type"] = kinds[t.Kind]
	}
	if t.Vendor != nil {
		out["leverandor"] = map[string]any{"organisasjonsnummer": t.Vendor.OrgNumber, "navn": t.Vendor.Name}
	}
	if len(ours) > 0 {
		out["tillegg"] = ours
	}
	return out
}

func (a *API) get(r *http.Request, _ Caller) (int, any, error) {
	tool, known := a.index().Get(catalogue.ToolID(r.PathValue("verktoy")))
	if !known || tool.Status == catalogue.StatusDraft {
		return 0, nil, noTool
	}
	return http.StatusOK, object(tool), nil
}

func (a *API) list(r *http.Request, _ Caller) (int, any, error) {
	q, err := query(r, "fagomrade", "malgruppe", "sprak", "nasjonaltTilgjengelig", "kanBrukesUtenInnlogging", "maSendesAvBehandler")
	if err != nil {
		return 0, nil, err
	}
	for _, name := range []string{"nasjonaltTilgjengelig", "kanBrukesUtenInnlogging", "maSendesAvBehandler"} {
		if values, has := q[name]; has && (len(values) != 1 || values[0] != "true" && values[0] != "false") {
			return 0, nil, badQuery
		}
	}
	return a.page(q, func(t catalogue.Tool) bool {
		return among(q["fagomrade"], t.Areas) && among(q["malgruppe"], t.Audiences) && among(q["sprak"], t.Languages) &&
			as(q, "nasjonaltTilgjengelig", t.Access.National) && as(q, "kanBrukesUtenInnlogging", t.Access.WithoutLogin) &&
			as(q, "maSendesAvBehandler", t.Access.RequiresPrescription)
	})
}

func (a *API) search(r *http.Request, _ Caller) (int, any, error) {
	q, err := query(r, "tekst")
	text := strings.ToLower(q.Get("tekst"))
	if err != nil || text == "" || len(q["tekst"]) != 1 {
		return 0, nil, badQuery
	}
	return a.page(q, func(t catalogue.Tool) bool { return t.Status == catalogue.StatusListed && says(t, text) })
}

// says whether a name or a keyword holds the text.
func says(t catalogue.Tool, text string) bool {
	for _, name := range t.Name {
		if strings.Contains(strings.ToLower(name), text) {
			return true
		}
	}
	for _, words := range t.Keywords {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(w), text) }) {
			return true
		}
	}
	return false
}

// query refuses members that the operation does not have.
func query(r *http.Request, names ...string) (url.Values, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badQuery
	}
	for name := range q {
		if !slices.Contains(append(names, "antall", "fra"), name) {
			return nil, badQuery
		}
	}
	return q, nil
}

// page gives the tools that are kept, from the one that "fra" names.
func (a *API) page(q url.Values, keep func(catalogue.Tool) bool) (int, any, error) {
	size, err := strconv.Atoi(q.Get("antall"))
	if q.Has("antall") && (err != nil || size < 1) {
		return 0, nil, badQuery
	}
	if size == 0 || size > a.cfg.MaxPage {
		size = a.cfg.MaxPage
	}
	var found []catalogue.Tool
	for _, t := range a.Tools() {
		if t.Status != catalogue.StatusDraft && keep(t) {
			found = append(found, t)
		}
	}
	from := slices.IndexFunc(found, func(t catalogue.Tool) bool { return string(t.ID) >= q.Get("fra") })
	if from < 0 {
		from = len(found)
	}
	to := min(from+size, len(found))
	list := []any{}
	for _, t := range found[from:to] {
		list = append(list, object(t))
	}
	out := map[string]any{"verktoy": list, "totalt": len(found)}
	if to < len(found) {
		out["neste"] = found[to].ID
	}
	return http.StatusOK, out, nil
}

func among[T ~string](wanted []string, has []T) bool {
	return len(wanted) == 0 || slices.ContainsFunc(has, func(h T) bool { return slices.Contains(wanted, string(h)) })
}

func as(q url.Values, name string, is bool) bool {
	return !q.Has(name) || q.Get(name) == strconv.FormatBool(is)
}
