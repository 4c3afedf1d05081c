package main

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// What the demo's three sites send each other. Between a real EPR, portal and
// tool this is Helsenorge's task API; here it is plain JSON on loopback. An
// identity number travels in the body, never in an address.

// task is what the EPR asks the portal to show a citizen.
type task struct {
	ID         string    `json:"id"` // the prescription's
	Tool       string    `json:"tool"`
	Unit       string    `json:"unit"`
	Text       string    `json:"text"`
	Deadline   time.Time `json:"deadline"`
	NationalID string    `json:"nationalId"`
}

// withdrawal tells the portal that a task is off.
type withdrawal struct {
	Event string `json:"event"` // cancel or enter-in-error
}

// status is what happened to a task. ID makes a repeat harmless.
type status struct {
	ID    string    `json:"id"`
	Event string    `json:"event"`
	At    time.Time `json:"at"`
}

// peer is another site of the demo.
type peer struct {
	url    string
	secret string
	client http.Client
}

func newPeer(url, secret string) *peer {
	return &peer{url: url, secret: secret, client: http.Client{Timeout: 5 * time.Second}}
}

// post sends v and fills answer, if there is one to fill.
func (p *peer) post(ctx context.Context, path string, v, answer any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+p.secret)
	response, err := p.client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	switch {
	case err != nil:
		return err
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("%s answered %s", path, response.Status)
	case answer == nil:
		return nil
	}
	return json.Unmarshal(reply, answer)
}

// system serves other systems only: it reads the body into a T and answers with what serve gives.
func system[T any](secret string, serve func(context.Context, *http.Request, T) (any, int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get("Authorization"))
		if subtle.ConstantTimeCompare(given, []byte("Bearer "+secret)) != 1 {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		var in T
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			http.Error(w, "the body is not what this address takes", http.StatusBadRequest)
			return
		}
		answer, code := serve(r.Context(), r, in)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		json.NewEncoder(w).Encode(answer)
	}
}
