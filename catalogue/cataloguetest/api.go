package cataloguetest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Config says what is simulated. The zero Config is an API without tools that lets everybody in.
type Config struct {
	// Address is where the API is. Empty means "https://eksternapi.example".
	Address string
	// Tools are the catalogue.
	Tools []catalogue.Tool
	// Authorize says who calls, or refuses with an error: [ErrExpired] is answered with 403, any other with 401. Nil lets everybody in, and
	// takes everybody for the tool that a request names.
	Authorize func(*http.Request) (Caller, error)
	// AllowLoopback lets citizens start at http addresses on this machine, for demonstrations.
	AllowLoopback bool
	// MaxPage is how many tools a page has at most. Zero means 50.
	MaxPage int
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Caller is who calls. The zero Caller is a system that is no tool.
type Caller struct {
	// Tool is the tool that calls. Empty means that it is not a tool: it may not invite, nor ask who sent one.
	Tool catalogue.ToolID
	// Citizen is the number of the citizen whose token it is; no other can be asked about. Empty means a system's own token.
	Citizen string
}

// ErrExpired is what Authorize gives for a token that has expired.
var ErrExpired = errors.New("cataloguetest: the token has expired")

// Therapist is who has sent a tool.
type Therapist struct {
	Name, HPR                      string
	Organisation, OrganisationName string
}

// Invitation is one that was carried out.
type Invitation struct {
	ID, Task string
	Tool     catalogue.ToolID
	Citizen  string // a synthetic number
	From     Therapist
	Deadline time.Time
	Link     string // where the citizen starts
	At       time.Time
}

// API is the simulated API. It is safe for concurrent use. Make one with [New].
type API struct {
	cfg  Config
	mux  *http.ServeMux
	plan plan
	log  record

	mu       sync.Mutex
	tools    *catalogue.Index
	inactive map[string]bool
	sent     []Invitation
	keys     map[string]kept // by Idempotency-Key
}

// New makes the API. The error is that of a catalogue that is not right, or an address that is not one.
func New(cfg Config) (*API, error) {
	if cfg.Address == "" {
		cfg.Address = "https://eksternapi.example"
	}
	if cfg.MaxPage == 0 {
		cfg.MaxPage = 50
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Address = strings.TrimSuffix(cfg.Address, "/")
	if !isAddress(cfg.Address) || cfg.MaxPage < 0 {
		return nil, errors.New("cataloguetest: want an address that is https or http, without a path, and a MaxPage that is not negative")
	}
	tools, err := catalogue.NewIndex(cfg.Tools)
	if err != nil {
		return nil, fmt.Errorf("cataloguetest: %w", err)
	}
	a := &API{cfg: cfg, tools: tools, inactive: map[string]bool{}, keys: map[string]kept{}}
	a.mux = a.routes()
	return a, nil
}

// Address is where the API is.
func (a *API) Address() string { return a.cfg.Address }

// Withdraw withdraws a tool for ever. The error says that there is no such tool.
func (a *API) Withdraw(id catalogue.ToolID) error {
	return a.Change(id, func(t *catalogue.Tool) { t.Status = catalogue.StatusWithdrawn })
}

// Change changes a tool, or adds one that edit makes of an empty tool with the id. The error is a [*catalogue.DocumentError], or
// [catalogue.ErrWithdrawn] for a withdrawn tool that would come back.
func (a *API) Change(id catalogue.ToolID, edit func(*catalogue.Tool)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	tool, _ := a.tools.Get(id)
	tool.ID = id
	edit(&tool)
	x, err := a.tools.With(tool)
	if err != nil {
		return fmt.Errorf("cataloguetest: %w", err)
	}
	a.tools = x
	return nil
}

// Tools gives the catalogue as it is now, drafts too, by id.
func (a *API) Tools() []catalogue.Tool { return a.index().Tools() }

func (a *API) index() *catalogue.Index {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.tools
}

// SetActive says whether a citizen is digitally active. Everybody is until it is said otherwise.
func (a *API) SetActive(number string, active bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.inactive[number] = !active
}

// Sent lets a therapist have sent a tool to a citizen by another way, such as Verktøyformidleren. The error says that the number is not
// synthetic.
func (a *API) Sent(id catalogue.ToolID, number string, from Therapist) error {
	if !synthetic(number) {
		return errors.New("cataloguetest: want a synthetic identity number")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sent = append(a.sent, Invitation{Tool: id, Citizen: number, From: from, At: a.cfg.Now().UTC()})
	return nil
}

// Invitations are those that were carried out, in order; those of [API.Sent] have no ID.
func (a *API) Invitations() []Invitation {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.sent)
}

func synthetic(number string) bool { return nationalid.Valid(number) && nationalid.Synthetic(number) }

// Number is a synthetic identity number for a birth date DDMMYY with 80 added to the month, such as "158190". It panics on a date that no
// number has.
func Number(date string) string {
	for n := range 100_000 {
		if s := fmt.Sprintf("%s%05d", date, n); synthetic(s) {
			return s
		}
	}
	panic("cataloguetest: want a date DDMMYY with 40 or 80 added to the month")
}
