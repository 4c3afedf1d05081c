package launch

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// HandlerConfig says what a [Handler] accepts and who gets it. Replay, OnLaunch,
// and one of Profiles and Logins are required; with Logins, CookieKeys too.
type HandlerConfig struct {
	// Profiles are tried by their Match; two that match the same request refuse it.
	Profiles []Profile
	// Replay remembers used messages.
	Replay ReplayStore
	// Logins are the profiles in which the person logs in while the tool waits.
	Logins []LoginProfile
	// CookieKeys seal what the browser keeps during a login. The first seals, all
	// open. To change keys, add the new one as the last in every process, then make
	// it the first in every process, and drop the old one [LoginLifetime] later:
	// otherwise an answer meets a process that does not know its key yet.
	CookieKeys []CookieKey
	// CallbackOrigins lists further origins, such as "https://login.example",
	// whose pages may post a provider's answer: by default that of the address
	// to which the browser was sent.
	CallbackOrigins []string
	// Policy is what the tool takes; see there for the zero value.
	Policy Policy
	// OnLaunch gets every accepted launch, once. It starts the tool's own
	// session under a new session id, ends a session that is there, and
	// answers, best with 303 See Other to a page of the tool. The request was
	// posted from another site, so a session's cookie that is SameSite=Lax, as it
	// should be, is not in it: an earlier session is in [Launch.Earlier] (see
	// Session), or can be seen, and ended, by the page to which OnLaunch sends the
	// browser.
	OnLaunch func(w http.ResponseWriter, r *http.Request, l *Launch)
	// Portal is the page where people find the tool and start it, such as their list
	// at Helsenorge; a refusal has a link to it. An https address, or http on this
	// machine, the same for everybody. "" means no link.
	Portal string
	// Logger gets a line for every launch: kind, reference, profile, never the
	// message or a person. Nil means none.
	Logger *slog.Logger
	// Running says where this browser is already at work with that very message
	// of that issuer: a local path, to which somebody who goes back or reloads is
	// sent instead of being told that the message was used. It must judge by the
	// request's session alone, and begin none: anybody can send issuer and
	// messageID. It is asked a second time with a GET of the same address, which
	// must reach the handler, too, because a session's cookie that is
	// SameSite=Lax does not come with a form that another site posts. "" means
	// nowhere, and nil means that nobody is sent on.
	Running func(r *http.Request, issuer, messageID string) string
	// Session names the tool's session in this browser, "" for none, in at most 512
	// bytes. It is asked at a login's start address, where the session's cookie
	// comes along, and OnLaunch gets the answer in [Launch.Earlier], to end that
	// session: somebody else may have logged in. Nil means that Earlier stays empty.
	Session func(r *http.Request) string
	// ReadTimeout is for reading the request's body. Zero means 5 s. The time for
	// its header is the server's: see [Handler].
	ReadTimeout time.Duration
	// ReplayTimeout is how long Replay may take; after it the launch is refused
	// with status 503. Zero means 2 s.
	ReplayTimeout time.Duration
	// LoginTimeout is how long the provider may take to prepare a login, and to
	// give its tokens; after it the launch is refused with status 503. Zero
	// means 10 s.
	LoginTimeout time.Duration
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

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
	defaultTo(&cfg.LoginTimeout, 10*time.Second)
	cfg.Profiles, cfg.Policy.Acting = slices.Clone(cfg.Profiles), slices.Clone(cfg.Policy.Acting)
	cfg.Logins, cfg.CookieKeys, cfg.CallbackOrigins = slices.Clone(cfg.Logins), slices.Clone(cfg.CookieKeys), slices.Clone(cfg.CallbackOrigins)
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
	f.check(len(cfg.Profiles)+len(cfg.Logins) > 0, "fields Profiles and Logins are empty")
	f.check(!unset.Is(cfg.Replay), "field Replay is nil")
	f.check(cfg.OnLaunch != nil, "field OnLaunch is nil")
	f.check(cfg.Portal == "" || outbound.Secure(cfg.Portal, true), "field Portal is not an https address")
	f.check(cfg.ReadTimeout > 0, "field ReadTimeout is negative")
	f.check(cfg.ReplayTimeout > 0, "field ReplayTimeout is negative")
	f.check(cfg.LoginTimeout > 0, "field LoginTimeout is negative")
	for i, a := range cfg.Policy.Acting {
		f.check(a.valid(), fmt.Sprintf("field Policy.Acting[%d] is not one of the roles", i))
	}
	seen := map[string]bool{}
	for i, p := range cfg.Profiles {
		if unset.Is(p) {
			f.check(false, fmt.Sprintf("profile %d is nil", i))
			continue
		}
		cfg.checkProfile(&f, p.ID(), p.Assurance(), seen)
	}
	cfg.checkLogins(&f, seen)
	return f
}

func (cfg HandlerConfig) checkProfile(f *faults, id string, a Assurance, seen map[string]bool) {
	f.check(!seen[id], "profile "+id+" is there twice")
	f.check(a == Authenticated || a == Bearer && cfg.Policy.takesBearer(),
		"profile "+id+" gives "+a.String()+" launches: to accept them, write why in Policy.BearerReason")
	seen[id] = true
}

func (cfg HandlerConfig) checkLogins(f *faults, seen map[string]bool) {
	f.check(len(cfg.Logins) == 0 || len(cfg.CookieKeys) > 0, "field CookieKeys is empty: a login needs one")
	for i, k := range cfg.CookieKeys {
		f.check(k.aead != nil, fmt.Sprintf("cookie key %d is the zero CookieKey", i))
	}
	for _, o := range cfg.CallbackOrigins {
		u, err := url.Parse(o)
		f.check(err == nil && u.Host != "" && originOf(u) == o, "field CallbackOrigins: want origins as browsers write them, such as https://login.example")
	}
	paths := map[string]bool{}
	for i, p := range cfg.Logins {
		if unset.Is(p) {
			f.check(false, fmt.Sprintf("login profile %d is nil", i))
			continue
		}
		cfg.checkProfile(f, p.ID(), p.Assurance(), seen)
		for _, path := range []string{p.StartPath(), p.CallbackPath()} {
			f.check(localPath(path) && !strings.ContainsAny(path, "?#"), "profile "+p.ID()+": a path does not begin with one slash, or has a query")
			f.check(!paths[path], "profile "+p.ID()+": path "+path+" is another one's, too")
			paths[path] = true
		}
	}
}
