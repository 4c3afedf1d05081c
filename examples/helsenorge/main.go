// Command helsenorge simulates Helsenorge's OpenID provider, so that a tool's
// developer can log made-up citizens in on his own machine.
//
//	go run ./examples/helsenorge -client my-tool -redirect http://localhost:4010/callback -jwks tool.jwks.json
//
// It serves two hosts, as the real one does, and a third for orders, on this
// machine and over http, and prints where:
//
//	issuer    http://127.0.0.1:40001/sts/oidcprov/v3
//	discovery http://127.0.0.1:40001/sts/oidcprov/v3/.well-known/openid-configuration
//	portal    http://127.0.0.1:40002
//	admin     http://127.0.0.1:40003/admin/
//
// The tool takes all other addresses from discovery. -jwks is a file, or an
// https address (http on this machine), with the tool's public RSA keys. -refresh,
// -on-behalf and -national-id are what the tool is granted. Without -client no
// tool is registered; POST /admin/client registers one, or more:
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
// number. A browser on this machine sends cookies with SameSite=None only if
// they are Secure; Chromium and Firefox take these from http://localhost.
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
	clients, closeKeys, err := o.clients()
	if err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 2
	}
	defer closeKeys()
	sites, err := listen(ctx, o.addr, o.apiAddr, o.adminAddr)
	if err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 1
	}
	portal, api, admin := sites[0], sites[1], sites[2]
	h, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{API: api.url(), Portal: portal.url(), Clients: clients, Claims: o.claims,
		ForgetSecrets: true, Logger: slog.New(slog.NewTextHandler(stderr, nil))})
	if err != nil {
		closeAll(sites)
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 2
	}
	portal.handler, api.handler, admin.handler = h.PortalHandler(), h.APIHandler(), h.Admin()
	fmt.Fprintf(stdout, "issuer    %s\ndiscovery %s\nportal    %s\nadmin     %s/admin/\n",
		h.Issuer(), h.Address(launchtest.EndpointDiscovery), portal.url(), admin.url())
	if err := serve(ctx, sites); err != nil {
		fmt.Fprintln(stderr, "helsenorge:", err)
		return 1
	}
	return 0
}
