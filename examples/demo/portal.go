package main

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

// portal is where citizens find their tools and start them. It has a simulated
// Helsenorge beside it, where they are logged in to tools; tools that know
// nothing but signed messages (HTI) get one.
type portal struct {
	url        string
	toolURL    string
	catalogue  *catalogue.Live
	people     []citizen
	login      *launchtest.Helsenorge
	minter     *hti.Portal
	keys       http.Handler
	pseudonyms *launch.Pseudonyms // of the tools that get signed messages
	clinician  *peer
	secret     string
	now        func() time.Time
	log        *slog.Logger

	mu    sync.Mutex
	tasks map[string]*citizenTask
}

// citizenTask is a tool in a citizen's list: sent by a clinician, or chosen by the citizen.
type citizenTask struct {
	task
	citizen string
	Sent    bool // by a clinician, who is told what becomes of it
}

func newPortal(live *catalogue.Live, people []citizen, login *launchtest.Helsenorge, now func() time.Time, urls [3]string, secret string, log *slog.Logger) (*portal, error) {
	key, err := launch.GenerateSigningKey()
	if err != nil {
		return nil, err
	}
	pseudonyms, err := launch.NewPseudonyms(&launch.MemoryPseudonyms{})
	if err != nil {
		return nil, err
	}
	minter, err := hti.NewPortal(hti.PortalConfig{Issuer: urls[1], Key: key, Now: now})
	return &portal{url: urls[1], toolURL: urls[2], catalogue: live, people: people, login: login, minter: minter, keys: launch.JWKSHandler(key.Public()),
		pseudonyms: pseudonyms, clinician: newPeer(urls[0], secret), secret: secret, now: now, log: log, tasks: map[string]*citizenTask{}}, err
}

var (
	errNoTool         = errors.New("the catalogue does not know it")
	errNoTask         = errors.New("this is not on your list")
	errNeedsClinician = errors.New("a clinician has to send it")
	errNotOnBehalf    = errors.New("nobody can use it for another")
	errDeadline       = errors.New("the deadline has passed")
	errDone           = errors.New("it is done")
	errTakenBack      = errors.New("the clinician has taken it back")
	errAsked          = errors.New("the clinician wants to end it")
	errDeclined       = errors.New("the citizen did not want it")
)

// choose adds a tool that the citizen takes up alone, or a parent for a child.
func (p *portal) choose(who, whose citizen, id catalogue.ToolID) (citizenTask, error) {
	tool, found := p.catalogue.Get(id)
	switch {
	case !found:
		return citizenTask{}, fmt.Errorf("tool %s: %w", id, errNoTool)
	case tool.Access.RequiresPrescription:
		return citizenTask{}, fmt.Errorf("tool %s: %w", id, errNeedsClinician)
	case who.id != whose.id && !forAnother(tool):
		return citizenTask{}, fmt.Errorf("tool %s: %w", id, errNotOnBehalf)
	}
	if err := tool.CheckStart(p.now()); err != nil {
		return citizenTask{}, fmt.Errorf("tool %s: %w", id, err)
	}
	for _, t := range p.list(whose) {
		if t.Tool == string(id) && !t.Sent && !t.State.Ended() {
			return t, nil // a second click
		}
	}
	return p.add(citizenTask{task: task{ID: rand.Text(), Tool: string(id), Lang: whose.lang, Deadline: p.now().AddDate(1, 0, 0),
		State: prescription.Opened}, citizen: whose.id}), nil
}

// add keeps a task, and of one that is there already what is new about it. What
// the citizen has done since is not undone by news that were on their way.
func (p *portal) add(t citizenTask) citizenTask {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old, found := p.tasks[t.ID]; found && (old.State.Ended() || rank(t.State) < rank(old.State)) {
		t.State = old.State
	}
	p.tasks[t.ID] = &t
	return t
}

// remove takes away a task that the citizen has chosen.
func (p *portal) remove(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.tasks, id)
}

// rank orders states by how far they are.
func rank(s prescription.State) int { return slices.Index(prescription.States(), s) }

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

// reached notes what has happened to a task.
func (p *portal) reached(id string, e prescription.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if to, known := reaches[e]; known && p.tasks[id] != nil && !p.tasks[id].State.Ended() {
		p.tasks[id].State = to
	}
}

// reaches is what a task is after an event that was taken.
var reaches = map[prescription.Event]prescription.State{
	prescription.EventOpen: prescription.Opened, prescription.EventStart: prescription.Started, prescription.EventPause: prescription.Paused,
	prescription.EventResume: prescription.Started, prescription.EventComplete: prescription.Completed, prescription.EventDecline: prescription.Declined,
	prescription.EventConfirmCancel: prescription.Cancelled, prescription.EventFail: prescription.Failed,
}

// mayUse says whether one person may see and use what is another's: one's own, and one's children's.
func mayUse(who, whose citizen) bool {
	return who.id == whose.id || slices.Contains(who.children, whose.id)
}
