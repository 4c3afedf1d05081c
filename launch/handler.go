package launch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// Profile is one protocol by which launches come in. It knows parameters and
// claims; the [Handler] owns the rest, and a profile cannot reach it.
type Profile interface {
	// ID names the profile in results and logs: "hti".
	ID() string
	// Assurance is what the profile's launches say of the person at most.
	Assurance() Assurance
	// Match says whether the form's fields are those of this profile. It must
	// be cheap, and does not say that the launch is good.
	Match(form url.Values) bool
	// Accept checks everything but policy and replay, in the order of
	// [Verifier.Verify], then the profile's claims. It gives the launch and how
	// long its MessageID must be remembered. The error should be an [*Error];
	// any other is shown as [KindMalformed].
	Accept(ctx context.Context, form url.Values, now time.Time) (*Launch, time.Time, error)
}

// Policy says which accepted launches the tool takes. The zero Policy takes
// [Authenticated] launches of people who act for themselves.
type Policy struct {
	// BearerReason is why this tool takes [Bearer] launches, in a sentence that
	// is written to the log at start. Empty means that it does not.
	BearerReason string
	// Acting lists the roles beside [ActingSelf] that the tool takes: a
	// professional who looks into a patient's task, a parent, … Empty means none.
	Acting []Acting
}

func (p Policy) check(l *Launch) error {
	bearer := l.Assurance == Bearer && p.takesBearer()
	if l.Assurance != Authenticated && !bearer {
		return Refuse(KindAssurance, "a launch that binds the person to this browser", nil)
	}
	if l.Acting != ActingSelf && !slices.Contains(p.Acting, l.Acting) {
		return Refuse(KindRepresentation, "a person who acts for themselves or in a role the policy lists", nil)
	}
	return nil
}

func (p Policy) takesBearer() bool { return strings.TrimSpace(p.BearerReason) != "" }

// Handler accepts launches over HTTP: POST of a form of at most 64 KiB, every
// field once, none in the address, as a browser sends it that goes to the page
// (not one that loads it in a frame or by a script). What is refused gets a page
// in the person's language (nb, nn, en) with a reference that the log has, too.
//
// For a [LoginProfile] it also answers GET of the start address and POST of the
// callback address, which must reach it under these paths (no [http.StripPrefix]).
// What belongs to a login is kept in a sealed cookie of this browser, so any
// process with the same CookieKeys takes the answer. Who may start logins how
// often is not limited here.
//
// The handler bounds the time for the body and for the replay store. What comes
// before is the server's, and [http.Server] waits for ever unless told not to:
//
//	srv := &http.Server{Addr: addr, Handler: mux,
//		ReadHeaderTimeout: 5 * time.Second, // a header that comes byte by byte
//		WriteTimeout:      30 * time.Second, // a browser that does not read; longer than OnLaunch takes
//		IdleTimeout:       time.Minute, MaxHeaderBytes: 16 << 10}
//
// Its Shutdown lets launches that were accepted be answered. A middleware around
// the handler that replaces the [http.ResponseWriter] must have Unwrap, or the
// body's time is not bounded (see [http.ResponseController]).
type Handler struct{ cfg HandlerConfig }

// ServeHTTP accepts or refuses one launch.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	defer h.recover(w, r)
	if p := h.starts(r); p != nil {
		h.begin(w, r, p)
		return
	}
	if h.comesAgain(r) {
		h.lookAgain(w, r)
		return
	}
	l, profile, err := h.accept(w, r)
	if err != nil {
		h.refused(w, r, l, profile, asError(err, KindMalformed, "a launch"))
		return
	}
	h.cfg.Logger.InfoContext(r.Context(), "launch accepted", "profile", l.Profile, "issuer", l.Issuer, "message", l.MessageID)
	h.cfg.OnLaunch(w, r, l)
}

// refused sends a browser that is at work with the message or the login on to
// where it is, and gives everybody else the page.
func (h *Handler) refused(w http.ResponseWriter, r *http.Request, l *Launch, profile string, err *Error) {
	if h.atWork(w, r, l, profile, err) {
		return
	}
	h.refuse(w, r, profile, h.again(profile, l), err)
}

// again is the address at which a login can begin anew; "" where the launch was none.
func (h *Handler) again(profile string, l *Launch) string {
	for _, p := range h.cfg.Logins {
		switch {
		case p.ID() != profile:
		case l == nil || len(l.Context) == 0:
			return p.StartPath()
		default:
			return p.StartPath() + "?" + l.Context.Encode()
		}
	}
	return ""
}

func (h *Handler) accept(w http.ResponseWriter, r *http.Request) (*Launch, string, error) {
	form, err := h.form(w, r)
	if err != nil {
		return nil, "", err
	}
	if p := h.answers(r); p != nil {
		l, err := h.resume(w, r, p, form)
		return l, p.ID(), err
	}
	p, err := h.profile(form)
	if err != nil {
		return nil, "", err
	}
	l, until, err := p.Accept(r.Context(), form, h.cfg.Now())
	if err == nil {
		err = h.admit(r.Context(), l, until)
	}
	return l, p.ID(), err
}

func (h *Handler) profile(form url.Values) (Profile, error) {
	var match []Profile
	for _, p := range h.cfg.Profiles {
		if p.Match(form) {
			match = append(match, p)
		}
	}
	if len(match) != 1 {
		return nil, Refuse(KindRequest, "the fields of one kind of launch", nil)
	}
	return match[0], nil
}

// admit is policy and then replay, last: what is refused leaves no trace in the store.
func (h *Handler) admit(ctx context.Context, l *Launch, until time.Time) error {
	if l == nil || l.MessageID == "" || l.Issuer == "" {
		return Refuse(KindClaims, "an issuer and a message id", nil)
	}
	if err := h.cfg.Policy.check(l); err != nil {
		return err
	}
	if store, forgets := h.cfg.Replay.(Forgetful); forgets && l.Issued.Before(store.Since().Truncate(time.Second)) {
		return Refuse(KindReplayed, "a message issued after this process began to remember", nil)
	}
	return h.consume(ctx, l, until)
}

func (h *Handler) consume(ctx context.Context, l *Launch, until time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, h.cfg.ReplayTimeout)
	defer cancel()
	first, err := h.cfg.Replay.Consume(ctx, l.Issuer, l.MessageID, until)
	switch {
	case err != nil:
		return Refuse(KindReplayUnavailable, "the replay store", err)
	case !first:
		return Refuse(KindReplayed, "a message that was not used before", nil)
	}
	return nil
}

// recover answers for an OnLaunch, a profile or a store that panicked. The
// panic's value may hold anything, so only its type is logged; headers that were
// set for another answer are taken back. A message that was used stays used.
func (h *Handler) recover(w http.ResponseWriter, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if err, is := cause.(error); is && errors.Is(err, http.ErrAbortHandler) {
		panic(cause)
	}
	ref := reference()
	h.cfg.Logger.ErrorContext(r.Context(), "launch ended in a panic", "ref", ref, "type", fmt.Sprintf("%T", cause), "stack", string(debug.Stack()))
	for _, name := range []string{"Set-Cookie", "Location", "Content-Length", "Content-Encoding", "Etag", "Last-Modified"} {
		w.Header().Del(name)
	}
	harden(w.Header())
	h.page(w, r, http.StatusInternalServerError, textUnavailable, ref, "")
}
