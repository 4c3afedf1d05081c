package vendor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/retrying"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// EnhetsregisteretAddress is where the public register answers.
const EnhetsregisteretAddress = "https://data.brreg.no"

// Doer sends an HTTP request. [*http.Client] is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// EnhetsregisteretConfig says how to ask the register. The zero value asks the public one.
type EnhetsregisteretConfig struct {
	// Address is the beginning of the addresses that are asked, without a slash at
	// the end; https. Empty means [EnhetsregisteretAddress].
	Address string
	// AllowLoopback allows http://127.0.0.1 and its like, for tests.
	AllowLoopback bool
	// Client sends the requests. Nil means a client of our own. Redirects are never followed.
	Client Doer
	// Timeout is for one lookup with all its attempts. Zero means 10 s.
	Timeout time.Duration
	// Logger gets a line for every attempt, with the host and not the number. Nil means none.
	Logger *slog.Logger
	// Now is the clock for dates in answers. Nil means [time.Now].
	Now func() time.Time
}

// Enhetsregisteret asks the Norwegian register of legal entities, an open API
// without login (data.brreg.no, GET /enhetsregisteret/api/enheter/{orgnr}).
// Make one with [NewEnhetsregisteret]; it may be used from several goroutines.
//
// A request that fails for the moment is repeated up to four times within the
// time. Units below an organisation (underenheter) are not looked up: their
// numbers give [ErrNotFound]. Nothing is kept: who looks up often, keeps the
// answers for a day.
type Enhetsregisteret struct {
	address string
	client  *retrying.Client
}

var _ Registry = (*Enhetsregisteret)(nil)

// maxEntity is the greatest size of an answer, in bytes. Real ones have a few kilobytes.
const maxEntity = 256 << 10

// NewEnhetsregisteret checks the configuration; the error names every fault. Nothing is sent yet.
func NewEnhetsregisteret(cfg EnhetsregisteretConfig) (*Enhetsregisteret, error) {
	if cfg.Address == "" {
		cfg.Address = EnhetsregisteretAddress
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if unset.Is(cfg.Client) {
		cfg.Client = outbound.Client(0) // Timeout ends the call
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	client, err := retrying.New(retrying.Config{Next: retrying.Direct(cfg.Client), Timeout: cfg.Timeout, MaxAnswer: maxEntity,
		Logger: cfg.Logger, Now: cfg.Now})
	if err != nil {
		return nil, fmt.Errorf("vendor: %w", err)
	}
	return &Enhetsregisteret{cfg.Address, client}, nil
}

func (cfg EnhetsregisteretConfig) check() error {
	var faults []string
	if !outbound.Secure(cfg.Address, cfg.AllowLoopback) || strings.ContainsAny(cfg.Address, "?") || strings.HasSuffix(cfg.Address, "/") {
		faults = append(faults, "field Address is not an https address without query and last slash (http needs AllowLoopback and a loopback host)")
	}
	if cfg.Timeout < 0 {
		faults = append(faults, "field Timeout is negative")
	}
	if len(faults) == 0 {
		return nil
	}
	return errors.New("vendor: invalid EnhetsregisteretConfig: " + strings.Join(faults, "; "))
}

// Lookup implements [Registry].
func (e *Enhetsregisteret) Lookup(ctx context.Context, number OrgNumber) (Entity, error) {
	if !number.valid() {
		return Entity{}, ErrOrgNumber
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, e.address+entityPath+string(number), nil)
	if err != nil {
		return Entity{}, unusable("the address cannot be asked")
	}
	r.Header.Set("Accept", entityVersion)
	r.Header.Set("User-Agent", "verktoy")
	resp, err := e.client.Do(r)
	if err != nil {
		return Entity{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	defer func() { _ = resp.Body.Close() }()
	return answered(resp, number)
}

// answered tells the answers apart by status: 200 also for most that are
// deleted, 410 for one that was removed with all that was known of it.
func answered(resp *http.Response, number OrgNumber) (Entity, error) {
	switch resp.StatusCode {
	case http.StatusOK:
		return read(resp, number)
	case http.StatusGone:
		found, err := read(resp, number)
		if !errors.Is(err, ErrDeleted) {
			found = Entity{OrgNumber: number}
		}
		return found, ErrDeleted
	case http.StatusNotFound:
		return Entity{}, ErrNotFound
	case http.StatusNotAcceptable:
		return Entity{}, unusable("status 406, it no longer answers in the version that is asked for")
	}
	return Entity{}, unusable(fmt.Sprintf("status %d", resp.StatusCode))
}

func read(resp *http.Response, number OrgNumber) (Entity, error) {
	data, err := strictjson.Read(resp.Body, strictjson.Document())
	switch {
	case errors.Is(err, retrying.ErrTooLarge):
		return Entity{}, unusable("want an answer of at most 256 KiB")
	case err != nil:
		return Entity{}, fmt.Errorf("%w: %w", ErrUnavailable, outbound.Cut(err))
	}
	return entity(data, number)
}

func unusable(why string) error { return fmt.Errorf("%w: %s", ErrUnavailable, why) }
