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
	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// published is what an issuer answered.
type published struct {
	set     *jose.Set
	age     time.Duration // for which the set may be used
	exposed []string      // kids of keys whose private part is there
}

// fetch gets the key set once. What is exposed is told with an error, too: a
// set may be no good for that very reason.
func (j *JWKS) fetch(ctx context.Context) (published, *Error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, j.cfg.URL, nil)
	if err != nil {
		return published{}, unavailable("a JWKS address", err)
	}
	r.Header.Set("Accept", "application/jwk-set+json, application/json")
	r.Header.Set("User-Agent", "verktoy")
	resp, err := outbound.Send(j.cfg.Client, r)
	if err != nil {
		return published{}, unavailable("an answer from the issuer", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, fault := j.read(resp)
	if fault != nil {
		return published{}, fault
	}
	answer := published{age: age(resp.Header)}
	if answer.set, answer.exposed, err = jose.ReadSet(body); err != nil {
		return answer, fromJOSE(err)
	}
	return answer, nil
}

func (j *JWKS) read(resp *http.Response) ([]byte, *Error) {
	if resp.StatusCode != http.StatusOK {
		return nil, unavailable("status 200", fmt.Errorf("status %d", resp.StatusCode))
	}
	if outbound.Elsewhere(resp, j.cfg.URL) {
		return nil, unavailable("no redirect", errors.New("the answer came from another address"))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, jose.MaxSet+1))
	if err != nil {
		return nil, unavailable("a whole key set", err)
	}
	return body, nil
}

func unavailable(want string, cause error) *Error { return Refuse(KindKeysUnavailable, want, cause) }

// age reads how long the set is good from here, within a minute and 24 hours:
// max-age less what a cache on the way has used of it (Age), and as little as
// possible for no-store and no-cache. RFC 9111, sections 5.1 and 5.2.2.
func age(h http.Header) time.Duration {
	found := defaultAge
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
