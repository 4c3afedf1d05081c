package launch

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// maxBody is the greatest size of a launch request's body, in bytes.
const maxBody = 64 << 10

// form reads the request's fields and refuses every request that a browser's
// form post of a launch cannot be.
func (h *Handler) form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, notALaunch(http.StatusMethodNotAllowed, "POST")
	}
	if !navigates(r.Header) {
		return nil, notALaunch(0, "a browser that goes to the page itself")
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" || r.Header.Get("Content-Encoding") != "" {
		return nil, notALaunch(http.StatusUnsupportedMediaType, "an application/x-www-form-urlencoded body")
	}
	body, err := h.body(w, r)
	if err != nil {
		return nil, err
	}
	if longField(body) {
		return nil, Refuse(KindTooLarge, "fields of at most 48 KiB", nil)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, notALaunch(0, "a form that can be read")
	}
	return form, h.single(form, r.URL.RawQuery)
}

// maxField is the greatest size of one field as it is written, in bytes: that of
// a message of which every character is escaped.
const maxField = 3 * jose.MaxMessage

// longField finds a field that cannot be anything, before work is done on it.
func longField(body []byte) bool {
	return len(body) > maxField && slices.ContainsFunc(bytes.Split(body, []byte("&")), func(field []byte) bool { return len(field) > maxField })
}

// navigates says whether the browser opens the answer as a page of its own, if
// it says anything: in a frame the page would not be shown, and neither a script
// nor a browser that fetches ahead is a person. Fetch Metadata Request Headers
// (W3C), sections 2.1 and 2.2; Sec-Purpose, in the Fetch Standard.
func navigates(h http.Header) bool {
	mode, dest := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	return !strings.Contains(h.Get("Sec-Purpose"), "prefetch") && (mode == "" || mode == "navigate") && (dest == "" || dest == "document")
}

// localPath says whether the address is a path on this site, for browsers too,
// which read a backslash as a slash and skip tabs and line breaks.
func localPath(path string) bool {
	u, err := url.Parse(path)
	return err == nil && u.Host == "" && u.Scheme == "" && strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.Contains(path, `\`)
}

func notALaunch(status int, want string) error {
	return &Error{Kind: KindRequest, Want: want, status: status}
}

// body reads at most one byte more than allowed, within the time allowed.
func (h *Handler) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(h.cfg.ReadTimeout)) // real time: the connection's
	body := bytes.NewBuffer(make([]byte, 0, min(max(r.ContentLength, 0), maxBody)+bytes.MinRead))
	_, err := body.ReadFrom(io.LimitReader(r.Body, maxBody+1))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return nil, notALaunch(http.StatusRequestTimeout, "the body in time")
	case err != nil:
		return nil, notALaunch(0, "a body that can be read")
	case body.Len() > maxBody:
		w.Header().Set("Connection", "close")
		return nil, Refuse(KindTooLarge, "at most 64 KiB", nil)
	}
	_ = control.SetReadDeadline(time.Time{})
	return body.Bytes(), nil
}

// single refuses fields that come twice, in the body or there and in the
// address, and an address that is a launch itself: addresses end up in logs.
func (h *Handler) single(form url.Values, rawQuery string) error {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return notALaunch(0, "an address that can be read")
	}
	for name, values := range form {
		if len(values) > 1 || query.Has(name) {
			return notALaunch(0, "every field once, and in the body")
		}
	}
	return h.noLaunch(query)
}

// noLaunch refuses an address with a launch or the answer to a login in it.
func (h *Handler) noLaunch(query url.Values) error {
	for _, p := range h.cfg.Profiles {
		if p.Match(query) {
			return notALaunch(0, "the launch in the body, not in the address")
		}
	}
	if len(h.cfg.Logins) > 0 && query.Has("code") && query.Has("state") {
		return notALaunch(0, "the provider's answer in the body, not in the address")
	}
	return nil
}
