package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// portal is where citizens find their tools and start them. It signs launch
// messages and publishes the key set that they are checked with.
type portal struct {
	url       string
	toolURL   string
	catalogue *catalogue.Live
	people    []citizen
	minter    *hti.Portal
	keys      http.Handler
	clinician *peer
	secret    string
	now       func() time.Time

	mu         sync.Mutex
	tasks      map[string]*citizenTask
	pseudonyms map[string]string // one for each person and domain of tools, random
}

// citizenTask is a tool in a citizen's list: sent by a clinician, or chosen by the citizen.
type citizenTask struct {
	task
	citizen string
	Sent    bool   // by a clinician, who is told what becomes of it
	State   string // new, started, completed, withdrawn
}

func newPortal(live *catalogue.Live, people []citizen, now func() time.Time, urls [3]string, secret string) (*portal, error) {
	key, err := launch.GenerateSigningKey()
	if err != nil {
		return nil, err
	}
	minter, err := hti.NewPortal(hti.PortalConfig{Issuer: urls[1], Key: key, Now: now})
	return &portal{url: urls[1], toolURL: urls[2], catalogue: live, people: people, minter: minter, keys: launch.JWKSHandler(key.Public()),
		clinician: newPeer(urls[0], secret), secret: secret, now: now,
		tasks: map[string]*citizenTask{}, pseudonyms: map[string]string{}}, err
}

// received takes a task from the EPR.
func (p *portal) received(_ context.Context, _ *http.Request, t task) (any, int) {
	for _, person := range p.people {
		if person.nationalID.Reveal("find the citizen that a task is for") == t.NationalID {
			t.NationalID = ""
			p.add(&citizenTask{task: t, citizen: person.id, Sent: true, State: "new"})
			return map[string]string{"task": t.ID}, http.StatusOK
		}
	}
	return map[string]string{"error": "nobody with that identity number uses this portal"}, http.StatusNotFound
}

// withdrawn takes a task off: it stays on the list, where the citizen sees why it cannot be started.
func (p *portal) withdrawn(_ context.Context, r *http.Request, _ withdrawal) (any, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, found := p.tasks[r.PathValue("id")]
	if found && t.State != "completed" {
		t.State = "withdrawn"
	}
	return map[string]bool{"known": found}, http.StatusOK
}

// choose adds a tool that the citizen takes up alone.
func (p *portal) choose(person citizen, id catalogue.ToolID) (*citizenTask, error) {
	tool, found := p.catalogue.Index().Get(id)
	if !found {
		return nil, fmt.Errorf("tool %s: %w", id, errNoTool)
	}
	if err := tool.CheckStart(p.now()); err != nil {
		return nil, fmt.Errorf("tool %s: %w", id, err)
	}
	if tool.Access.RequiresPrescription {
		return nil, fmt.Errorf("tool %s: %w", id, errNeedsClinician)
	}
	for _, t := range p.list(person) {
		if t.Tool == string(id) && !t.Sent && t.State != "completed" {
			return &t, nil // a second click
		}
	}
	t := &citizenTask{task: task{ID: rand.Text(), Tool: string(id), Deadline: p.now().AddDate(1, 0, 0)}, citizen: person.id, State: "new"}
	return p.add(t), nil
}

var (
	errNoTool         = errors.New("the catalogue does not know it")
	errNoTask         = errors.New("this is not on your list")
	errNeedsClinician = errors.New("a clinician has to send it")
	errDeadline       = errors.New("the deadline has passed")
	errDone           = errors.New("it is done")
	errTakenBack      = errors.New("the clinician has taken it back")
)

// add keeps the first of two tasks with one id: a delivery may come twice.
func (p *portal) add(t *citizenTask) *citizenTask {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old, found := p.tasks[t.ID]; found {
		return old
	}
	p.tasks[t.ID] = t
	return t
}

// list gives a citizen's tasks, those with the nearest deadline first.
func (p *portal) list(person citizen) []citizenTask {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []citizenTask
	for _, t := range p.tasks {
		if t.citizen == person.id {
			out = append(out, *t)
		}
	}
	slices.SortFunc(out, func(a, b citizenTask) int {
		return cmp.Or(a.Deadline.Compare(b.Deadline), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// start signs the message that the citizen's browser carries to the tool.
func (p *portal) start(person citizen, id string, lang catalogue.Lang) (hti.Outgoing, string, error) {
	t, err := p.startable(person, id)
	if err != nil {
		return hti.Outgoing{}, "", err
	}
	out, err := p.minter.Mint(hti.Message{
		Audience:   p.toolURL,
		Actor:      launch.Party{Type: "Patient", ID: p.pseudonym(person, p.toolURL)},
		Task:       launch.Party{Type: "Task", ID: t.ID},
		Definition: p.toolURL + "/ActivityDefinition/" + url.PathEscape(t.Tool),
		Intent:     "perform",
		Lang:       string(lang),
	})
	return out, p.toolURL + "/launch", err
}

func (p *portal) startable(person citizen, id string) (citizenTask, error) {
	t, found := p.task(id)
	if !found || t.citizen != person.id {
		return t, errNoTask
	}
	tool, found := p.catalogue.Index().Get(catalogue.ToolID(t.Tool))
	switch {
	case !found:
		return t, errNoTool
	case t.State == "completed":
		return t, errDone
	case t.State == "withdrawn":
		return t, errTakenBack
	case !p.now().Before(t.Deadline):
		return t, errDeadline
	}
	return t, tool.CheckStart(p.now())
}

// task gives a copy, which others do not change meanwhile.
func (p *portal) task(id string) (citizenTask, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, found := p.tasks[id]
	if !found {
		return citizenTask{}, false
	}
	return *t, true
}

// pseudonym is what one domain of tools knows the person as: random, the same every time, and of no use elsewhere (HTI 2.0).
func (p *portal) pseudonym(person citizen, domain string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := person.id + " " + domain
	if p.pseudonyms[key] == "" {
		p.pseudonyms[key] = rand.Text()
	}
	return p.pseudonyms[key]
}

// reported takes a tool's status and passes it on to the clinician who sent the task.
func (p *portal) reported(ctx context.Context, r *http.Request, s status) (any, int) {
	t, found := p.task(r.PathValue("id"))
	if !found {
		return map[string]string{"error": "unknown task"}, http.StatusNotFound
	}
	answer := map[string]string{"applied": "changed"}
	if t.Sent {
		answer = map[string]string{}
		if err := p.clinician.post(ctx, "/prescriptions/"+t.ID+"/reports", s, &answer); err != nil {
			return map[string]string{"error": "the sender could not be told"}, http.StatusBadGateway
		}
	}
	p.moved(t.ID, s.Event, answer["applied"])
	return answer, http.StatusOK
}

func (p *portal) moved(id, event, applied string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.tasks[id]
	states := map[string]string{"start": "started", "complete": "completed"}
	if applied == "changed" && states[event] != "" && t.State != "completed" && t.State != "withdrawn" {
		t.State = states[event]
	}
}
