package launchtest

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/launch"
)

func readOrder(data []byte, into any) error {
	return strictjson.Unmarshal(data, into, strictjson.Document())
}

func (h *Helsenorge) adminKeys(data []byte) error {
	var to struct {
		Action string `json:"action"`
	}
	if err := readOrder(data, &to); err != nil {
		return err
	}
	switch to.Action {
	case "announce":
		return h.AnnounceKey()
	case "rotate":
		return h.RotateKey()
	case "retire":
		h.RetireKeys()
		return nil
	}
	return errors.New("/action: want announce, rotate or retire")
}

// mostSeconds keeps the clock within what a time.Duration can hold.
const mostSeconds = 10 * 365 * 24 * 3600

func (h *Helsenorge) adminClock(data []byte) error {
	var to struct {
		Seconds int64 `json:"seconds"`
	}
	err := readOrder(data, &to)
	if err == nil && (to.Seconds == 0 || to.Seconds > mostSeconds || to.Seconds < -mostSeconds) {
		err = errors.New("/seconds: want a number that is not 0, at most ten years")
	}
	if err == nil {
		h.Advance(time.Duration(to.Seconds) * time.Second)
	}
	return err
}

func (h *Helsenorge) adminClient(data []byte) error {
	var to struct {
		ID           string         `json:"id"`
		Name         string         `json:"name"`
		RedirectURIs []string       `json:"redirectURIs"`
		JWKS         map[string]any `json:"jwks"`
		Refresh      bool           `json:"refresh"`
		OnBehalf     bool           `json:"onBehalf"`
		Grants       []string       `json:"grants"`
	}
	if err := readOrder(data, &to); err != nil {
		return err
	}
	set, err := json.Marshal(to.JWKS)
	if err != nil {
		return err
	}
	keys, err := launch.ParseStaticKeys(set)
	if err != nil {
		return err
	}
	return h.AddClient(HelsenorgeClient{ID: to.ID, Name: to.Name, RedirectURIs: to.RedirectURIs, Keys: keys, Refresh: to.Refresh, OnBehalf: to.OnBehalf,
		Grants: to.Grants})
}

func (h *Helsenorge) adminCitizen(data []byte) error {
	var to struct {
		ID              string `json:"id"`
		DigitallyActive *bool  `json:"digitallyActive"`
	}
	err := readOrder(data, &to)
	if err == nil && to.DigitallyActive == nil {
		err = errors.New("/digitallyActive: want true or false")
	}
	if err != nil {
		return err
	}
	return h.SetDigitallyActive(to.ID, *to.DigitallyActive)
}

// longestDelay is what can be ordered from outside.
const longestDelay = 10 * time.Minute

func (h *Helsenorge) adminDelay(data []byte) error {
	var to struct {
		Endpoint     Endpoint `json:"endpoint"`
		Milliseconds int64    `json:"milliseconds"`
	}
	err := readOrder(data, &to)
	switch {
	case err != nil:
	case !to.Endpoint.known():
		err = errNoEndpoint
	case to.Milliseconds < 0 || to.Milliseconds > longestDelay.Milliseconds():
		err = errors.New("/milliseconds: want 0 to 600000")
	default:
		h.Delay(to.Endpoint, time.Duration(to.Milliseconds)*time.Millisecond)
	}
	return err
}

var errNoEndpoint = errors.New("/endpoint: want one of GET /admin/names")

func (h *Helsenorge) adminFail(data []byte) error {
	var to struct {
		Endpoint Endpoint `json:"endpoint"`
		Status   int      `json:"status"`
		Times    int      `json:"times"`
	}
	err := readOrder(data, &to)
	switch {
	case err != nil:
	case !to.Endpoint.known():
		err = errNoEndpoint
	case to.Status < 400 || to.Status > 599:
		err = errors.New("/status: want 400 to 599")
	default:
		h.Fail(to.Endpoint, to.Status, to.Times)
	}
	return err
}

func (h *Helsenorge) adminMisbehave(data []byte) error {
	var to struct {
		How []Misbehaviour `json:"how"`
	}
	if err := readOrder(data, &to); err != nil {
		return err
	}
	for _, m := range to.How {
		if !m.known() {
			return errors.New("/how: want names of GET /admin/names")
		}
	}
	h.Misbehave(to.How...)
	return nil
}
