package helseid

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/internal/retrying"
)

// Client calls APIs with tokens for one organisation. It is safe for concurrent
// use. Make one with [New].
type Client struct {
	shared *shared
	source *source
	retry  *retrying.Client
}

var _ Doer = (*Client)(nil)

// shared is what all clients of one configuration have in common.
type shared struct {
	cfg      Config
	metadata *oauth.Metadata
	proofs   *prover
	done     chan struct{} // closed by Close
	modern   sync.Map      // origins that speak HTTP/2

	mu      sync.Mutex
	sources map[Organisation]*source
	closed  bool
	flights sync.WaitGroup
}

// New checks the configuration; the error names every fault. Nothing is fetched
// yet: [Client.Check] does that. It makes the key that this client's tokens are
// bound to, and signs once with a [launch.SigningKey] to see that HelseID will
// take it; any other signer may be ready later.
func New(cfg Config) (*Client, error) {
	cfg.fill()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	metadata, err := newMetadata(cfg)
	if err != nil {
		return nil, err
	}
	proofs, err := newProver(cfg.Now)
	if err != nil {
		return nil, err
	}
	s := &shared{cfg: cfg, metadata: metadata, proofs: proofs, done: make(chan struct{}), sources: map[Organisation]*source{}}
	return s.client(cfg.Organisation)
}

// For gives the client for another organisation: it shares all but the tokens,
// which are kept here for the next call of For. The error names what is wrong
// with the organisation. [Client.Close] closes all of them.
func (c *Client) For(org Organisation) (*Client, error) {
	if err := org.check(c.shared.cfg.MultiTenant); err != nil {
		return nil, fmt.Errorf("helseid: %w", err)
	}
	return c.shared.client(org)
}

func (s *shared) client(org Organisation) (*Client, error) {
	c := &Client{shared: s, source: s.source(org)}
	var err error
	c.retry, err = c.newRetrying()
	return c, err
}

// maxSources is how many organisations' tokens are kept. One beyond them has its
// tokens in its own client only.
const maxSources = 2000

func (s *shared) source(org Organisation) *source {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, known := s.sources[org]
	if !known {
		found = &source{shared: s, org: org}
		if len(s.sources) < maxSources {
			s.sources[org] = found
		}
	}
	return found
}

// begin runs a token request, unless the client is closed. It serves many
// callers, so it has a time of its own, which ends with the client.
func (s *shared) begin(request func(context.Context)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	s.flights.Go(func() {
		defer cancel()
		request(ctx)
	})
	s.flights.Go(func() {
		defer cancel()
		select {
		case <-s.done:
		case <-ctx.Done():
		}
	})
	return true
}

// Close ends running token requests, of this client and all that [Client.For]
// made, and waits for them. Calls that run go on; new ones that need a token fail.
func (c *Client) Close() error {
	c.shared.end()
	c.shared.flights.Wait()
	err := c.shared.metadata.Close()
	if client, is := c.shared.cfg.HTTP.(*http.Client); is {
		client.CloseIdleConnections()
	}
	return err
}

func (s *shared) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.done)
	}
}

// Check gets HelseID's metadata and a token, once, or sees that there is a good
// one. Who calls it at start hears at once of a key that cannot sign, a client
// that is not registered, a clock that is wrong. With MultiTenant and no
// Organisation there is no token to ask for, and it looks at metadata and key
// alone: call it on what [Client.For] gives. The error is a [*TokenError] or a
// [*RejectedScopeError].
func (c *Client) Check(ctx context.Context) error {
	if c.source.org.check(c.shared.cfg.MultiTenant) != nil {
		return c.source.ready(ctx)
	}
	_, err := c.source.have(ctx, nil)
	return err
}

// Do sends a request to an API and gives its answer, whatever the status, as
// [*http.Client.Do] does; Authorization and DPoP in its header are replaced. The
// answer's body must be closed. An error is an [*Error], or [ErrNotAllowed].
func (c *Client) Do(r *http.Request) (*http.Response, error) {
	if err := c.allowed(r); err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	resp, err := c.retry.Do(r)
	if err != nil {
		return nil, fromRetrying(err)
	}
	return resp, nil
}
