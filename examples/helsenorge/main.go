// Command helsenorge simulates Helsenorge's OpenID provider, so that a tool's
// developer can log made-up citizens in on his own machine; the Verktøy API, the
// national catalogue of tools; the task API, with which an EPR gives a citizen a
// tool; and HelseID, so that an EPR's developer can call an API as a system.
//
// To log in to ./examples/tool, start both, in whichever order, and open
// http://localhost:4010/uthopp/start in a browser:
//
//	go run ./examples/helsenorge -addr 127.0.0.1:40002 -api-addr 127.0.0.1:40001 -client my-tool -redirect http://localhost:4010/uthopp/callback -jwks http://localhost:4010/.well-known/jwks.json
//	go run ./examples/tool -config examples/tool/tool.json
//
// It serves two hosts, as the real one does, a third for orders, and one each for
// the Verktøy API and the task API, on this machine and over http, and prints where:
//
//	issuer    http://127.0.0.1:40001/sts/oidcprov/v3
//	discovery http://127.0.0.1:40001/sts/oidcprov/v3/.well-known/openid-configuration
//	portal    http://127.0.0.1:40002
//	admin     http://127.0.0.1:40003/admin/
//	verktoy   http://127.0.0.1:40006
//	oppgave   http://127.0.0.1:40007
//
// The tool takes all other addresses from discovery. The issuer is compared
// letter for letter: localhost is another one than 127.0.0.1. -jwks is a file, or
// an https address (http on this machine), with the tool's public RSA keys; an
// address is asked at the first login, so the tool may be started later, or again
// with a new key. -refresh, -on-behalf and -national-id are what the tool is
// granted. Whom the tool itself lets act for another is its own choice: without
// "acting" in its configuration, ./examples/tool refuses all of them, whatever
// -on-behalf says. Without -client no tool is registered; POST /admin/client registers
// one, or more:
//
//	curl -H 'Content-Type: application/json' -d '{"seconds": 1800}' http://127.0.0.1:40003/admin/clock
//	curl -H 'Content-Type: application/json' -d '{"action": "rotate"}' http://127.0.0.1:40003/admin/keys
//	curl -H 'Content-Type: application/json' -d '{"how": ["id token without nonce"]}' http://127.0.0.1:40003/admin/misbehave
//
// All orders are in the documentation of launchtest.Helsenorge.Admin. Why a
// request was refused is in the answer, and in the log on standard error.
//
// The names of three claims of the ID token are not public: -claims names them,
// for who is logged in, what he is to the patient, and the patient's identity
// number.
//
// # Cookies
//
// A browser on this machine sends cookies with SameSite=None only if they are
// Secure; Chromium and Firefox take these from http://localhost. And a cookie of
// 127.0.0.1 does not come along to localhost: the tool must be opened by the name
// that is in -redirect. Where the simulator itself is, by name or by number, does
// not matter.
//
// # Verktøy API
//
// It has the sample catalogue, or the one of -catalogue, and is at the address
// that catalogue/catalogueapi takes as Config.Address, with Config.AllowLoopback.
// It lets everybody in, and takes whoever invites a citizen for the tool. Its paths
// and field names are assumed: see the documentation of cataloguetest. The orders
// about it; operations are list, search, get, invite and therapists:
//
//	POST /admin/verktoy/withdraw {"tool": "sovn-steg-for-steg"}
//	POST /admin/verktoy/citizen  {"citizen": "…", "active": false}: cannot be invited
//	POST /admin/verktoy/fail     {"operation": "list", "status": 503, "times": 1}
//	POST /admin/verktoy/slow     {"operation": "list", "milliseconds": 500}, 0 ends it
//
// # Task API
//
// It is at the address that prescription/oppgave takes as Config.Address, with
// Config.AllowLoopback, and that ./examples/epr takes as -oppgave:
//
//	go run ./examples/helsenorge -oppgave-addr 127.0.0.1:40007
//	go run ./examples/epr worker -sqlite epr.db -oppgave http://127.0.0.1:40007
//
// It lets everybody in, takes synthetic identity numbers only, and answers with the
// codes that were seen at Helsenorge; what is assumed is in the documentation of
// prescriptiontest.TaskAPI. GET /admin/oppgave/tasks shows the tasks, without
// whose they are. Its orders; operations are create, update, read and active:
//
//	POST /admin/oppgave/citizen {"citizen": "…", "active": false}: gets no tasks (2118)
//	POST /admin/oppgave/act     {"task": "…", "does": "in-progress"}, or "completed": what the citizen does
//	POST /admin/oppgave/fail    {"operation": "create", "status": 503, "times": 1}
//	POST /admin/oppgave/slow    {"operation": "create", "milliseconds": 500}, 0 ends it
//
// Who is not active here still is for the Verktøy API: there are two orders.
//
// # HelseID
//
// -system-client registers a system, with its public keys (for PS256 or ES256, or
// their kin), what it may ask for, and whose it is; without it there is no HelseID:
//
//	go run ./examples/helsenorge -system-client my-epr -system-jwks epr.jwks.json -system-scope nhn:task/read -organisation 910000004
//	go run ./examples/helsenorge -system-client my-epr -system-jwks epr.jwks.json -system-scope nhn:task/read -system-scope nhn:task/write \
//		-organisation 910000004 -multi-tenant -customer 999999999 -customer 910000012=nhn:task/write
//
// A multi-tenant system acts for its customers; after = are the scopes whose terms
// of use that customer has not signed. Two more lines are printed, the issuer and
// an API that takes every token, and any path and method:
//
//	helseid   http://127.0.0.1:40004
//	echo      http://127.0.0.1:40005
//
// For launch/helseid, the one is Config.Issuer and the other's host and port are in
// Config.APIs, with Config.AllowLoopback. The API tells who called:
//
//	{"client":"my-epr","scopes":["nhn:task/read"],"organisation":{"parent":"910000004","child":"","supplier":""}}
//
// The orders about it; endpoints are discovery, jwks, token and echo. There is one
// clock: /admin/clock moves it for all of them.
//
//	POST /admin/helseid/keys   {"action": "rotate"}
//	POST /admin/helseid/expire {}: all tokens until now
//	POST /admin/helseid/nonce  {"action": "demand"}, or "offer" with the next good answer
//	POST /admin/helseid/fail   {"endpoint": "token", "status": 503, "times": 1}
//	POST /admin/helseid/slow   {"endpoint": "echo", "milliseconds": 500}, 0 ends it
//
// What it does not simulate, and what is assumed, is in the documentation of
// launchtest.HelseID. It remembers every token and proof until it ends.
//
// Anybody can be any of the citizens here, so only loopback addresses are
// served. Everything is in memory. Exit status: 0 stopped, 1 cannot serve, 2 wrong use.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := arguments(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 2
	}
	log := slog.New(slog.NewTextHandler(stderr, nil))
	known, err := o.register(log)
	if err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 2
	}
	defer known.close()
	sites, err := listen(ctx, o.addresses()...)
	if err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 1
	}
	said, err := simulate(sites, known, o.claims, log)
	if err != nil {
		closeAll(sites)
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 2
	}
	fmt.Fprint(stdout, said)
	if err := serve(ctx, sites); err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 1
	}
	return 0
}

