package oauth

import (
	"net/http"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// mostSkew is the difference between two clocks that is not worth a word: an
// answer's date is in whole seconds, and servers allow for a few.
const mostSkew = 10 * time.Second

// skew is how far the clock that made the assertion is ahead of the one that
// dated the answer; 0 if that is little or not known. The answer came some time
// after the assertion was made, at most took, so a difference within that is none.
func skew(assertion string, h http.Header, took time.Duration) time.Duration {
	made, known := issuedAt(assertion)
	date, err := http.ParseTime(h.Get("Date"))
	if !known || err != nil {
		return 0
	}
	ahead := made.Sub(date)
	if ahead < 0 {
		ahead = min(ahead+took, 0)
	}
	if ahead.Abs() <= mostSkew {
		return 0
	}
	return ahead.Round(time.Second)
}

// issuedAt reads iat of an assertion of ours: what the server judged.
func issuedAt(assertion string) (time.Time, bool) {
	m, err := jose.Parse(assertion, jose.Algorithms())
	if err != nil {
		return time.Time{}, false
	}
	v, err := strictjson.Parse(m.Payload, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return time.Time{}, false
	}
	iat, there := v.Member("iat")
	if !there || iat.Kind != strictjson.Number {
		return time.Time{}, false
	}
	seconds, err := strconv.ParseInt(iat.Text, 10, 64)
	return time.Unix(seconds, 0), err == nil
}
