package catalogue

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

// Doer sends an HTTP request. [*http.Client] is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// HTTPConfig says where a document is published. URL is required.
type HTTPConfig struct {
	// URL is https; http only on this machine and with AllowLoopback. No error and no log holds more of it than the host.
	URL string
	// AllowLoopback allows http://127.0.0.1 and its like, for tests and demonstrations.
	AllowLoopback bool
	// Client sends the requests, and adds credentials if the source wants any. Nil means a client of our own. Redirects are never
	// followed: an [*http.Client] is copied and told so, and from any other Doer an answer from another address than URL is refused.
	Client Doer
	// Timeout is for one fetch with all its attempts. Zero means 30 s.
	Timeout time.Duration
	// Logger gets a line for every attempt. Nil means none.
	Logger *slog.Logger
	// Now is the clock for dates in answers. Nil means [time.Now].
	Now func() time.Time
}

// HTTPSource fetches a document from an address. It asks with If-None-Match or If-Modified-Since, so that an unchanged document is not
// sent again, and repeats a request that failed for the moment up to four times. An answer of more than 16 MiB is refused, counted after
// it was decompressed. Make one with [NewHTTPSource].
type HTTPSource struct {
	url    string
	client *retrying.Client
}

var _ Source = (*HTTPSource)(nil)

// NewHTTPSource checks the configuration; the error names every fault. Nothing is fetched yet.
func NewHTTPSource(cfg HTTPConfig) (*HTTPSource, error) {
	var faults []string
	if !outbound.Secure(cfg.URL, cfg.AllowLoopback) {
		faults = append(faults, "field URL is not an https address (http needs AllowLoopback and a loopback host)")
	}
	if cfg.Timeout < 0 {
		faults = append(faults, "field Timeout is negative")
	}
	if len(faults) > 0 {
		return nil, errors.New("catalogue: invalid HTTPConfig: " + strings.Join(faults, "; "))
	}
	if unset.Is(cfg.Client) {
		cfg.Client = outbound.Client(0) // Timeout ends the call
	}
	client, err := retrying.New(retrying.Config{Next: retrying.Direct(cfg.Client), Timeout: cfg.Timeout,
		MaxAnswer: maxAnswer, Logger: cfg.Logger, Now: cfg.Now})
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return &HTTPSource{cfg.URL, client}, nil
}

// maxAnswer is a byte more than a document may have, so that a longer one is a mistake of the document.
var maxAnswer = int64(strictjson.Catalogue().Bytes) + 1

var (
	errNotAsked  = errors.New("status 304 to a question for the whole document")
	errEncoding  = errors.New("want an answer without a Content-Encoding, or gzip if the client asks for it")
	errNoRequest = errors.New("want an address that can be asked")
)

// Fetch implements [Source].
func (s *HTTPSource) Fetch(ctx context.Context, tag string) (Document, string, error) {
	d, next, err := s.fetch(ctx, parseTag(tag))
	switch {
	case err == nil, errors.Is(err, ErrUnchanged), errors.Is(err, ErrInvalid):
		return d, next, err
	}
	return Document{}, "", fmt.Errorf("catalogue: document not fetched: %w", err)
}

func (s *HTTPSource) fetch(ctx context.Context, known validators) (Document, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return Document{}, "", errNoRequest
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "verktoy")
	known.ask(r.Header)
	resp, err := s.client.Do(r)
	if err != nil {
		return Document{}, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	return read(resp, known)
}

func read(resp *http.Response, known validators) (Document, string, error) {
	switch {
	case resp.StatusCode == http.StatusNotModified && known.some():
		return Document{}, "", ErrUnchanged
	case resp.StatusCode == http.StatusNotModified:
		return Document{}, "", errNotAsked
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return Document{}, "", retrying.ErrElsewhere
	case resp.StatusCode != http.StatusOK:
		return Document{}, "", fmt.Errorf("want status 200 or 304, not %d", resp.StatusCode)
	case resp.Header.Get("Content-Encoding") != "":
		return Document{}, "", errEncoding
	}
	data, err := strictjson.Read(resp.Body, strictjson.Catalogue())
	if err != nil {
		var bad *strictjson.Error
		if errors.As(err, &bad) {
			return Document{}, "", documentError(err)
		}
		return Document{}, "", err
	}
	d, err := Parse(data)
	if err != nil {
		return Document{}, "", err
	}
	return d, validatorsOf(resp.Header).tag(), nil
}
