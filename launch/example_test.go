package launch_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// A tool that citizens start from helsenorge.no, where they are logged in each
// time. Here Helsenorge is a simulator: in operation Issuer is its address, and
// Client and Now are left out.
func ExampleNewHandler() {
	key, err := launch.GenerateSigningKeyFor("RS256") // once; keep key.PrivateJWK() in a secret store
	check(err)
	registered, err := launch.NewStaticKeys(key.Public())
	check(err)
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{Clients: []launchtest.HelsenorgeClient{{
		ID: "sleep-course", RedirectURIs: []string{"https://tool.example/uthopp/callback"}, Keys: registered}}})
	check(err)

	login, err := helsenorge.New(helsenorge.Config{
		Issuer: sim.Issuer(), ClientID: "sleep-course", Key: key,
		RedirectURI: "https://tool.example/uthopp/callback", StartPath: "/uthopp/start",
		Claims: helsenorge.AssumedClaims(), // ask Norsk helsenett for the names
		Client: sim.Client(), Now: sim.Now,
	})
	check(err)
	defer func() { check(login.Close()) }()
	cookies, err := launch.GenerateCookieKey() // launch.NewCookieKey, when there are several processes
	check(err)

	sessions := map[string]*launch.Launch{} // in earnest with a lock and an end
	handler, err := launch.NewHandler(launch.HandlerConfig{
		Logins: []launch.LoginProfile{login}, CookieKeys: []launch.CookieKey{cookies},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}), // launchsql, when there are several processes
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
			id := rand.Text() // a new session: somebody else may have sat here before
			sessions[id] = l
			http.SetCookie(w, &http.Cookie{Name: "__Host-session", Value: id, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
			http.Redirect(w, r, "/course", http.StatusSeeOther)
		},
	})
	check(err)
	tool := http.NewServeMux()
	tool.Handle("/uthopp/", handler)
	tool.HandleFunc("GET /course", func(w http.ResponseWriter, r *http.Request) {
		session, err := r.Cookie("__Host-session")
		if err != nil || sessions[session.Value] == nil {
			http.Error(w, "Start verktøyet fra helsenorge.no.", http.StatusUnauthorized)
			return
		}
		l := sessions[session.Value]
		fmt.Fprint(w, l.Profile, ", ", l.Assurance, ", ", l.Acting)
	})

	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": tool}})
	page, err := browser.Login(context.Background(), "https://tool.example/uthopp/start", "per", "")
	check(err)
	fmt.Println(page.Status, page.URL.Path, page.Body)
	// Output:
	// 200 /course helsenorge, authenticated, self
}

// exampleAt is when the portal's messages are made and come.
func exampleAt() time.Time { return time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC) }

// exampleHTI is a portal, and the profile by which a tool takes its messages.
func exampleHTI() (*hti.Portal, launch.Profile) {
	key, err := launch.GenerateSigningKey()
	check(err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: exampleAt})
	check(err)
	keys, err := launch.NewStaticKeys(key.Public())
	check(err)
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
	check(err)
	return portal, profile
}

// A tool that takes signed messages of a portal. A message is good once; whoever
// is refused gets a page in their language.
func ExampleNewHandler_message() {
	portal, profile := exampleHTI()
	handler, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: exampleAt}),
		Policy:   launch.Policy{BearerReason: "the course shows nothing that is known of the person before"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
			fmt.Println(l.Patient, l.Task, l.Assurance) // begin your own session here
			http.Redirect(w, r, "/course", http.StatusSeeOther)
		},
		Now: exampleAt, // left out in operation
	})
	check(err)

	message, err := portal.Mint(hti.Message{Audience: "https://tool.example",
		Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}, Task: launch.Party{Type: "Task", ID: "58c1"}})
	check(err)
	for range 2 {
		r := httptest.NewRequest(http.MethodPost, "https://tool.example/launch", strings.NewReader(url.Values{"token": {message.Token()}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept-Language", "nn")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		fmt.Println(w.Code, cmp.Or(w.Header().Get("Location"), w.Header().Get("Content-Language")))
	}
	// Output:
	// Patient/7f0b6c1e9a Task/58c1 bearer
	// 303 /course
	// 403 nn
}

// The zero Policy takes people who were logged in and act for themselves. A tool
// that takes less must say why.
func ExamplePolicy() {
	_, profile := exampleHTI()
	cfg := launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		OnLaunch: func(http.ResponseWriter, *http.Request, *launch.Launch) {},
	}
	_, err := launch.NewHandler(cfg)
	fmt.Println(err)

	cfg.Policy = launch.Policy{
		BearerReason: "the course shows nothing that is known of the person before",
		Acting:       []launch.Acting{launch.ActingParent}, // and parents of small children
	}
	_, err = launch.NewHandler(cfg)
	fmt.Println(err)
	// Output:
	// launch: invalid HandlerConfig: profile hti gives bearer launches: to accept them, write why in Policy.BearerReason
	// <nil>
}

// A message is used up by the first who brings it. Several processes need package
// launchsql: this store forgets all when the program ends.
func ExampleReplayStore() {
	ctx := context.Background()
	var store launch.ReplayStore = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: exampleAt})
	until := exampleAt().Add(5 * time.Minute)
	for _, issuer := range []string{"https://portal.example", "https://portal.example", "https://other.example"} {
		first, err := store.Consume(ctx, issuer, "4b0c6a7d9e2f4c1a", until)
		fmt.Println(issuer, first, err)
	}
	// Output:
	// https://portal.example true <nil>
	// https://portal.example false <nil>
	// https://other.example true <nil>
}

