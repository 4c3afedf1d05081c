package main

import (
	"context"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// addLogin lets citizens log in at Helsenorge, where that is registered. It is a
// handler of its own, so that for whom others may act here says nothing of portals.
func (t *tool) addLogin() error {
	for _, r := range t.cfg.Registrations {
		if r.Profile != helsenorge.ID {
			continue
		}
		login, err := helsenorge.New(helsenorge.Config{Issuer: r.Issuer, ClientID: r.ClientID, Key: t.cfg.key, Claims: r.claims(),
			RedirectURI: t.cfg.address("/uthopp/callback"), StartPath: startPath, AllowLoopback: true, Logger: t.log, Now: t.cfg.now})
		if err != nil {
			return err
		}
		t.closers, t.sessions.login = append(t.closers, login), login
		if err := t.serveLogin(login, launch.Policy{Acting: r.Acting}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tool) serveLogin(login *helsenorge.Profile, policy launch.Policy) error {
	cookies, err := launch.GenerateCookieKey()
	if err != nil {
		return err
	}
	accept := t.accept(policy)
	accept.Logins, accept.CookieKeys = []launch.LoginProfile{login}, []launch.CookieKey{cookies}
	launches, err := launch.NewHandler(accept)
	if err != nil {
		return err
	}
	t.mux.Handle("/uthopp/", launches)
	t.mux.Handle(startPath, atBase(t.cfg.BaseURL, launches))
	return nil
}

// checkTime is how long the tool waits for Helsenorge when it starts.
const checkTime = 5 * time.Second

// check tries Helsenorge. It may come back while the tool runs, so it only warns.
func (t *tool) check(ctx context.Context) {
	if t.sessions.login == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	if err := t.sessions.login.Check(ctx); err != nil {
		t.log.Warn("Helsenorge cannot be used now: citizens cannot log in until it can", "issuer", t.sessions.login.Issuer(), "error", err)
	}
}
