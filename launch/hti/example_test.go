package hti_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// A tool: accept what portal.example signs, and start a session.
func ExampleNew() {
	at := func() time.Time { return time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC) }
	portal, keys := examplePortal(at)

	profile, err := hti.New(hti.Config{
		Audience: "https://tool.example",
		Issuers:  []hti.Issuer{{ID: "https://portal.example", Keys: keys}}, // launch.NewJWKS, when the portal publishes them
	})
	if err != nil {
		panic(err)
	}
	handler, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: at}),
		Policy:   launch.Policy{BearerReason: "the course shows nothing that is known of the person before"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
			fmt.Println(l.Patient, l.Task, l.Assurance) // start a session under a new id here
			http.Redirect(w, r, "/course", http.StatusSeeOther)
		},
		Now: at, // leave it out outside of examples
	})
	if err != nil {
		panic(err)
	}

	message, err := portal.Mint(hti.Message{
		Audience: "https://tool.example",
		Actor:    launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
		Task:     launch.Party{Type: "Task", ID: "58c1"},
	})
	if err != nil {
		panic(err)
	}
	for range 2 {
		fmt.Println(browser(handler, message.Token()))
	}
	// Output:
	// Patient/7f0b6c1e9a Task/58c1 bearer
	// 303
	// 403
}

// A portal: sign a message for one start, and send it through the browser.
func ExamplePortal_Mint() {
	key, err := launch.GenerateSigningKey() // once; keep key.PrivateJWK() in a secret store
	if err != nil {
		panic(err)
	}
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key})
	if err != nil {
		panic(err)
	}
	http.NewServeMux().Handle("GET /.well-known/jwks.json", launch.JWKSHandler(key.Public()))

	message, err := portal.Mint(hti.Message{
		Audience:   "https://tool.example",
		Actor:      launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}, // random, and for this tool only
		Task:       launch.Party{Type: "Task", ID: "58c1"},
		Definition: "https://tool.example/ActivityDefinition/sleep-course",
	})
	if err != nil {
		panic(err)
	}
	w := httptest.NewRecorder()
	err = message.Form(w, "https://tool.example/launch")
	fmt.Println(w.Code, err, strings.Contains(w.Body.String(), `action="https://tool.example/launch"`))
	fmt.Println(message)

	_, err = portal.Mint(hti.Message{Audience: "https://tool.example", Actor: launch.Party{Type: "Patient", ID: "00000000000"},
		Task: launch.Party{Type: "Task", ID: "58c1"}})
	fmt.Println(err)
	// Output:
	// 200 <nil> true
	// [redacted]
	// hti: invalid Message: launch: personal_data, want pseudonyms: no identity numbers, e-mail addresses or names
}

func examplePortal(at func() time.Time) (*hti.Portal, launch.Keys) {
	key, err := launch.GenerateSigningKey()
	if err != nil {
		panic(err)
	}
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: at})
	if err != nil {
		panic(err)
	}
	keys, err := launch.NewStaticKeys(key.Public())
	if err != nil {
		panic(err)
	}
	return portal, keys
}

func browser(h http.Handler, token string) int {
	r := httptest.NewRequest(http.MethodPost, "https://tool.example/launch", strings.NewReader(url.Values{"token": {token}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// A tool whose portals encrypt: make a key once, give the portals its public part.
func ExampleGenerateDecryptionKey() {
	key, err := hti.GenerateDecryptionKey("") // once; keep key.PrivateJWK() in a secret store
	if err != nil {
		panic(err)
	}
	public, err := key.PublicJWK()
	if err != nil {
		panic(err)
	}
	fmt.Println(strings.Contains(string(public), `"alg":"ECDH-ES"`), strings.Contains(string(public), `"use":"enc"`), key)

	_, portalKeys := examplePortal(time.Now)
	_, err = hti.New(hti.Config{
		Audience:       "https://tool.example",
		Issuers:        []hti.Issuer{{ID: "https://portal.example", Keys: portalKeys}},
		DecryptionKeys: []hti.DecryptionKey{key},
	})
	fmt.Println(err)
	// Output:
	// true true [redacted]
	// <nil>
}

// A portal and a tool that have HTI 1.1 only.
func ExampleMessage_version11() {
	at := func() time.Time { return time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC) }
	portal, keys := examplePortal(at)
	message, err := portal.Mint(hti.Message{
		Version:  hti.Version11,
		Audience: "https://tool.example",
		Actor:    launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
		Task:     launch.Party{Type: "Task", ID: "58c1"},
	})
	if err != nil {
		panic(err)
	}
	profile, err := hti.New(hti.Config{
		Audience: "https://tool.example",
		Issuers:  []hti.Issuer{{ID: "https://portal.example", Keys: keys}},
		Versions: []string{hti.Version, hti.Version11},
	})
	if err != nil {
		panic(err)
	}
	l, _, err := profile.Accept(context.Background(), url.Values{"token": {message.Token()}}, at()) // the handler's work
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Profile, l.Patient, l.Task, l.Intent)
	// Output:
	// hti/1.1 Patient/7f0b6c1e9a Task/58c1 plan
}