// Most portals publish their keys. They are fetched when they are needed, kept as
// long as the portal says, and told of when they cannot be had.
func ExampleNewJWKS() {
	key, err := launch.GenerateSigningKey()
	check(err)
	portal := httptest.NewServer(launch.JWKSHandler(key.Public()))

	now, alarms := exampleAt(), make(chan launch.JWKSState, 1)
	keys, err := launch.NewJWKS(launch.JWKSConfig{
		URL: portal.URL, AllowLoopback: true, // https in operation
		OnChange: func(c launch.JWKSChange) { alarms <- c.State }, // from a goroutine of its own
		Now:      func() time.Time { return now },
	})
	check(err)
	defer func() { check(keys.Close()) }()
	ask := func() {
		_, err := keys.Key(context.Background(), key.Public().ID())
		fmt.Println(now.Format(time.TimeOnly), "refused:", errors.Is(err, launch.KindKeysUnavailable))
	}
	ask()
	portal.Close()
	now = now.Add(15 * time.Minute) // its keys may be kept for ten
	ask()
	fmt.Println("alarm:", <-alarms)
	now = now.Add(2 * time.Hour)
	ask()
	fmt.Println("alarm:", <-alarms)
	// Output:
	// 08:00:00 refused: false
	// 08:15:00 refused: false
	// alarm: stale
	// 10:15:00 refused: true
	// alarm: lost
}

// Who writes a profile for another protocol builds it on a Verifier, which does
// what is the same for all: signature, times, audience, and the closed list.
func ExampleNewVerifier() {
	key, err := launch.GenerateSigningKey()
	check(err)
	keys, err := launch.NewStaticKeys(key.Public())
	check(err)
	verifier, err := launch.NewVerifier(launch.VerifierConfig{
		Audience: "https://tool.example", Issuers: []launch.Issuer{{ID: "https://portal.example", Keys: keys}},
		Types: []string{"JWT"}, Algorithms: []string{"ES256"}, MaxLifetime: 5 * time.Minute,
	})
	check(err)
	at := exampleAt()
	message, err := key.Sign("JWT", fmt.Appendf(nil, `{"iss":"https://portal.example","aud":"https://tool.example","jti":"4b0c6a7d9e2f4c1a","iat":%d,"exp":%d,"intent":"plan"}`,
		at.Unix(), at.Add(2*time.Minute).Unix()))
	check(err)

	claims, err := verifier.Verify(context.Background(), message, at)
	check(err)
	intent, there, err := claims.Text("intent")
	fmt.Println(claims.ID, intent, there, err)
	_, err = verifier.Verify(context.Background(), message, at.Add(time.Hour))
	var refused *launch.Error
	fmt.Println(errors.Is(err, launch.KindExpired), errors.As(err, &refused), refused.Status())
	// Output:
	// 4b0c6a7d9e2f4c1a plan true <nil>
	// true true 403
}

// A secret prints as [redacted], however it is printed; it comes out by name.
func ExampleSecret() {
	token := launch.NewSecret("eyJhbGciOi")
	fmt.Println(token, token.Reveal())
	fmt.Printf("%q %+v\n", token, struct{ Token launch.Secret }{token})
	// Output:
	// [redacted] eyJhbGciOi
	// [redacted] {Token:[redacted]}
}
