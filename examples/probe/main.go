// Command probe tries a health tool's launch address: it plays a portal that
// signs good and bad messages, sends some four hundred of them, and says for
// each whether the tool did what it must. The tool need not be made with this SDK.
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
// Judged is what every tool shows: the class of the HTTP status, and whether a
// session came about. That is told by a GET of the address -whoami, which must
// answer 2xx to who has a session only; without it, by a cookie. Rows that need
// more than that are not judged, and the report says why. The messages are about
// nobody. Do not probe a tool in use: it sends many messages, fifty at once among them.
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
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

type options struct {
	target      launchtest.Target
	profile     string
	json        bool
	junit       string
	onlyFailing bool
}

// run is the command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := arguments(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var findings []launchtest.Finding
	if err == nil {
		findings, err = launchtest.Check(ctx, o.target)
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

func arguments(args []string, stderr io.Writer) (options, error) {
	var o options
	t := &o.target
	flags := flag.NewFlagSet("probe", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.profile, "profile", "hti", "the protocol: hti")
	flags.StringVar(&t.URL, "url", "", "send launches to `URL`")
	flags.StringVar(&t.Whoami, "whoami", "", "`URL` that answers 2xx to who has a session only")
	flags.StringVar(&t.Issuer, "issuer", "https://portal.example", "what the tool knows the portal as (iss)")
	flags.StringVar(&t.SecondIssuer, "second-issuer", "", "what the tool knows a second portal as")
	flags.StringVar(&t.Audience, "audience", "https://tool.example", "what the portal knows the tool as (aud)")
	flags.StringVar(&t.Listen, "listen", "127.0.0.1:9100", "publish the portal's keys on `ADDRESS`, at /jwks.json")
	algorithms := flags.String("algorithms", "", "the agreed algorithms, such as ES256,RS256 (default those of HTI 2.0)")
	flags.BoolVar(&t.PlainKeys, "plain-keys", false, "publish good keys only, for tools that refuse a whole set for one bad key")
	flags.BoolVar(&t.Exact, "exact", false, "want the HTTP statuses of this SDK to the number")
	flags.DurationVar(&t.Patience, "patience", 10*time.Second, "how long a body that does not come is kept open; 0 leaves that row out")
	flags.DurationVar(&t.Wait, "wait", 40*time.Second, "how long to try until the tool accepts a good message")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	flags.BoolVar(&o.onlyFailing, "failed", false, "print what failed only")
	flags.StringVar(&o.junit, "junit", "", "write a JUnit report to `FILE`")
	err := flags.Parse(args)
	if *algorithms != "" {
		t.Algorithms = strings.Split(*algorithms, ",")
	}
	switch {
	case err != nil:
	case o.profile != "hti":
		err = fmt.Errorf("-profile %q, want hti", o.profile)
	case t.URL == "":
		err = errors.New("no address, want -url URL")
	case flags.NArg() > 0:
		err = fmt.Errorf("argument %q, want flags only", flags.Arg(0))
	}
	return o, err
}
