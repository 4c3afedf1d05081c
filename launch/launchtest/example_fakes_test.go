package launchtest_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A fake portal, and one message of it that was changed in one place.
func ExamplePortal_Draft() {
	at := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	portal, err := launchtest.MakePortal(launchtest.Config{Now: func() time.Time { return at }}) // NewPortal(t, …), in a test
	if err != nil {
		log.Fatal(err)
	}
	profile, err := hti.New(hti.Config{Audience: portal.Audience(), Issuers: []hti.Issuer{{ID: portal.Issuer(), Keys: portal.Keys()}}})
	if err != nil {
		log.Fatal(err)
	}
	accept := func(message string) error {
		_, _, err := profile.Accept(context.Background(), url.Values{"token": {message}}, at)
		return err
	}
	fmt.Println(accept(portal.Good()))

	draft := portal.Draft()
	draft.Claims["aud"] = "https://other-tool.example"
	fmt.Println(errors.Is(accept(portal.Sign(draft)), launch.KindAudience))
	draft = portal.Draft()
	draft.Key = "rs" // signed with another key than the header names
	fmt.Println(errors.Is(accept(portal.Sign(draft)), launch.KindSignature))
	draft.Header["alg"], draft.Header["kid"] = "RS256", portal.KeyID("rs")
	fmt.Println(accept(portal.Sign(draft)))
	// Output:
	// <nil>
	// true
	// true
	// <nil>
}

// byID is a store of used messages that forgets whose they were.
type byID struct {
	mu   sync.Mutex
	used map[string]bool
}

func (s *byID) Consume(_ context.Context, _, id string, _ time.Time) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.used[id]
	s.used[id] = true
	return first, nil
}

// Who writes a store runs what package launch promises of it. In a test it is
// TestReplayStore, with -race.
func ExampleCheckReplayStore() {
	ctx := context.Background()
	fmt.Println(launchtest.CheckReplayStore(ctx, func() launch.ReplayStore { return launch.NewMemoryReplay(launch.MemoryReplayConfig{}) }))
	err := launchtest.CheckReplayStore(ctx, func() launch.ReplayStore { return &byID{used: map[string]bool{}} })
	fmt.Println(err)
	// Output:
	// <nil>
	// launchtest: replay store: other ids and issuers: issuer "https://b.example", id of 2 bytes: got first false, want true
}

// Helsenorge and a citizen's browser in one process, and what a tool must not take:
// here Helsenorge sends an ID token that was made for somebody else.
func ExampleMakeHelsenorge() {
	key, err := launch.GenerateSigningKeyFor("RS256")
	if err != nil {
		log.Fatal(err)
	}
	keys, err := launch.NewStaticKeys(key.Public())
	if err != nil {
		log.Fatal(err)
	}
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{Key: providerKey(), // nil makes a new one
		Clients: []launchtest.HelsenorgeClient{{ID: "my-tool", RedirectURIs: []string{"https://tool.example/callback"}, Keys: keys}}})
	if err != nil {
		log.Fatal(err)
	}
	login, err := helsenorge.New(helsenorge.Config{Issuer: sim.Issuer(), ClientID: "my-tool", Key: key, RedirectURI: "https://tool.example/callback",
		StartPath: "/start", Claims: helsenorge.AssumedClaims(), Client: sim.Client(), Now: sim.Now})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = login.Close() }()
	cookies, err := launch.GenerateCookieKey()
	if err != nil {
		log.Fatal(err)
	}
	tool, err := launch.NewHandler(launch.HandlerConfig{Logins: []launch.LoginProfile{login}, CookieKeys: []launch.CookieKey{cookies},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		OnLaunch: func(w http.ResponseWriter, _ *http.Request, l *launch.Launch) { fmt.Fprint(w, l.Acting) }})
	if err != nil {
		log.Fatal(err)
	}

	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": tool}})
	for _, how := range [][]launchtest.Misbehaviour{nil, {launchtest.BadAudience}} {
		sim.Misbehave(how...)
		page, err := browser.Login(context.Background(), "https://tool.example/start", "per", "")
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(page.Status)
	}
	// Output:
	// 200
	// 403
}
