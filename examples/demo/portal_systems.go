package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// What the portal takes from the EPR and the tools, and what it tells them.

// received takes from the EPR how a prescription stands.
func (p *portal) received(_ context.Context, _ *http.Request, t task) (any, int) {
	for _, person := range p.people {
		if person.nationalID.Reveal("find the citizen that a task is for") == t.NationalID {
			t.NationalID = ""
			if t.State == prescription.Sent { // it is here now
				t.State = prescription.Delivered
			}
			p.add(citizenTask{task: t, citizen: person.id, Sent: true})
			return map[string]string{"task": t.ID}, http.StatusOK
		}
	}
	return map[string]string{"error": "nobody with that identity number uses this portal"}, http.StatusNotFound
}

// asked tells a tool what a task is about, if the person is the one whose task it is.
func (p *portal) asked(ctx context.Context, r *http.Request, q question) (any, int) {
	t, found := p.task(r.PathValue("id"))
	if !found || !p.isTheirs(ctx, t, q.Patient) {
		return map[string]string{"error": "no such task of this person"}, http.StatusNotFound
	}
	tool, _ := p.catalogue.Get(catalogue.ToolID(t.Tool))
	return about{Name: tool.Name, Sender: t.Sender, Text: t.Text, Lang: t.Lang, Deadline: t.Deadline, State: t.State}, http.StatusOK
}

// reports takes what a tool reports (prescription/report) and passes it on to the
// clinician's system, if the task came from there.
func (p *portal) reports(w http.ResponseWriter, r *http.Request) {
	if !knows(r, p.secret) {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	var said struct {
		Task  string             `json:"task"`
		Event prescription.Event `json:"event"`
	}
	if err != nil || json.Unmarshal(body, &said) != nil {
		http.Error(w, "want a report", http.StatusBadRequest)
		return
	}
	t, found := p.task(strings.TrimPrefix(said.Task, "Task/"))
	if !found {
		http.Error(w, "unknown task", http.StatusNotFound)
		return
	}
	applied, err := p.passOn(r.Context(), t, body)
	if err != nil {
		http.Error(w, "the sender could not be told", forwarded(err))
		return
	}
	if applied == prescription.Changed {
		p.reached(t.ID, said.Event)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]prescription.Applied{"applied": applied})
}

// passOn gives what became of a report. Nobody else waits for one about what the citizen chose.
func (p *portal) passOn(ctx context.Context, t citizenTask, body []byte) (prescription.Applied, error) {
	if !t.Sent {
		return prescription.Changed, nil
	}
	var answer map[string]prescription.Applied
	err := p.clinician.send(ctx, "/reports", body, http.Header{toolHeader: {t.Tool}}, &answer)
	return answer["applied"], err
}

// forwarded keeps a refusal for good as one, so that the tool does not try again; all else may pass.
func forwarded(err error) int {
	var refused *refusedError
	if errors.As(err, &refused) && refused.code >= 400 && refused.code < 500 {
		return refused.code
	}
	return http.StatusBadGateway
}

// tell tells the clinician's system what the citizen did here. The event is the
// report's id as well: each happens once.
func (p *portal) tell(ctx context.Context, t citizenTask, e prescription.Event) (prescription.Applied, error) {
	if !t.Sent {
		p.reached(t.ID, e)
		return prescription.Changed, nil
	}
	var answer map[string]prescription.Applied
	err := p.clinician.post(ctx, "/prescriptions/"+t.ID+"/citizen", status{ID: "portal-" + string(e), Event: e, At: p.now()}, &answer)
	if err == nil && answer["applied"] == prescription.Changed {
		p.reached(t.ID, e)
	}
	return answer["applied"], err
}
