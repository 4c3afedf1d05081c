package catalogueapi

// ASSUMPTION. This file is the only one that knows the field names and codes of the Verktøy API, and they are not public. That the API
// has these facts about a tool is known from its filters and descriptions: id, name, keywords, health areas (fagområder), target groups
// (målgrupper), languages, national, usable without login, must be sent by a therapist, who offers it, its form, what it contains, use on
// behalf of others. What they are called, how lists are divided into pages, and what an invitation and its answer look like is assumed.
// What the API is not known to have (units, approval, start addresses, …) is assumed to be in one member, "tillegg", in this project's own
// format. Once the documentation is at hand, this file is what changes, or a host gives its own functions in Config.Wire.

import (
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Codes translate the API's codes, which are not public, to a catalogue's own. A code that is not here is kept as it is if it has the form
// of ours, and a [Note] otherwise.
type Codes struct {
	Areas     map[string]catalogue.Area
	Audiences map[string]catalogue.Audience
}

// AssumedWire is the mapping that this package assumes, with a host's codes.
func AssumedWire(c Codes) Wire {
	return Wire{Filter: c.filter, Words: words, Page: page, Tools: c.tools, Tool: c.one, Invitation: invitation, Invited: invited,
		Question: question, Therapists: therapists, Code: errorCode}
}

var wireStatus = map[string]catalogue.Status{"Publisert": catalogue.StatusListed, "Pauset": catalogue.StatusPaused, "Trukket": catalogue.StatusWithdrawn}

var wireKind = map[string]catalogue.Kind{"Behandlingsrom": catalogue.KindTreatmentRoom, "Nettkurs": catalogue.KindCourse,
	"Symptomavklaring": catalogue.KindTriage, "FinnFram": catalogue.KindDirectory, "Kartlegging": catalogue.KindQuestionnaire,
	"Videokonsultasjon": catalogue.KindVideoConsultation, "Samhandling": catalogue.KindCollaboration, "Nettforum": catalogue.KindForum,
	"App": catalogue.KindApp, "Video": catalogue.KindVideo, "DigitalHjemmeoppfolging": catalogue.KindHomeFollowUp}

func (c Codes) filter(f Filter) url.Values {
	q := url.Values{}
	for _, a := range f.Areas {
		q.Add("fagomrade", wireCode(c.Areas, a))
	}
	for _, a := range f.Audiences {
		q.Add("malgruppe", wireCode(c.Audiences, a))
	}
	for _, l := range f.Languages {
		q.Add("sprak", string(l))
	}
	for name, want := range map[string]*bool{"nasjonaltTilgjengelig": f.National, "kanBrukesUtenInnlogging": f.WithoutLogin, "maSendesAvBehandler": f.RequiresPrescription} {
		if want != nil {
			q.Set(name, strconv.FormatBool(*want))
		}
	}
	return q
}

// wireCode is the first of the API's codes for one of ours.
func wireCode[T ~string](codes map[string]T, ours T) string {
	best := ""
	for code, means := range codes {
		if means == ours && (best == "" || code < best) {
			best = code
		}
	}
	if best == "" {
		return string(ours)
	}
	return best
}

func words(text string) url.Values { return url.Values{"tekst": {text}} }

func page(q url.Values, next string, size int) {
	q.Set("antall", strconv.Itoa(size))
	if next != "" {
		q.Set("fra", next)
	}
}

type wirePage struct {
	Tools []wireTool `json:"verktoy"`
	Total int        `json:"totalt"`
	Next  string     `json:"neste"`
}

type wireTool struct {
	ID           string              `json:"verktoyId"`
	Status       string              `json:"status"`
	Name         map[string]string   `json:"navn"`
	Summary      map[string]string   `json:"sammendrag"`
	Description  map[string]string   `json:"beskrivelse"`
	Keywords     map[string][]string `json:"sokeord"`
	Provider     *wireOrganisation   `json:"leverandor"`
	Kind         string              `json:"type"`
	Areas        []string            `json:"fagomrader"`
	Audiences    []string            `json:"malgrupper"`
	Languages    []string            `json:"sprak"`
	National     bool                `json:"nasjonaltTilgjengelig"`
	WithoutLogin bool                `json:"kanBrukesUtenInnlogging"`
	Sent         bool                `json:"maSendesAvBehandler"`
	OnBehalf     bool                `json:"stotterRepresentasjon"`
	Rest         catalogue.Tool      `json:"tillegg"`
}

type wireOrganisation struct {
	Number vendor.OrgNumber `json:"organisasjonsnummer"`
	Name   string           `json:"navn"`
}

// required: of the access facts, too, none may be guessed.
var required = []string{"verktoyId", "status", "navn", "nasjonaltTilgjengelig", "kanBrukesUtenInnlogging", "maSendesAvBehandler"}

// twice are the members of "tillegg" that a tool has under the API's own names.
var twice = []string{"id", "status", "name", "summary", "description", "keywords", "vendor", "kind", "areas", "audiences", "languages", "access"}

func (c Codes) tools(body []byte) (Page, error) {
	tree, err := strictjson.Parse(body, strictjson.Catalogue())
	if err != nil {
		return Page{}, err
	}
	var w wirePage
	unknown, err := tree.DecodeKnown(&w)
	if err != nil {
		return Page{}, err
	}
	list, has := tree.Member("verktoy")
	_, counted := tree.Member("totalt")
	if !has || !counted {
		return Page{}, missing("", "verktoy or totalt")
	}
	if w.Total < 0 {
		return Page{}, &strictjson.Error{Problems: []problem.Problem{{Pointer: "/totalt", Code: problem.OutOfRange, Want: "0 or more"}}}
	}
	out := Page{Next: w.Next, Total: w.Total, Notes: newMembers("", unknown)}
	for i, t := range w.Tools {
		found, err := c.tool(list.Items[i], t)
		if err != nil {
			return Page{}, err
		}
		out.Tools, out.Notes = append(out.Tools, found.Tool), append(out.Notes, found.Notes...)
	}
	return out, nil
}

func (c Codes) one(body []byte) (Found, error) {
	tree, err := strictjson.Parse(body, strictjson.Document())
	if err != nil {
		return Found{}, err
	}
	var w wireTool
	unknown, err := tree.DecodeKnown(&w)
	if err != nil {
		return Found{}, err
	}
	found, err := c.tool(tree, w)
	if err != nil {
		return Found{}, err
	}
	found.Notes = append(newMembers(found.Tool.ID, unknown), found.Notes...)
	return found, nil
}

// tool makes ours of theirs; v is where it stands.
func (c Codes) tool(v *strictjson.Value, w wireTool) (Found, error) {
	if err := wholeWire(v); err != nil {
		return Found{}, err
	}
	id, err := catalogue.ParseToolID(w.ID)
	if err != nil {
		return Found{}, &strictjson.Error{Problems: []problem.Problem{{Pointer: v.Pointer() + "/verktoyId", Code: problem.BadFormat, Want: err.Error()}}}
	}
	n := &notes{tool: id, at: v.Pointer()}
	t := w.Rest
	t.ID, t.Status, t.Kind = id, n.status(w.Status), n.kind(w.Kind)
	t.Name, t.Summary, t.Description = n.text("navn", w.Name), n.text("sammendrag", w.Summary), n.text("beskrivelse", w.Description)
	t.Keywords = n.keywords(w.Keywords)
	t.Areas, t.Audiences = keep(n, "fagomrader", c.Areas, w.Areas), keep(n, "malgrupper", c.Audiences, w.Audiences)
	t.Languages = n.languages(w.Languages)
	t.Access = catalogue.Access{WithoutLogin: w.WithoutLogin, RequiresPrescription: w.Sent, National: w.National, OnBehalf: w.OnBehalf}
	if w.Provider != nil {
		t.Vendor = &vendor.Vendor{OrgNumber: w.Provider.Number, Name: w.Provider.Name}
	}
	return Found{Tool: t, Notes: n.list}, nil
}

func wholeWire(v *strictjson.Value) error {
	var found []problem.Problem
	for _, name := range required {
		if _, has := v.Member(name); !has {
			found = append(found, problem.Problem{Pointer: v.Pointer() + "/" + name, Code: problem.MissingMember})
		}
	}
	if rest, has := v.Member("tillegg"); has {
		for _, name := range twice {
			if m, again := rest.Member(name); again {
				found = append(found, problem.Problem{Pointer: m.Pointer(), Code: problem.Contradiction, Want: "the tool's own member"})
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	problem.Sort(found)
	return &strictjson.Error{Problems: found}
}

func missing(at, name string) error {
	return &strictjson.Error{Problems: []problem.Problem{{Pointer: at + "/" + name, Code: problem.MissingMember}}}
}

// notes collects what could not be kept of a tool.
type notes struct {
	tool catalogue.ToolID
	at   string
	list []Note
}

var shown = regexp.MustCompile(`^[0-9A-Za-z._:-]{1,64}$`)

func (n *notes) add(place, code, what string) {
	if !shown.MatchString(code) || nationalid.Contains(code) {
		code = ""
	}
	n.list = append(n.list, Note{Tool: n.tool, Place: n.at + place, Code: code, What: what})
}

func newMembers(tool catalogue.ToolID, places []string) []Note {
	var list []Note
	for _, place := range places {
		list = append(list, Note{Tool: tool, Place: place, What: "the member is not known and was left out"})
	}
	return list
}

// status: whoever has a status that nobody knows is not offered.
func (n *notes) status(code string) catalogue.Status {
	if s, known := wireStatus[code]; known {
		return s
	}
	n.add("/status", code, "the status is not known; the tool is taken as paused and cannot be started")
	return catalogue.StatusPaused
}

func (n *notes) kind(code string) catalogue.Kind {
	kind, known := wireKind[code]
	if !known && code != "" {
		n.add("/type", code, "the kind is not known and was left out")
	}
	return kind
}

// keep translates codes.
func keep[T ~string](n *notes, member string, known map[string]T, list []string) []T {
	var out []T
	for i, code := range list {
		ours, is := known[code]
		_, err := catalogue.ParseToolID(code)
		switch {
		case is:
			out = append(out, ours)
		case err == nil:
			out = append(out, T(code))
		default:
			n.add(strictjson.Pointer(member, i), code, "the code is not known and was left out; see Codes")
		}
	}
	return out
}

var langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// language says whether we have it. "no" does not say which Norwegian it is.
func (n *notes) language(place, code string) bool {
	good := code != "no" && langForm.MatchString(code)
	if !good {
		n.add(place, code, "the language is not known and was left out")
	}
	return good
}

func (n *notes) languages(list []string) []catalogue.Lang {
	var out []catalogue.Lang
	for i, code := range list {
		if n.language(strictjson.Pointer("sprak", i), code) {
			out = append(out, catalogue.Lang(code))
		}
	}
	return out
}

func (n *notes) text(member string, texts map[string]string) catalogue.Text {
	var out catalogue.Text
	for _, code := range ordered(texts) {
		if n.language(strictjson.Pointer(member, code), code) {
			out = put(out, catalogue.Lang(code), texts[code])
		}
	}
	return out
}

func (n *notes) keywords(words map[string][]string) map[catalogue.Lang][]string {
	var out map[catalogue.Lang][]string
	for _, code := range ordered(words) {
		if n.language(strictjson.Pointer("sokeord", code), code) {
			out = put(out, catalogue.Lang(code), words[code])
		}
	}
	return out
}

func ordered[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	return sorted(keys)
}

func put[M ~map[K]V, K comparable, V any](m M, key K, value V) M {
	if m == nil {
		m = M{}
	}
	m[key] = value
	return m
}

// purpose is why the citizen's number is revealed.
const purpose = "body of a call to the Verktøy API"

type wireCitizen struct {
	Number string `json:"fodselsnummer"`
}

type wireTherapist struct {
	Name         string            `json:"navn,omitempty"`
	HPR          string            `json:"hprNummer,omitempty"`
	Organisation *wireOrganisation `json:"virksomhet,omitempty"`
	Sent         string            `json:"sendt,omitempty"`
}

func invitation(tool catalogue.ToolID, i Invitation) ([]byte, error) {
	from := wireTherapist{Name: i.From.Name, HPR: i.From.HPR}
	if i.From.Organisation != "" {
		from.Organisation = &wireOrganisation{i.From.Organisation, i.From.OrganisationName}
	}
	return json.Marshal(struct {
		ID       string        `json:"id"`
		Tool     string        `json:"verktoyId"`
		Citizen  wireCitizen   `json:"innbygger"`
		From     wireTherapist `json:"behandler"`
		Deadline string        `json:"frist"`
		Link     string        `json:"lenke,omitempty"`
	}{i.ID, string(tool), wireCitizen{i.Citizen.Reveal(purpose)}, from, i.Deadline.UTC().Format(time.RFC3339), i.Link})
}

var errInvited = errors.New("want oppgaveId, up to 64 letters, digits and . _ : -, and frist, a time as in RFC 3339")

func invited(body []byte) (Invited, error) {
	var w struct {
		Task     string `json:"oppgaveId"`
		Deadline string `json:"frist"`
	}
	if err := known(body, &w); err != nil {
		return Invited{}, err
	}
	deadline, err := time.Parse(time.RFC3339, w.Deadline)
	if err != nil || !shown.MatchString(w.Task) || nationalid.Contains(w.Task) {
		return Invited{}, errInvited
	}
	return Invited{Task: w.Task, Deadline: deadline.UTC()}, nil
}

func question(tool catalogue.ToolID, citizen Citizen) ([]byte, error) {
	return json.Marshal(struct {
		Tool    string      `json:"verktoyId"`
		Citizen wireCitizen `json:"innbygger"`
	}{string(tool), wireCitizen{citizen.Reveal(purpose)}})
}

var errSent = errors.New("want sendt as a time as in RFC 3339")

func therapists(body []byte) ([]Therapist, error) {
	var w struct {
		List *[]wireTherapist `json:"behandlere"`
	}
	if err := known(body, &w); err != nil {
		return nil, err
	}
	if w.List == nil {
		return nil, missing("", "behandlere")
	}
	var out []Therapist
	for _, one := range *w.List {
		t := Therapist{Name: one.Name, HPR: one.HPR}
		if one.Organisation != nil {
			t.Organisation, t.OrganisationName = one.Organisation.Number, one.Organisation.Name
		}
		if one.Sent != "" {
			at, err := time.Parse(time.RFC3339, one.Sent)
			if err != nil {
				return nil, errSent
			}
			t.At = at.UTC()
		}
		out = append(out, t)
	}
	return out, nil
}

// known reads a small answer; members that it may have besides are left out.
func known(body []byte, to any) error {
	tree, err := strictjson.Parse(body, strictjson.Document())
	if err != nil {
		return err
	}
	if tree.Kind != strictjson.Object {
		return &strictjson.Error{Problems: []problem.Problem{{Code: problem.WrongType, Want: "object"}}}
	}
	_, err = tree.DecodeKnown(to)
	return err
}

// codeNames are what the member with the code may be called: in an OperationOutcome it is issue[].details.coding[].code.
var codeNames = map[string]bool{"code": true, "kode": true, "feilkode": true, "errorCode": true, "error": true}

var securityCode = regexp.MustCompile(`EHSEC-[0-9]{3,8}`)

// errorCode looks everywhere in a refusal, since its form is not public.
func errorCode(body []byte) string {
	tree, err := strictjson.Parse(body, strictjson.Document())
	if err != nil {
		return ""
	}
	return codeIn("", tree)
}

func codeIn(name string, v *strictjson.Value) string {
	text := v.Kind == strictjson.String || v.Kind == strictjson.Number
	switch {
	case text && codeNames[name] && codeForm.MatchString(v.Text):
		return v.Text
	case text:
		return securityCode.FindString(v.Text)
	}
	for _, item := range v.Items {
		if code := codeIn(name, item); code != "" {
			return code
		}
	}
	for _, m := range v.Members {
		if code := codeIn(m.Name, m.Value); code != "" {
			return code
		}
	}
	return ""
}
