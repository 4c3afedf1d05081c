package main

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// The tool's addresses that Helsenorge and its login know.
const (
	startPath    = "/uthopp/start"
	callbackPath = "/uthopp/callback"
)

// loginAt is the agreement with Helsenorge: who logs citizens in, and with which key the tool proves who it is.
type loginAt struct {
	issuer string
	client launch.Doer
	key    launch.SigningKey
}

func newToolSite(at loginAt, live *catalogue.Live, now func() time.Time, urls [3]string, secret string, log *slog.Logger) (*toolSite, error) {
	s := &toolSite{url: urls[2], portal: newPeer(urls[1], secret), catalogue: live, now: now, log: log, queue: report.NewMemory(), sessions: map[string]session{}}
	var err error
	if s.reporter, err = report.NewReporter(report.Config{Now: now}); err != nil {
		return nil, err
	}
	send, err := report.NewHTTPSender(report.HTTPConfig{Address: urls[1] + "/reports", HTTP: s.portal, Wire: report.EPRWire{}, AllowLoopback: true, Now: now})
	if err != nil {
		return nil, err
	}
	s.sender = report.Routes{at.issuer: send, urls[1]: send}
	if err := s.takeLogins(at, urls); err != nil {
		return nil, err
	}
	return s, s.takeMessages(urls)
}

// takeLogins accepts citizens who are logged in at Helsenorge, and parents for their children.
func (s *toolSite) takeLogins(at loginAt, urls [3]string) error {
	var err error
	s.profile, err = helsenorge.New(helsenorge.Config{Issuer: at.issuer, ClientID: toolClient, Key: at.key, RedirectURI: urls[2] + callbackPath,
		StartPath: startPath, Claims: helsenorge.AssumedClaims(), Client: at.client, AllowLoopback: true, Now: s.now})
	if err != nil {
		return err
	}
	cookies, err := launch.GenerateCookieKey()
	if err != nil {
		return err
	}
	accept := s.accept(launch.Policy{Acting: []launch.Acting{launch.ActingParent}})
	accept.Logins, accept.CookieKeys = []launch.LoginProfile{s.profile}, []launch.CookieKey{cookies}
	s.logins, err = launch.NewHandler(accept)
	return err
}

// takeMessages accepts the portal's signed messages.
func (s *toolSite) takeMessages(urls [3]string) error {
	keys, err := launch.NewJWKS(launch.JWKSConfig{
		URL: urls[1] + "/.well-known/jwks.json", Client: &http.Client{Timeout: 5 * time.Second}, AllowLoopback: true, Now: s.now,
	})
	if err != nil {
		return err
	}
	profile, err := hti.New(hti.Config{Audience: urls[2], Issuers: []hti.Issuer{{ID: urls[1], Keys: keys, Algorithms: []string{"ES256"}}}})
	if err != nil {
		return err
	}
	accept := s.accept(launch.Policy{BearerReason: "The demo's exercise holds no health data, and the portal has logged the citizen in."})
	accept.Profiles = []launch.Profile{profile}
	s.signed, err = launch.NewHandler(accept)
	return err
}

// accept is what logins and messages have in common.
func (s *toolSite) accept(policy launch.Policy) launch.HandlerConfig {
	return launch.HandlerConfig{Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: s.now}), Policy: policy, OnLaunch: s.started,
		Portal: s.portal.url + "/mine", Running: s.running, Session: s.id, Logger: s.log, Now: s.now}
}
