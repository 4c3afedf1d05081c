package helsenorge_test

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A tool that citizens start from helsenorge.no, tried with the simulator: in
// operation, the issuer is Helsenorge's, and Client and Now are left out.
func Example() {
	keys, err := launch.NewStaticKeys(toolKey().Public())
	if err != nil {
		log.Fatal(err)
	}
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{Key: simKey(), Clients: []launchtest.HelsenorgeClient{{
		ID: "sleep-course", RedirectURIs: []string{"https://tool.example/uthopp/callback"}, Keys: keys, OnBehalf: true}}})
	if err != nil {
		log.Fatal(err)
	}

	profile, err := helsenorge.New(helsenorge.Config{
		Issuer: sim.Issuer(), ClientID: "sleep-course", Key: toolKey(),
		RedirectURI: "https://tool.example/uthopp/callback", StartPath: "/uthopp/start",
		Claims: helsenorge.AssumedClaims(), // ask Norsk helsenett for the names
		Client: sim.Client(), Now: sim.Now,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer profile.Close()
	cookies, err := launch.GenerateCookieKey()
	if err != nil {
		log.Fatal(err)
	}
	tool, err := launch.NewHandler(launch.HandlerConfig{
		Logins: []launch.LoginProfile{profile}, CookieKeys: []launch.CookieKey{cookies},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		Policy: launch.Policy{Acting: []launch.Acting{launch.ActingParent}},
		OnLaunch: func(w http.ResponseWriter, _ *http.Request, l *launch.Launch) {
			fmt.Fprintln(w, l.Assurance, l.Acting, l.TaskID()) // begin your own session here
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": tool}})
	page, err := browser.Login(context.Background(), "https://tool.example/uthopp/start?task=58c1", "kari", "ola")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(page.Body)
	// Output: authenticated parent 58c1
}
