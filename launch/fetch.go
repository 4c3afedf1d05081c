package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// fetch gets the key set once. It says how long the set may be used.
func (j *JWKS) fetch(ctx context.Context) (*jose.Set, time.Duration, *Error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, j.cfg.URL, nil)
	if err != nil {
		return nil, 0, unavailable("a JWKS address", err)
	}
	r.Header.Set("Accept", "application/jwk-set+json, application/json")
	r.Header.Set("User-Agent", "verktoy")
	resp, err := j.cfg.Client.Do(r)
	if err != nil {
		return nil, 0, unavailable("an answer from the issuer", err)
	}
	defer func() { _ = resp.Body.Close() }()
	set, fault := j.read(resp)
	return set, age(resp.Header.Get("Cache-Control")), fault
}

func (j *JWKS) read(resp *http.Response) (*jose.Set, *Error) {
	if resp.StatusCode != http.StatusOK {
		return nil, unavailable("status 200", fmt.Errorf("status %d", resp.StatusCode))
	}
	if resp.Request != nil && resp.Request.URL.String() != j.cfg.URL {
		return nil, unavailable("no redirect", errors.New("the answer came from another address"))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, jose.MaxSet+1))
	if err != nil {
		return nil, unavailable("a whole key set", err)
	}
	set, err := jose.ParseSet(body)
	if err != nil {
		return nil, fromJOSE(err)
	}
	return set, nil
}

func unavailable(want string, cause error) *Error { return Refuse(KindKeysUnavailable, want, cause) }

// age reads max-age, within a minute and 24 hours. RFC 9111, section 5.2.2.
func age(cacheControl string) time.Duration {
	for _, directive := range strings.Split(strings.ToLower(cacheControl), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return minAge
		case "max-age":
			return clamp(strings.Trim(value, `"`))
		}
	}
	return defaultAge
}

func clamp(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) && n > 0 || err == nil && n > int64(maxAge/time.Second):
		return maxAge
	case err != nil:
		return minAge
	}
	return max(minAge, time.Duration(n)*time.Second)
}
