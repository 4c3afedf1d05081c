// Command probe tries a health tool from outside. It plays a portal that signs
// good and bad messages (profile hti), or Helsenorge and citizens who log in
// there (profile helsenorge), and says for each case whether the tool did what it
// must. The tool need not be made with this SDK.
//
//	go run ./examples/probe -profile hti -url http://127.0.0.1:9001/launch -whoami http://127.0.0.1:9001/whoami -algorithms ES256
//
// Tell the tool beforehand what the portal is called, and where its keys are:
//
//	issuer     https://portal.example              (-issuer)
//	audience   https://tool.example                (-audience)
//	key set    http://127.0.0.1:9100/jwks.json     (-listen)
//	algorithms those of HTI 2.0                    (-algorithms)
//
// With -second-issuer, a second portal's keys are at /second.json on the same address.
//
//	go run ./examples/probe -profile helsenorge -url http://127.0.0.1:9001/uthopp/start -callback http://127.0.0.1:9001/uthopp/callback \
//		-whoami http://127.0.0.1:9001/whoami -client tool -keys http://127.0.0.1:9001/.well-known/jwks.json
//
// Here -url is the address that Helsenorge opens. Tell the tool beforehand:
//
//	issuer     http://127.0.0.1:9100/sts/oidcprov/v3   (-listen)
//	client id  tool                                    (-client)
//	callback   the address that the tool registers     (-callback)
//	claims     actor_sub and representation            (-actor-claim, -relation-claim)
//
// -keys is the tool's public key set, a file or an address: it checks the client
// assertions. -relations lists for whom citizens may use the tool beside
// themselves, such as 2,3 for parents; all others must be refused. The browsers
// are the probe's own, and so is the portal they log in at: only the provider's
// API is served.
//
// Judged is what every tool shows: the class of the HTTP status, and whether a
// session came about. That is told by a GET of the address -whoami, which must
// answer 2xx to who has a session only; without it, by a cookie. Rows that need
// more than that are not judged, and the report says why. Messages and logins are
// about nobody. Do not probe a tool in use: some four hundred messages, fifty at
// once among them, or a hundred logins.
//
// It prints a row for each case, or JSON with -json; -junit FILE writes a report
// that build servers read. Exit status: 0 nothing failed, 1 something failed, 2 it cannot run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := arguments(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var findings []launchtest.Finding
	if err == nil {
		findings, err = o.check(ctx)
	}
	if err == nil && len(findings) == launchtest.Count(findings, launchtest.NotJudged) {
		err = errors.New("no case could be judged")
	}
	if err == nil {
		err = report(o, findings, stdout)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "probe:", err)
		return 2
	case launchtest.Count(findings, launchtest.Failed) > 0:
		return 1
	}
	return 0
}

func (o options) check(ctx context.Context) ([]launchtest.Finding, error) {
	var findings []launchtest.Finding
	var err error
	if o.profile == "hti" {
		findings, err = launchtest.Check(ctx, o.target)
	} else {
		findings, err = checkLogin(ctx, o)
	}
	return findings, inFlags(err)
}
