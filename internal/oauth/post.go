package oauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// postTimeout is for one request, its answer included. The context may end sooner.
const postTimeout = 15 * time.Second

var answerLimits = strictjson.Limits{Bytes: 64 << 10, Depth: 16, Members: 2000, Number: 32}

// NewClient is a client for the requests of this package: with a transport of
// its own, without redirects, with a cap on the answer's header and a time limit.
func NewClient() *http.Client { return outbound.Client(postTimeout) }

// Answer is what a server said with a status of 2xx. It holds tokens, and prints as [redacted].
type Answer struct {
	// Status is the HTTP status, 200 to 299.
	Status int
	// Header is the answer's header.
	Header http.Header

	body *strictjson.Value // nil for an empty body
}

// Post sends a form once and reads the answer, a JSON object with unique names
// of at most 64 KiB; an empty body, as revocation has it, is an Answer without
// members. Nothing is sent twice and no redirect is followed. Header, which may
// be nil, is added to the request's. The endpoint is sent to as it is: take it
// from [Metadata.Get], which checks it. The error is an [*Error].
func Post(ctx context.Context, client Doer, endpoint string, form url.Values, header http.Header) (*Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, postTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil || client == nil {
		return nil, &Error{Want: "want a client and an endpoint"}
	}
	if header != nil {
		r.Header = header.Clone()
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "verktoy")
	began := time.Now()
	resp, err := outbound.Send(outbound.Staying(client), r)
	if err != nil {
		return nil, noAnswer(err)
	}
	defer func() { _ = resp.Body.Close() }()
	took := time.Since(began)
	answer, refused := read(resp, r.URL.String())
	if refused == nil {
		return answer, nil
	}
	if refused.Code == "invalid_client" {
		refused.Skew = skew(form.Get("client_assertion"), resp.Header, took)
	}
	return nil, refused
}

func read(resp *http.Response, asked string) (*Answer, *Error) {
	body, err := readObject(resp.Body)
	good := resp.StatusCode >= 200 && resp.StatusCode < 300
	if good && err == nil && !outbound.Elsewhere(resp, asked) {
		return &Answer{Status: resp.StatusCode, Header: resp.Header, body: body}, nil
	}
	e := &Error{Status: resp.StatusCode, Unknown: unknown(resp.StatusCode), Header: kept(resp.Header), Want: "the server refused"}
	switch {
	case outbound.Elsewhere(resp, asked):
		e.Want, e.Unknown = "want no redirect", true
	case good:
		e.Want, e.cause = err.Error(), errors.Unwrap(err)
	case resp.StatusCode < 400:
		e.Want = "want no redirect"
	case resp.StatusCode >= 500:
		e.Want = "the server failed"
	}
	said := &Answer{body: body}
	e.Code, e.Number = code(said.Text("error")), number(said.Text("error_description"))
	return nil, e
}

// kept is what callers need of the header of an answer that is an error.
func kept(from http.Header) http.Header {
	to := http.Header{}
	for _, name := range []string{"Dpop-Nonce", "Retry-After", "Date"} {
		if values := from.Values(name); len(values) > 0 {
			to[name] = values
		}
	}
	return to
}

// readObject reads the body; its error is in words of ours.
func readObject(body io.Reader) (*strictjson.Value, error) {
	data, err := io.ReadAll(io.LimitReader(body, int64(answerLimits.Bytes)+1))
	switch {
	case err != nil:
		return nil, outbound.Cut(err)
	case len(data) == 0:
		return nil, nil
	}
	v, err := strictjson.Parse(data, answerLimits)
	if err != nil || v.Kind != strictjson.Object {
		return nil, fmt.Errorf("want a JSON object with unique names, at most %d KiB", answerLimits.Bytes>>10)
	}
	return v, nil
}

// Has says whether the answer has this member.
func (a *Answer) Has(name string) bool { return a.member(name) != nil }

// Text gives a member that is a string; "" if there is none.
func (a *Answer) Text(name string) string {
	if v := a.member(name); v != nil && v.Kind == strictjson.String {
		return v.Text
	}
	return ""
}

// Texts gives the words of a member that is a string, with spaces between them,
// or a list of strings; nil if it names nothing.
func (a *Answer) Texts(name string) []string {
	v := a.member(name)
	if v == nil {
		return nil
	}
	var words []string
	for _, item := range append([]*strictjson.Value{v}, v.Items...) {
		if item.Kind == strictjson.String {
			words = append(words, strings.Fields(item.Text)...)
		}
	}
	return words
}

// mostSeconds is the greatest number of seconds that is taken: a hundred years.
const mostSeconds = 100 * 365 * 24 * 3600

// Seconds gives a member that is a whole number of seconds, from 0 to a hundred
// years. The bool is false for all else.
func (a *Answer) Seconds(name string) (time.Duration, bool) {
	v := a.member(name)
	if v == nil || v.Kind != strictjson.Number {
		return 0, false
	}
	n, err := strconv.ParseUint(v.Text, 10, 63)
	if err != nil || n > mostSeconds {
		return 0, false
	}
	return time.Duration(n) * time.Second, true
}

func (a *Answer) member(name string) *strictjson.Value {
	if a.body == nil {
		return nil
	}
	v, _ := a.body.Member(name)
	return v
}

// Format prints [redacted], whatever the verb: it holds tokens.
func (a *Answer) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// MarshalText is [redacted].
func (a *Answer) MarshalText() ([]byte, error) { return []byte("[redacted]"), nil }
