package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/refresh"
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
	answer := published{age: refresh.Age(resp.Header, defaultAge)}
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
