// Package launchtest tests tools that accept launches, and what stands around
// them, against a fake portal, Helsenorge and HelseID.
//
// Most tools need one function in a test: [RunLogin] if citizens start them from
// helsenorge.no, [Run] if a portal sends signed messages. [CheckLogin] and [Check]
// do the same without a *testing.T. The parts can be used alone: [NewPortal] signs
// good and bad messages, [Cases] says how each must end, [NewHelsenorge] is the
// login for citizens and [NewBrowser] a browser without a window, [NewHelseID] is
// the token service for systems. Who writes a store for package launch runs
// [TestReplayStore], [TestKeyStore] or [TestPseudonymStore] on it.
//
// To try a whole tool, as a handler or at an address, and whether it is made
// with this SDK or not:
//
//	launchtest.Run(t, launchtest.Target{
//		URL: "https://tool.example/launch", Whoami: "https://tool.example/whoami",
//		Tool: func(a launchtest.Agreement) (http.Handler, error) { return newTool(a) },
//	})
//
// To try a tool that citizens start from helsenorge.no: this plays Helsenorge,
// good and bad ([Helsenorge], [Misbehaviours]), and citizens and attackers with
// their browsers ([Browser]). [LoginRows] lists the rows for logins.
//
//	launchtest.RunLogin(t, launchtest.LoginTarget{
//		Start: "https://tool.example/start", Callback: "https://tool.example/callback", Whoami: "https://tool.example/whoami",
//		Tool: func(a launchtest.LoginAgreement) (http.Handler, error) { return newTool(a) },
//	})
//
// To try one login, with the tool's handler and its HTTP client:
//
//	h := launchtest.NewHelsenorge(t, launchtest.HelsenorgeConfig{Clients: []launchtest.HelsenorgeClient{{
//		ID: "my-tool", RedirectURIs: []string{"https://tool.example/callback"}, Keys: keys}}})
//	tool := newTool(h.Issuer(), h.Client())
//	browser := h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": tool}})
//	page, err := browser.Login(ctx, "https://tool.example/start", "kari", "ola")
//
// To try a profile alone, give it the portal's [Portal.Keys], send each case's
// message, and compare the kind of the error. The package is for tests: its keys
// are new each time and its messages are about nobody.
//
// The cases carry the ids of the rows that they belong to; [Rows] lists all rows,
// and says which of them HTI 2.0 has no use for. They are named after what
// attackers and careless portals were seen to do; the specifications behind them
// are RFC 7515 to 7519, RFC 8725 and HTI 2.0.
//
// Not judged from outside: what needs the tool's clock, store, settings or code.
// The suite says so for each such row. What is assumed of Helsenorge and HelseID,
// because nothing is published, stands at their types.
//
// Before version 1 exported names may still change, and cases may be added.
package launchtest
