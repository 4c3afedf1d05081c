package launchtest

import (
	"encoding/json"
	"mime"
	"net"
	"net/http"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Admin is for who drives the simulator from outside. Each POST takes a JSON
// object and answers 204:
//
//	POST /admin/keys      {"action": "announce"}, "rotate" or "retire"
//	POST /admin/clock     {"seconds": 3600}
//	POST /admin/client    {"id": "…", "redirectURIs": ["…"], "jwks": {"keys": […]}, "name": "…", "refresh": true, "onBehalf": true, "grants": ["oidcfodselsnummer"]}
//	POST /admin/citizen   {"id": "per", "digitallyActive": false}
//	POST /admin/delay     {"endpoint": "token", "milliseconds": 500}
//	POST /admin/fail      {"endpoint": "par", "status": 503, "times": 1}
//	POST /admin/misbehave {"how": ["id token without nonce"]}
//	GET  /admin/requests  what was asked so far
//	GET  /admin/names     the endpoints and misbehaviours
//
// It is for this machine only: it answers nobody who calls it by another name
// than a loopback address or localhost, and takes no form of a web page.
func (h *Helsenorge) Admin() http.Handler {
	mux := http.NewServeMux()
	for name, do := range map[string]func(data []byte) error{"keys": h.adminKeys, "clock": h.adminClock, "client": h.adminClient, "citizen": h.adminCitizen,
		"delay": h.adminDelay, "fail": h.adminFail, "misbehave": h.adminMisbehave} {
		mux.Handle("POST /admin/"+name, order(do))
	}
	mux.HandleFunc("GET /admin/requests", func(w http.ResponseWriter, _ *http.Request) { tell(w, http.StatusOK, h.Requests()) })
	mux.HandleFunc("GET /admin/names", func(w http.ResponseWriter, _ *http.Request) {
		tell(w, http.StatusOK, map[string]any{"endpoints": Endpoints(), "misbehaviours": Misbehaviours()})
	})
	return onThisMachine(mux)
}

func onThisMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !isLoopback(host) {
			tell(w, http.StatusForbidden, map[string]string{"error": "want a request to a loopback address"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// order reads a body and does what it says.
func order(do func(data []byte) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
			tell(w, http.StatusUnsupportedMediaType, map[string]string{"error": "want application/json"})
			return
		}
		data, err := strictjson.Read(r.Body, strictjson.Document())
		if err == nil {
			err = do(data)
		}
		if err != nil {
			tell(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

func tell(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what) // fails if nobody listens
}
