package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// newHelseID is HelseID at an address, with an API behind it at another one.
// Its clock is that of the simulated Helsenorge.
func newHelseID(issuer, echo string, systems []launchtest.HelseIDClient, now func() time.Time) (*launchtest.HelseID, error) {
	return launchtest.NewHelseID(launchtest.HelseIDConfig{Issuer: issuer, Audiences: []string{echo}, Clients: systems, Now: now})
}

// caller is what the API answers.
type caller struct {
	Client       string       `json:"client"`
	Scopes       []string     `json:"scopes"`
	Organisation organisation `json:"organisation"`
}

type organisation struct {
	Parent   string `json:"parent"`
	Child    string `json:"child"`
	Supplier string `json:"supplier"`
}

// echo tells who called.
func echo(w http.ResponseWriter, r *http.Request) {
	c, _ := launchtest.HelseIDCallerFrom(r.Context())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(caller{c.Client, c.Scopes, organisation{c.Parent, c.Child, c.Supplier}}) // fails if nobody listens
}

// logged writes a line for every answer, with what was wanted if it is a refusal.
// Neither addresses nor anything that came in is in it.
func logged(log *slog.Logger, name func(*http.Request) string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		log.InfoContext(r.Context(), "helseid", "endpoint", name(r), "status", seen.status, "want", seen.wanted())
	})
}

// answer remembers the status, and the body of a refusal.
type answer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(data []byte) (int, error) {
	if a.status >= http.StatusBadRequest {
		a.body.Write(data)
	}
	return a.ResponseWriter.Write(data)
}

// wanted is what a refusal says: OAuth's error and its description.
func (a *answer) wanted() string {
	var refusal struct {
		Error       string
		Description string `json:"error_description"`
	}
	if json.Unmarshal(a.body.Bytes(), &refusal) != nil { // a planned failure, or no such address
		return ""
	}
	return strings.TrimPrefix(refusal.Description, "wanted: ") + " (" + refusal.Error + ")"
}

// endpointName is short, and none for what is no endpoint.
func endpointName(r *http.Request) string {
	for name, e := range endpoints {
		if r.URL.Path == string(e) {
			return name
		}
	}
	return ""
}
