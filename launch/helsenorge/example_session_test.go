package helsenorge_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// What a tool does with a login after the launch: it keeps the session sealed,
// notes what the person does, and ends all at logout.
func ExampleProfile_Logout() {
	ctx := context.Background()
	sim, profile := exampleProfile()
	defer func() { _ = profile.Close() }()
	key, err := launch.GenerateCookieKey() // launch.NewCookieKey, in operation
	check(err)

	var stored string // a column of the tool's database
	tool, err := launch.NewHandler(launch.HandlerConfig{
		Logins: []launch.LoginProfile{profile}, CookieKeys: []launch.CookieKey{key},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		OnLaunch: func(_ http.ResponseWriter, _ *http.Request, l *launch.Launch) {
			stored, err = profile.NewSession(l).Seal(key)
			check(err)
		},
	})
	check(err)
	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": tool}})
	_, err = browser.Login(ctx, "https://tool.example/uthopp/start", "per", "")
	check(err)

	session, err := helsenorge.OpenSession(key, stored)
	check(err)
	session, err = profile.Seen(session) // with each request of the person
	check(err)
	token := session.Access.Reveal()
	fmt.Println("Helsenorge takes the token:", sim.Active(token))
	check(profile.Logout(ctx, session))
	fmt.Println("after logout:", sim.Active(token))

	sim.Advance(helsenorge.Inactivity)
	_, err = profile.Seen(session)
	fmt.Println("half an hour later:", errors.Is(err, helsenorge.ErrEnded))
	// Output:
	// Helsenorge takes the token: true
	// after logout: false
	// half an hour later: true
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// exampleProfile is a tool's login at a simulator of Helsenorge.
func exampleProfile() (*launchtest.Helsenorge, *helsenorge.Profile) {
	keys, err := launch.NewStaticKeys(toolKey().Public())
	check(err)
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{Key: simKey(), Clients: []launchtest.HelsenorgeClient{{
		ID: "sleep-course", RedirectURIs: []string{"https://tool.example/uthopp/callback"}, Keys: keys}}})
	check(err)
	profile, err := helsenorge.New(helsenorge.Config{
		Issuer: sim.Issuer(), ClientID: "sleep-course", Key: toolKey(),
		RedirectURI: "https://tool.example/uthopp/callback", StartPath: "/uthopp/start",
		Claims: helsenorge.AssumedClaims(), Client: sim.Client(), Now: sim.Now,
	})
	check(err)
	return sim, profile
}

// A tool that starts tries its set-up, so that the first citizen does not find out.
func ExampleProfile_Check() {
	_, profile := exampleProfile()
	defer func() { _ = profile.Close() }()
	fmt.Println(profile.Check(context.Background()))

	sim, closed := exampleProfile()
	defer func() { _ = closed.Close() }()
	sim.Fail(launchtest.EndpointDiscovery, http.StatusForbidden, 100)
	err := closed.Check(context.Background())
	fmt.Println(errors.Is(err, launch.KindLoginUnavailable), err)
	// Output:
	// <nil>
	// true launch: login_unavailable, want the provider's discovery document: oauth: no server metadata: want status 200, not 403
}

// exampleToken is a message of Helsenorge's own system.
func exampleToken() string {
	c := goodCall()
	header, err := json.Marshal(c.header)
	check(err)
	claims, err := json.Marshal(c.claims)
	check(err)
	token, err := c.signer.SignHeader(header, claims)
	check(err)
	return token
}

// Helsenorge's own systems call a tool with a message that names their scopes.
func ExampleNewBearer() {
	keys, err := helsenorge.NewCertificateKeys(certificate()) // the certificate that you were given
	check(err)
	guard, err := helsenorge.NewBearer(helsenorge.BearerConfig{
		Audience: "vaart-verktoey", Keys: keys, Scopes: []string{"verktoy/les"}, Types: []string{"system_ws_sync"},
		Now: func() time.Time { return today },
	})
	check(err)
	api := guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println("called by", helsenorge.SystemFrom(r.Context()).ClientName)
	}))
	for _, authorization := range []string{"", "Bearer " + exampleToken()} {
		r := httptest.NewRequest(http.MethodGet, "https://tool.example/api/status", nil)
		r.Header.Set("Authorization", authorization)
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		fmt.Println(w.Code)
	}
	// Output:
	// 401
	// called by Tjeneste
	// 200
}
