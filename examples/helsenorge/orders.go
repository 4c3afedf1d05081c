package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// endpoints are the names that orders have for them.
var endpoints = map[string]launchtest.HelseIDEndpoint{"discovery": launchtest.HelseIDDiscovery, "jwks": launchtest.HelseIDJWKS,
	"token": launchtest.HelseIDToken, "echo": launchtest.HelseIDProtected}

// The limits of an order.
const (
	maxOrder = 64 << 10 // bytes
	maxTimes = 1000
	maxWait  = 10 * time.Minute
)

// order is what every order about HelseID is made of. Each reads what it needs, and refuses the rest.
type order struct {
	Action       string `json:"action"`
	Endpoint     string `json:"endpoint"`
	Status       int    `json:"status"`
	Times        int    `json:"times"`
	Milliseconds *int64 `json:"milliseconds"`
}

// orders drives HelseID from outside. All others go to next.
func orders(h *launchtest.HelseID, next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	take(mux, "helseid", h, map[string]func(*launchtest.HelseID, order) error{"keys": orderKeys, "expire": orderExpire, "nonce": orderNonce,
		"fail": orderFail, "slow": orderSlow})
	return mux
}

// take lets each of the orders about one part of the simulator be posted to /admin/PART/NAME.
func take[P any, O any](mux *http.ServeMux, part string, to P, orders map[string]func(P, O) error) {
	for name, do := range orders {
		mux.HandleFunc("POST /admin/"+part+"/"+name, func(w http.ResponseWriter, r *http.Request) {
			o, status, err := readOrder[O](r)
			if err == nil {
				status, err = http.StatusBadRequest, do(to, o)
			}
			if err != nil {
				refuse(w, status, err)
				return
			}
			w.WriteHeader(http.StatusNoContent)
		})
	}
}

var errElsewhere = errors.New("want a request to a loopback address")

func here(r *http.Request) bool { return local(r.Host) || local(r.Host+":80") }

// readOrder takes JSON on this machine alone: no web page can send it without asking first.
func readOrder[T any](r *http.Request) (o T, status int, err error) {
	if !here(r) {
		return o, http.StatusForbidden, errElsewhere
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return o, http.StatusUnsupportedMediaType, errors.New("want application/json")
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, maxOrder+1))
	if err != nil || len(data) > maxOrder {
		return o, http.StatusBadRequest, errors.New("want a body of at most 64 KiB")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if d.Decode(&o) != nil || bytes.TrimSpace(data)[0] != '{' || d.Decode(&struct{}{}) != io.EOF {
		return o, http.StatusBadRequest, errors.New("want one JSON object with members that the order knows")
	}
	return o, 0, nil
}

func refuse(w http.ResponseWriter, status int, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()}) // fails if nobody listens
}

func orderKeys(h *launchtest.HelseID, o order) error {
	if o != (order{Action: "rotate"}) {
		return errors.New(`want {"action": "rotate"}`)
	}
	return h.RotateKeys()
}

func orderExpire(h *launchtest.HelseID, o order) error {
	if o != (order{}) {
		return errors.New("want {}")
	}
	h.ExpireTokens()
	return nil
}

func orderNonce(h *launchtest.HelseID, o order) error {
	switch o {
	case order{Action: "demand"}:
		h.DemandNonce()
	case order{Action: "offer"}:
		h.OfferNonce()
	default:
		return errors.New(`want {"action": "demand"} or {"action": "offer"}`)
	}
	return nil
}

func orderFail(h *launchtest.HelseID, o order) error {
	e, known := endpoints[o.Endpoint]
	if !known || o.Status < 400 || o.Status > 599 || o.Times < 1 || o.Times > maxTimes || o.Action != "" || o.Milliseconds != nil {
		return errors.New(`want {"endpoint": "token", "status": 503, "times": 1}: an endpoint of discovery, jwks, token, echo; 400 to 599; 1 to 1000`)
	}
	h.Fail(e, o.Times, o.Status)
	return nil
}

func orderSlow(h *launchtest.HelseID, o order) error {
	e, known := endpoints[o.Endpoint]
	if !known || o.Milliseconds == nil || *o.Milliseconds < 0 || *o.Milliseconds > maxWait.Milliseconds() || o.Action != "" || o.Status != 0 || o.Times != 0 {
		return errors.New(`want {"endpoint": "echo", "milliseconds": 500}: an endpoint of discovery, jwks, token, echo; 0 to 600000`)
	}
	h.Slow(e, time.Duration(*o.Milliseconds)*time.Millisecond)
	return nil
}
