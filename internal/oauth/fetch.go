package oauth

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/refresh"
)

// fetch gets the document once. It says how long it may be used.
func (m *Metadata) fetch(ctx context.Context) (Server, time.Duration, error) {
	address := strings.TrimSuffix(m.cfg.Issuer, "/") + wellKnown
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Server{}, 0, ErrMetadata
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "verktoy")
	resp, err := outbound.Send(m.cfg.Client, r)
	if err != nil {
		return Server{}, 0, fmt.Errorf("%w: %w", ErrMetadata, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := metadataBody(resp, address)
	if err != nil {
		return Server{}, 0, err
	}
	s, err := parseServer(body, m.cfg.Issuer, m.cfg.AllowLoopback)
	return s, refresh.Age(resp.Header, refresh.MaxAge), err
}

func metadataBody(resp *http.Response, asked string) ([]byte, error) {
	switch {
	case outbound.Elsewhere(resp, asked):
		return nil, fmt.Errorf("%w: want no redirect", ErrMetadata)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%w: want status 200, not %d", ErrMetadata, resp.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, MaxMetadata+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrMetadata, outbound.Cut(err))
	case len(body) > MaxMetadata:
		return nil, fmt.Errorf("%w: want at most %d KiB", ErrMetadata, MaxMetadata>>10)
	}
	return body, nil
}
