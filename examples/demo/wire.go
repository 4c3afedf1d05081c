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

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// What the demo's sites send each other. Between a real EPR, portal and tool
// this is Helsenorge's task API; here it is plain JSON on loopback. An identity
// number travels in the body, never in an address.

// task is what the EPR tells the portal of a prescription: how it stands now,
// the same message the first time and after each change.
type task struct {
	ID         string             `json:"id"` // the prescription's
	Tool       string             `json:"tool"`
	Unit       string             `json:"unit"`
	Text       string             `json:"text"`
	Lang       catalogue.Lang     `json:"lang"`
	Author     string             `json:"author"` // who wrote the text
	Sender     string             `json:"sender"` // who follows it up
	Deadline   time.Time          `json:"deadline"`
	State      prescription.State `json:"state"`
	NationalID string             `json:"nationalId"`
}

// status is what the citizen did at the portal. ID makes a repeat harmless.
type status struct {
	ID    string             `json:"id"`
	Event prescription.Event `json:"event"`
	At    time.Time          `json:"at"`
}

// question is what a tool asks the portal: may this person do this task?
type question struct {
	Patient string `json:"patient"` // the pseudonym that the tool knows
}

// about is what the portal tells the tool of a task: nothing of who the person is.
type about struct {
	Name     catalogue.Text     `json:"name"`
	Sender   string             `json:"sender"` // empty where the citizen chose the tool
	Text     string             `json:"text"`
	Lang     catalogue.Lang     `json:"lang"`
	Deadline time.Time          `json:"deadline"`
	State    prescription.State `json:"state"`
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

// Do adds what the sites know each other by.
func (p *peer) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+p.secret)
	return p.client.Do(r)
}

// post sends v and fills answer, if there is one to fill.
func (p *peer) post(ctx context.Context, path string, v, answer any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return p.send(ctx, path, body, nil, answer)
}

// send is post for a body that is there already.
func (p *peer) send(ctx context.Context, path string, body []byte, header http.Header, answer any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := p.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	switch {
	case err != nil:
		return err
	case response.StatusCode != http.StatusOK:
		return &refusedError{path, response.StatusCode}
	case answer == nil:
		return nil
	}
	return json.Unmarshal(reply, answer)
}

// refusedError is an answer other than 200.
type refusedError struct {
	path string
	code int
}

func (e *refusedError) Error() string { return fmt.Sprintf("%s answered %d", e.path, e.code) }

// knows says whether a request comes from a site that has the secret.
func knows(r *http.Request, secret string) bool {
	return subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+secret)) == 1
}

// system serves other systems only: it reads the body into a T and answers with what serve gives.
func system[T any](secret string, serve func(context.Context, *http.Request, T) (any, int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !knows(r, secret) {
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
