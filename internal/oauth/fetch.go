package oauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
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
	return s, age(resp.Header), err
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

// age reads how long the document is good from here, within a minute and 24
// hours: max-age less what a cache on the way has used of it, and as little as
// possible for no-store and no-cache. RFC 9111, sections 5.1 and 5.2.2.
func age(h http.Header) time.Duration {
	found := maxAge
	for _, directive := range strings.Split(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return minAge
		case "max-age":
			found = deltaSeconds(strings.Trim(value, `"`))
		}
	}
	return max(minAge, found-deltaSeconds(h.Get("Age")))
}

// deltaSeconds reads a number of seconds (RFC 9111, section 1.2.2), at most 24 hours; what is none is 0.
func deltaSeconds(text string) time.Duration {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0
	}
	return time.Duration(min(max(n, 0), int64(maxAge/time.Second))) * time.Second
}
