package refresh

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Age reads how long an answer is good from here, within [MinAge] and [MaxAge]:
// max-age less what a cache on the way has used of it (Age), as little as
// possible for no-store and no-cache, and unsaid where the answer does not say.
// RFC 9111, sections 5.1 and 5.2.2.
func Age(h http.Header, unsaid time.Duration) time.Duration {
	found := unsaid
	for _, directive := range strings.Split(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return MinAge
		case "max-age":
			found = deltaSeconds(strings.Trim(value, `"`))
		}
	}
	return max(MinAge, found-deltaSeconds(h.Get("Age")))
}

// deltaSeconds reads a number of seconds (RFC 9111, section 1.2.2), at most [MaxAge]; what is none is 0.
func deltaSeconds(text string) time.Duration {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0
	}
	return time.Duration(min(max(n, 0), int64(MaxAge/time.Second))) * time.Second
}
