package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

type options struct {
	target  launchtest.Target // hti; what both profiles have is here, too
	profile string

	// helsenorge
	callback, client, keys, relations, actor, relation string

	json        bool
	junit       string
	onlyFailing bool
}

// only says which flags are for one profile alone.
var only = map[string]string{"issuer": "hti", "second-issuer": "hti", "audience": "hti", "algorithms": "hti", "plain-keys": "hti",
	"callback": "helsenorge", "client": "helsenorge", "keys": "helsenorge", "relations": "helsenorge", "actor-claim": "helsenorge", "relation-claim": "helsenorge"}

func arguments(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("probe", flag.ContinueOnError)
	flags.SetOutput(stderr)
	algorithms := o.declare(flags)
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if *algorithms != "" {
		o.target.Algorithms = strings.Split(*algorithms, ",")
	}
	var other error
	flags.Visit(func(f *flag.Flag) {
		if profile := only[f.Name]; profile != "" && profile != o.profile {
			other = fmt.Errorf("-%s is for -profile %s", f.Name, profile)
		}
	})
	switch {
	case o.profile != "hti" && o.profile != "helsenorge":
		return o, fmt.Errorf("-profile %q, want hti or helsenorge", o.profile)
	case flags.NArg() > 0:
		return o, fmt.Errorf("argument %q, want flags only", flags.Arg(0))
	case other != nil:
		return o, other
	case o.target.URL == "":
		return o, errors.New("no address, want -url URL")
	case o.profile == "helsenorge" && o.callback == "":
		return o, errors.New("no callback, want -callback URL")
	case o.profile == "helsenorge" && o.client == "":
		return o, errors.New("no client id, want -client ID")
	case o.profile == "helsenorge" && o.keys == "":
		return o, errors.New("no key set of the tool, want -keys FILE or URL")
	}
	return o, nil
}

// fields are launchtest's names of what the flags say.
var fields = strings.NewReplacer("launchtest: ", "", "invalid Target: ", "", "invalid LoginTarget: ", "", "invalid HelsenorgeConfig: ", "",
	"field URL ", "-url ", "field Start ", "-url ", "the host of Start", "the host of -url", "field Callback ", "-callback ", "field Whoami ", "-whoami ",
	"field Listen ", "-listen ", "field Algorithms ", "-algorithms ", "field SecondIssuer is the issuer", "-second-issuer is -issuer",
	"field Relations ", "-relations ", "field Keys ", "-keys ", "field Claims has a name twice", "-actor-claim and -relation-claim have one name")

// inFlags says what is wrong in the words of the command line.
func inFlags(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(fields.Replace(err.Error()))
}

func (o *options) declare(flags *flag.FlagSet) (algorithms *string) {
	t := &o.target
	flags.StringVar(&o.profile, "profile", "hti", "the protocol: hti or helsenorge")
	flags.StringVar(&t.URL, "url", "", "send launches to `URL`, or start logins there")
	flags.StringVar(&t.Whoami, "whoami", "", "`URL` that answers 2xx to who has a session only")
	flags.StringVar(&t.Listen, "listen", "127.0.0.1:9100", "publish the portal's keys, or Helsenorge's API, on `ADDRESS`")
	flags.BoolVar(&t.Exact, "exact", false, "want the HTTP statuses of this SDK to the number")
	flags.DurationVar(&t.Patience, "patience", 15*time.Second, "how long to wait for a tool that does not give up; 0 leaves that row out")
	flags.DurationVar(&t.Wait, "wait", 40*time.Second, "how long to try until the tool accepts a good launch")

	flags.StringVar(&t.Issuer, "issuer", "https://portal.example", "hti: what the tool knows the portal as (iss)")
	flags.StringVar(&t.SecondIssuer, "second-issuer", "", "hti: what the tool knows a second portal as")
	flags.StringVar(&t.Audience, "audience", "https://tool.example", "hti: what the portal knows the tool as (aud)")
	algorithms = flags.String("algorithms", "", "hti: the agreed algorithms, such as ES256,RS256 (default those of HTI 2.0)")
	flags.BoolVar(&t.PlainKeys, "plain-keys", false, "hti: publish good keys only, for tools that refuse a whole set for one bad key")

	flags.StringVar(&o.callback, "callback", "", "helsenorge: the tool's redirect `URL`, as it sends it")
	flags.StringVar(&o.client, "client", "", "helsenorge: the tool's client `ID`")
	flags.StringVar(&o.keys, "keys", "", "helsenorge: the tool's public JWK set, a `FILE or URL`")
	flags.StringVar(&o.relations, "relations", "", "helsenorge: codes of KanUtforesAv, 2 to 5, for which the tool takes who acts for others, such as 2,3 (default none)")
	flags.StringVar(&o.actor, "actor-claim", "", "helsenorge: the claim with who is logged in (default actor_sub)")
	flags.StringVar(&o.relation, "relation-claim", "", "helsenorge: the claim with the relation (default representation)")

	flags.BoolVar(&o.json, "json", false, "print JSON")
	flags.BoolVar(&o.onlyFailing, "failed", false, "print what failed only")
	flags.StringVar(&o.junit, "junit", "", "write a JUnit report to `FILE`")
	return algorithms
}
