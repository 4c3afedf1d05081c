package launch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

// HandlerConfig says what a [Handler] accepts and who gets it. Profiles, Replay
// and OnLaunch are required.
type HandlerConfig struct {
	// Profiles are tried by their Match; two that match the same request refuse it.
	Profiles []Profile
	// Replay remembers used messages.
	Replay ReplayStore
	// Policy is what the tool takes; see there for the zero value.
	Policy Policy
	// OnLaunch gets every accepted launch, once. It starts the tool's own
	// session under a new session id, ends a session that is there, and
	// answers, best with 303 See Other to a page of the tool.
	OnLaunch func(w http.ResponseWriter, r *http.Request, l *Launch)
	// Logger gets a line for every launch: kind, reference, profile, never the
	// message or a person. Nil means none.
	Logger *slog.Logger
	// Running says where this browser is already at work with that very message
	// of that issuer: a local path, to which somebody who goes back or reloads is
	// sent instead of being told that the message was used. It must judge by the
	// request's session alone, and begin none: whoever holds the message can
	// send it. "" means nowhere, and nil means that nobody is sent on.
	Running func(r *http.Request, issuer, messageID string) string
	// ReadTimeout is for reading the request's body. Zero means 5 s. The time for
	// its header is the server's: see [Handler].
	ReadTimeout time.Duration
	// ReplayTimeout is how long Replay may take; after it the launch is refused
	// with status 503. Zero means 2 s.
	ReplayTimeout time.Duration
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Handler accepts launches over HTTP: POST of a form of at most 64 KiB, every
// field once, none in the address, as a browser sends it that goes to the page
// (not one that loads it in a frame or by a script). What is refused gets a page
// in the person's language (nb, nn, en) with a reference that the log has, too.
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

// NewHandler copies and checks the configuration; the error names every fault.
// A profile that gives less than the policy takes is one.
func NewHandler(cfg HandlerConfig) (*Handler, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	defaultTo(&cfg.ReadTimeout, 5*time.Second)
	defaultTo(&cfg.ReplayTimeout, 2*time.Second)
	cfg.Profiles, cfg.Policy.Acting = slices.Clone(cfg.Profiles), slices.Clone(cfg.Policy.Acting)
	if err := cfg.faults().err("HandlerConfig"); err != nil {
		return nil, err
	}
	if cfg.Policy.takesBearer() {
		cfg.Logger.Info("launches without a login in this browser are accepted", "reason", cfg.Policy.BearerReason)
	}
	return &Handler{cfg}, nil
}

func (cfg HandlerConfig) faults() faults {
	var f faults
	f.check(len(cfg.Profiles) > 0, "field Profiles is empty")
	f.check(cfg.Replay != nil, "field Replay is nil")
	f.check(cfg.OnLaunch != nil, "field OnLaunch is nil")
	f.check(cfg.ReadTimeout > 0, "field ReadTimeout is negative")
	f.check(cfg.ReplayTimeout > 0, "field ReplayTimeout is negative")
	seen := map[string]bool{}
	for i, p := range cfg.Profiles {
		if p == nil {
			f.check(false, fmt.Sprintf("profile %d is nil", i))
			continue
		}
		f.check(!seen[p.ID()], "profile "+p.ID()+" is there twice")
		f.check(p.Assurance() == Authenticated || p.Assurance() == Bearer && cfg.Policy.takesBearer(),
			"profile "+p.ID()+" gives "+p.Assurance().String()+" launches: to accept them, write why in Policy.BearerReason")
		seen[p.ID()] = true
	}
	return f
}

// ServeHTTP accepts or refuses one launch.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	defer h.recover(w, r)
	l, profile, err := h.accept(w, r)
	if err != nil {
		h.refused(w, r, l, profile, asError(err, KindMalformed, "a launch"))
		return
	}
	h.cfg.Logger.InfoContext(r.Context(), "launch accepted", "profile", l.Profile, "issuer", l.Issuer, "message", l.MessageID)
	h.cfg.OnLaunch(w, r, l)
}

// refused sends a browser that is at work with the message on to where it is,
// and gives everybody else the page.
func (h *Handler) refused(w http.ResponseWriter, r *http.Request, l *Launch, profile string, err *Error) {
	if err.Kind == KindReplayed && l != nil && h.cfg.Running != nil {
		if path := h.cfg.Running(r, l.Issuer, l.MessageID); localPath(path) {
			h.cfg.Logger.InfoContext(r.Context(), "launch is running", "profile", l.Profile, "issuer", l.Issuer, "message", l.MessageID)
			http.Redirect(w, r, path, http.StatusSeeOther)
			return
		}
	}
	h.refuse(w, r, profile, err)
}

func (h *Handler) accept(w http.ResponseWriter, r *http.Request) (*Launch, string, error) {
	form, err := h.form(w, r)
	if err != nil {
		return nil, "", err
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
	h.page(w, r, http.StatusInternalServerError, textUnavailable, ref)
}
