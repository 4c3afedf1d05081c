package helsenorge

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Inactivity is how long a person may do nothing before the tool must end the
// session: as long as Helsenorge itself waits. Helsenorge, uthopp.
const Inactivity = 30 * time.Minute

// leeway is how much of an access token's life must be left to use it.
const leeway = 30 * time.Second

// early is how long before its end an access token is prolonged, if that can be
// done: the refresh token ends with it, and not every session is looked at in its
// last half minute.
const early = 15 * time.Minute

// ErrEnded is what a session gives that cannot be used any more: the person did
// nothing for too long, or the access token has ended and nothing prolongs it.
// Have the person start the tool again.
var ErrEnded = errors.New("helsenorge: the session has ended: the tool must be started again")

// Session is what a tool keeps of a launch, to call Helsenorge's APIs for the
// citizen and to end it all at logout. It is a value: keep it where the tool's
// own session is, with [Session.Seal] if that is a database or the browser.
type Session struct {
	// Tokens are the newest ones.
	launch.Tokens
	// LastSeen is when the person last did something.
	LastSeen time.Time
}

// NewSession begins with what the launch brought.
func (p *Profile) NewSession(l *launch.Launch) Session {
	s := Session{LastSeen: p.cfg.Now().UTC()}
	if l.Tokens != nil {
		s.Tokens = *l.Tokens
	}
	return s
}

// Seen is the session after the person did something. One that has ended stays so.
func (p *Profile) Seen(s Session) (Session, error) {
	now := p.cfg.Now().UTC()
	if idle(s, now) {
		return s, ErrEnded
	}
	s.LastSeen = now
	return s, nil
}

func idle(s Session, now time.Time) bool { return now.Sub(s.LastSeen) >= Inactivity }

// Fresh is the session with an access token that lasts for half a minute at
// least; keep it instead of the old one. With a refresh token and an [Extender]
// it prolongs both when less than a quarter of an hour is left: call it whenever
// the person does something. The error is [ErrEnded], or the [Extender]'s when the
// token in hand cannot be used any more either.
func (p *Profile) Fresh(ctx context.Context, s Session) (Session, error) {
	now := p.cfg.Now().UTC()
	left := s.Expires.Sub(now)
	usable := !s.Access.IsZero() && left >= leeway
	can := !s.Refresh.IsZero() && p.cfg.Extend != nil
	switch {
	case idle(s, now):
		return s, ErrEnded
	case usable && (left >= early || !can):
		return s, nil
	case !can:
		return s, ErrEnded
	}
	fresh, err := p.prolong(ctx, s, now)
	if err != nil && usable {
		return s, nil // it is tried again the next time
	}
	return fresh, err
}

func (p *Profile) prolong(ctx context.Context, s Session, now time.Time) (Session, error) {
	fresh, err := p.cfg.Extend.Extend(ctx, p, s.Refresh)
	if err != nil {
		return s, err
	}
	if fresh.Refresh.IsZero() {
		fresh.Refresh = s.Refresh
	}
	if fresh.Expires.IsZero() {
		fresh.Expires = now.Add(tokenLife)
	}
	s.Tokens = fresh
	return s, nil
}

// Logout ends the tokens at Helsenorge, which the tool must do when the person
// logs out of it and when it ends a session itself: the refresh token if there
// is one, else the access token. The person stays logged in at helsenorge.no.
// End the tool's own session also after an error, which is a [*launch.Error] of
// [launch.KindLoginUnavailable]. Helsenorge, /revoke.
func (p *Profile) Logout(ctx context.Context, s Session) error {
	token, hint := s.Refresh, "refresh_token"
	if token.IsZero() {
		token, hint = s.Access, "access_token"
	}
	if token.IsZero() {
		return nil
	}
	server, err := p.server(ctx)
	if err != nil {
		return err
	}
	if server.Revocation == "" {
		return launch.Refuse(launch.KindLoginUnavailable, "a discovery document with a revocation address", nil)
	}
	form := url.Values{"token": {token.Reveal()}, "token_type_hint": {hint}}
	answer, err := p.post(ctx, server, server.Revocation, form)
	if failed(err) && ctx.Err() == nil { // RFC 7009, section 2.2: ending twice is no error
		answer, err = p.post(ctx, server, server.Revocation, form)
	}
	if err != nil || answer.Status != 200 {
		return launch.Refuse(launch.KindLoginUnavailable, "the provider to end the tokens", err)
	}
	return nil
}
