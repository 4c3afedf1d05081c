package report

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

// EPRWire writes reports for a system that runs a [Handler]: a POST of
//
//	{"version":1,"id":"report-…","sequence":2,"task":"…","launch":"…","definition":"…",
//	 "event":"progress","at":"2026-11-02T09:00:00Z","progress":40}
//
// to the sender's address. launch and definition are left out where they are
// empty, progress where the event is another. [Subject.Portal] is not sent.
type EPRWire struct{}

var _ Wire = EPRWire{}

// document is a report on the wire. The format is this package's own.
type document struct {
	Version    int    `json:"version"`
	ID         string `json:"id"`
	Sequence   int64  `json:"sequence"`
	Task       string `json:"task,omitempty"`
	Launch     string `json:"launch,omitempty"`
	Definition string `json:"definition,omitempty"`
	Event      string `json:"event"`
	At         string `json:"at"`
	Progress   *int   `json:"progress,omitempty"`
}

// Request implements [Wire].
func (EPRWire) Request(r Report) (method, path string, body []byte, ok bool, err error) {
	d := document{Version: 1, ID: r.ID, Sequence: r.Sequence, Task: r.Subject.Task, Launch: r.Subject.Launch,
		Definition: r.Subject.Definition, Event: string(r.Event), At: r.At.UTC().Format(time.RFC3339Nano)}
	if r.Event == EventProgress {
		d.Progress = &r.Progress
	}
	body, err = json.Marshal(d)
	return http.MethodPost, "", body, true, err
}

// read is the way back; what only goes along is left out if it is not as it must
// be. The error never holds a value.
func read(data []byte) (Report, error) {
	var d document
	if err := strictjson.Unmarshal(data, &d, strictjson.Message()); err != nil {
		return Report{}, err
	}
	at, err := time.Parse(time.RFC3339Nano, d.At)
	r := Report{ID: d.ID, Subject: Subject{Task: d.Task, Launch: d.Launch, Definition: d.Definition}.kept(),
		Event: prescription.Event(d.Event), At: stamp(at), Sequence: d.Sequence}
	if d.Progress != nil {
		r.Progress = *d.Progress
	}
	switch {
	case d.Version != 1:
		return Report{}, errors.New("/version: want 1")
	case !isCode(d.ID, 128):
		return Report{}, errors.New("/id: want 1 to 128 letters, digits and . _ : / - that are no identity number")
	case err != nil || at.Year() < 2000 || at.Year() > 9999:
		return Report{}, errors.New("/at: want a time as 2026-11-02T09:00:00Z")
	case d.Sequence < 1:
		return Report{}, errors.New("/sequence: want 1 or more")
	case !slices.Contains(Events(), r.Event):
		return Report{}, errors.New("/event: want an event that a tool reports")
	case (d.Progress != nil) != (r.Event == EventProgress) || r.Progress < 0 || r.Progress > 100:
		return Report{}, errors.New("/progress: want 0 to 100 with the event progress, and nothing with others")
	}
	return r, r.Subject.checkNames()
}
