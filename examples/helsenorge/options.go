package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

type options struct {
	addr, apiAddr, adminAddr      string
	verktoyAddr, catalogue        string
	oppgaveAddr                   string
	client, name, jwks            string
	redirect                      list
	refresh, onBehalf, nationalID bool
	claims                        launchtest.HelsenorgeClaims
	system                        system
}

// list is a flag that can be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}

func arguments(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("helsenorge", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0", "serve the portal, where citizens log in, on `ADDRESS`")
	flags.StringVar(&o.apiAddr, "api-addr", "127.0.0.1:0", "serve the API, which tools call, on `ADDRESS`")
	flags.StringVar(&o.adminAddr, "admin-addr", "127.0.0.1:0", "take orders on `ADDRESS`")
	flags.StringVar(&o.verktoyAddr, "verktoy-addr", "127.0.0.1:0", "serve the Verktøy API, the national catalogue, on `ADDRESS`")
	flags.StringVar(&o.oppgaveAddr, "oppgave-addr", "127.0.0.1:0", "serve the task API, which gives citizens their tools, on `ADDRESS`")
	flags.StringVar(&o.catalogue, "catalogue", "", "the Verktøy API has the tools of the catalogue document `FILE` instead of the sample")
	flags.StringVar(&o.client, "client", "", "register a tool with this client `ID`")
	flags.StringVar(&o.name, "name", "", "the tool's `NAME` on the login page")
	flags.Var(&o.redirect, "redirect", "the tool's callback `URL`; may be given several times")
	flags.StringVar(&o.jwks, "jwks", "", "the tool's public keys: `FILE or URL` of a JWK Set")
	flags.BoolVar(&o.refresh, "refresh", false, "the tool may have refresh tokens")
	flags.BoolVar(&o.onBehalf, "on-behalf", false, "citizens may use the tool for others")
	flags.BoolVar(&o.nationalID, "national-id", false, "the tool gets the patient's (synthetic) identity number")
	claims := flags.String("claims", "", "names of the claims for actor, relation and identity number, as `A,B,C`")
	o.system.flags(flags)
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	flags.Visit(func(f *flag.Flag) { o.system.given = o.system.given || systemFlags[f.Name] })
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%d arguments, want flags only", flags.NArg())
	}
	return o, o.check(*claims)
}

// check names every fault.
func (o *options) check(claims string) error {
	var faults []string
	want := func(good bool, text string) {
		if !good {
			faults = append(faults, text)
		}
	}
	const address = ": want a loopback address and port, such as 127.0.0.1:0, since anybody can be anybody here"
	want(local(o.addr), "-addr"+address)
	want(local(o.apiAddr), "-api-addr"+address)
	want(local(o.adminAddr), "-admin-addr"+address)
	want(local(o.verktoyAddr), "-verktoy-addr"+address)
	want(local(o.oppgaveAddr), "-oppgave-addr"+address)
	tool := len(o.redirect) > 0 || o.jwks != "" || o.name != "" || o.refresh || o.onBehalf || o.nationalID
	want(o.client != "" || !tool, "-client: want the ID of the tool that the other flags are about")
	want(o.client == "" || len(o.redirect) > 0 && o.jwks != "", "-client: want -redirect and -jwks, too")
	want(!slices.ContainsFunc(o.redirect, func(s string) bool { return !secure(s) }), "-redirect: want https addresses, or http on this machine")
	if claims != "" {
		names := strings.Split(claims, ",")
		different := len(slices.Compact(slices.Sorted(slices.Values(names)))) == 3
		want(len(names) == 3 && different && !slices.Contains(names, ""), "-claims: want three different names with commas between")
		if len(names) == 3 {
			o.claims = launchtest.HelsenorgeClaims{Actor: names[0], Relation: names[1], NationalID: names[2]}
		}
	}
	o.system.check(want)
	return together(faults)
}

func together(faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	return errors.New(strings.Join(faults, "; "))
}

func local(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

func secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Hostname() != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && local(net.JoinHostPort(u.Hostname(), "0")))
}

// addresses are where the program listens: those of HelseID only for a system that calls.
func (o *options) addresses() []string {
	list := []string{o.addr, o.apiAddr, o.adminAddr, o.verktoyAddr, o.oppgaveAddr}
	if o.system.id != "" {
		list = append(list, o.system.addr, o.system.echoAddr)
	}
	return list
}