// simulate gives the sites their handlers, and says where everything is.
func simulate(sites []*site, known *register, claims launchtest.HelsenorgeClaims, log *slog.Logger) (string, error) {
	portal, api, admin, verktoy, tasks := sites[0], sites[1], sites[2], sites[3], sites[4]
	h, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{API: api.url(), Portal: portal.url(), Clients: known.tools, Claims: claims,
		ForgetSecrets: true, Logger: log})
	if err != nil {
		return "", err
	}
	tools, err := newVerktoy(verktoy.url(), known.catalogue, h.Now)
	if err != nil {
		return "", err
	}
	given, err := newTaskAPI(tasks.url(), h.Now)
	if err != nil {
		return "", err
	}
	portal.handler, api.handler, verktoy.handler, tasks.handler = front(h.PortalHandler()), h.APIHandler(), tools, given
	admin.handler = taskOrders(given, verktoyOrders(tools, h.Admin()))
	said := fmt.Sprintf("issuer    %s\ndiscovery %s\nportal    %s\nadmin     %s/admin/\nverktoy   %s\noppgave   %s\n",
		h.Issuer(), h.Address(launchtest.EndpointDiscovery), portal.url(), admin.url(), verktoy.url(), tasks.url())
	if len(known.systems) == 0 {
		return said, nil
	}
	tokens, behind := sites[5], sites[6]
	id, err := newHelseID(tokens.url(), behind.url(), known.systems, h.Now)
	if err != nil {
		return "", err
	}
	tokens.handler = logged(log, endpointName, id)
	behind.handler = logged(log, func(*http.Request) string { return "echo" }, id.Protect(http.HandlerFunc(echo)))
	admin.handler = orders(id, admin.handler)
	return said + fmt.Sprintf("helseid   %s\necho      %s\n", tokens.url(), behind.url()), nil
}

// front tells who opens the portal itself where a login begins.
func front(portal http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", portal)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "This is a simulated Helsenorge. A login begins at the tool: open its start address, such as http://localhost:4010/uthopp/start")
	})
	return mux
}
