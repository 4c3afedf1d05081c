package cataloguetest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

type citizen struct {
	Number string `json:"fodselsnummer"`
}

type therapist struct {
	Name         string        `json:"navn"`
	HPR          string        `json:"hprNummer"`
	Organisation *organisation `json:"virksomhet"`
}

type organisation struct {
	Number string `json:"organisasjonsnummer"`
	Name   string `json:"navn"`
}

func decode(data []byte, to any) error { return strictjson.Unmarshal(data, to, strictjson.Document()) }

// kept is what a request with an Idempotency-Key was answered.
type kept struct {
	digest [sha256.Size]byte
	answer map[string]any
}

type order struct {
	ID       string           `json:"id"`
	Tool     catalogue.ToolID `json:"verktoyId"`
	Citizen  citizen          `json:"innbygger"`
	From     therapist        `json:"behandler"`
	Deadline string           `json:"frist"`
	Link     string           `json:"lenke"`
}

func (a *API) invite(r *http.Request, caller Caller) (int, any, error) {
	var o order
	body, err := read(r, &o)
	if err != nil {
		return 0, nil, err
	}
	key, digest := r.Header.Get("Idempotency-Key"), sha256.Sum256(body)
	if key != "" {
		key = string(o.Tool) + "\x00" + key
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if before, again := a.keys[key]; again && before.digest == digest {
		return http.StatusCreated, before.answer, nil
	} else if again {
		return 0, nil, otherBody
	}
	i, err := a.judge(o, caller)
	if err != nil {
		return 0, nil, err
	}
	a.sent = append(a.sent, i)
	answer := map[string]any{"oppgaveId": i.Task, "frist": i.Deadline.Format(time.RFC3339)}
	if key != "" {
		a.keys[key] = kept{digest, answer}
	}
	return http.StatusCreated, answer, nil
}

var (
	guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	hpr  = regexp.MustCompile(`^[0-9]{1,9}$`)
)

// judge decides about an invitation. The caller holds the lock.
func (a *API) judge(o order, caller Caller) (Invitation, error) {
	deadline, err := time.Parse(time.RFC3339, o.Deadline)
	from, good := o.From.person()
	tool, known := a.tools.Get(o.Tool)
	switch {
	case a.cfg.Authorize != nil && caller.Tool != o.Tool, caller.Citizen != "" && caller.Citizen != o.Citizen.Number:
		return Invitation{}, notTheTool
	case !guid.MatchString(o.ID) || err != nil || !good || nationalid.Contains(o.Link):
		return Invitation{}, badBody
	case !synthetic(o.Citizen.Number):
		return Invitation{}, notSynthetic
	case !deadline.After(a.cfg.Now()):
		return Invitation{}, pastDate
	case !known || tool.Status == catalogue.StatusDraft:
		return Invitation{}, noTool
	case a.inactive[o.Citizen.Number]:
		return Invitation{}, notActive
	}
	link, err := a.link(o.Link, tool)
	if err != nil {
		return Invitation{}, err
	}
	if err := tool.CheckStart(a.cfg.Now()); err != nil && !errors.Is(err, catalogue.ErrNoStart) {
		return Invitation{}, notListed
	}
	return Invitation{ID: o.ID, Task: newGUID(), Tool: o.Tool, Citizen: o.Citizen.Number, From: from, Deadline: deadline.UTC(), Link: link, At: a.cfg.Now().UTC()}, nil
}

// link is where the citizen starts.
func (a *API) link(given string, tool catalogue.Tool) (string, error) {
	if given == "" && len(tool.Start) > 0 {
		given = tool.Start[0].URL
	}
	switch {
	case given == "":
		return "", noLink
	case !outbound.Secure(given, a.cfg.AllowLoopback):
		return "", notHTTPS
	}
	return given, nil
}

// person says whether the therapist can be told to the citizen.
func (t therapist) person() (Therapist, bool) {
	p := Therapist{Name: t.Name, HPR: t.HPR}
	good := (t.HPR == "" || hpr.MatchString(t.HPR)) && !nationalid.Contains(t.Name)
	if t.Organisation != nil {
		p.Organisation, p.OrganisationName = t.Organisation.Number, t.Organisation.Name
		_, err := vendor.ParseOrgNumber(p.Organisation)
		good = good && err == nil
	}
	return p, good && p != Therapist{}
}

func (a *API) therapists(r *http.Request, caller Caller) (int, any, error) {
	var o struct {
		Tool    catalogue.ToolID `json:"verktoyId"`
		Citizen citizen          `json:"innbygger"`
	}
	if _, err := read(r, &o); err != nil {
		return 0, nil, err
	}
	switch {
	case a.cfg.Authorize != nil && caller.Tool != o.Tool, caller.Citizen != "" && caller.Citizen != o.Citizen.Number:
		return 0, nil, notTheTool
	case !synthetic(o.Citizen.Number):
		return 0, nil, notSynthetic
	}
	if t, known := a.index().Get(o.Tool); !known || t.Status == catalogue.StatusDraft {
		return 0, nil, noTool
	}
	list := []any{}
	for _, i := range a.Invitations() {
		if i.Tool == o.Tool && i.Citizen == o.Citizen.Number {
			list = append(list, i.From.object(i.At))
		}
	}
	return http.StatusOK, map[string]any{"behandlere": list}, nil
}

func (t Therapist) object(at time.Time) map[string]any {
	out := map[string]any{"sendt": at.Format(time.RFC3339)}
	for name, value := range map[string]string{"navn": t.Name, "hprNummer": t.HPR} {
		if value != "" {
			out[name] = value
		}
	}
	if t.Organisation != "" {
		out["virksomhet"] = map[string]any{"organisasjonsnummer": t.Organisation, "navn": t.OrganisationName}
	}
	return out
}

// newGUID is random (RFC 9562, section 5.4), without eleven digits in a row.
func newGUID() string {
	for {
		var b [16]byte
		_, _ = rand.Read(b[:]) // never fails, as its documentation promises
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
		h := hex.EncodeToString(b[:])
		id := h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
		if !digits.MatchString(id) {
			return id
		}
	}
}

var digits = regexp.MustCompile(`[0-9]{11}`)

func isAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.Path == "" && u.RawQuery == "" && u.Fragment == ""
}
