package launchtest_test

import (
	"context"
	"fmt"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// Try a whole tool, and see what it does wrong.
func ExampleCheck() {
	findings, err := launchtest.Check(context.Background(), launchtest.Target{
		URL: "https://tool.example/launch", Whoami: "https://tool.example/whoami",
		Tool: weakTool("aud prefix"), // your own: func(a launchtest.Agreement) (http.Handler, error)
		Now:  now,                    // leave it out unless the tool has the same clock
	})
	if err != nil {
		panic(err)
	}
	for _, f := range findings {
		if f.Outcome == launchtest.Failed {
			fmt.Println(f)
		}
	}
	// Output:
	// failed C-13 N25: aud longer than ours, want refused (audience, 403): accepted with status 303 and a session
	// failed C-13 N25: aud with a slash, want refused (audience, 403): accepted with status 303 and a session
}

// Try the logins of a tool, and see what it does wrong.
func ExampleCheckLogin() {
	findings, err := launchtest.CheckLogin(context.Background(), launchtest.LoginTarget{
		Start: "https://tool.example/uthopp/start", Callback: "https://tool.example/uthopp/callback", Whoami: "https://tool.example/whoami",
		Relations: []launchtest.Relation{launchtest.RelationChild}, // whom the tool takes beside who acts for himself
		Tool:      loginToolWith("nonce not checked"),              // your own: func(a launchtest.LoginAgreement) (http.Handler, error)
	})
	if err != nil {
		panic(err)
	}
	for _, f := range findings {
		if f.Outcome == launchtest.Failed {
			fmt.Println(f)
		}
	}
	// Output:
	// failed N51: id token without nonce, want refused (nonce, 403): a session, and a page with status 200
	// failed N51: id token with another nonce, want refused (nonce, 403): a session, and a page with status 200
}
