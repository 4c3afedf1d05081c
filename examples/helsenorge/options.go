package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

type options struct {
	addr, apiAddr, adminAddr      string
	client, name, jwks            string
	redirect                      list
	refresh, onBehalf, nationalID bool
	claims                        launchtest.HelsenorgeClaims
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
	flags.StringVar(&o.client, "client", "", "register a tool with this client `ID`")
	flags.StringVar(&o.name, "name", "", "the tool's `NAME` on the login page")
	flags.Var(&o.redirect, "redirect", "the tool's callback `URL`; may be given several times")
	flags.StringVar(&o.jwks, "jwks", "", "the tool's public keys: `FILE or URL` of a JWK Set")
	flags.BoolVar(&o.refresh, "refresh", false, "the tool may have refresh tokens")
	flags.BoolVar(&o.onBehalf, "on-behalf", false, "citizens may use the tool for others")
	flags.BoolVar(&o.nationalID, "national-id", false, "the tool gets the patient's (synthetic) identity number")
	claims := flags.String("claims", "", "names of the claims for actor, relation and identity number, as `A,B,C`")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
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
	tool := len(o.redirect) > 0 || o.jwks != "" || o.name != "" || o.refresh || o.onBehalf || o.nationalID
	want(o.client != "" || !tool, "-client: want the ID of the tool that the other flags are about")
	want(o.client == "" || len(o.redirect) > 0 && o.jwks != "", "-client: want -redirect and -jwks, too")
	if claims != "" {
		names := strings.Split(claims, ",")
		want(len(names) == 3 && !slices.Contains(names, ""), "-claims: want three names with commas between")
		if len(names) == 3 {
			o.claims = launchtest.HelsenorgeClaims{Actor: names[0], Relation: names[1], NationalID: names[2]}
		}
	}
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

// clients gives the tool, if there is one, and what ends the use of its keys.
func (o *options) clients() ([]launchtest.HelsenorgeClient, func(), error) {
	if o.client == "" {
		return nil, func() {}, nil
	}
	keys, done, err := readKeys(o.jwks)
	if err != nil {
		return nil, nil, fmt.Errorf("-jwks: %w", err)
	}
	c := launchtest.HelsenorgeClient{ID: o.client, Name: o.name, RedirectURIs: o.redirect, Keys: keys, Refresh: o.refresh, OnBehalf: o.onBehalf}
	if o.nationalID {
		c.Grants = []string{launchtest.GrantNationalID}
	}
	return []launchtest.HelsenorgeClient{c}, done, nil
}

// maxKeys is the greatest size of a file of keys, in bytes.
const maxKeys = 256 << 10

func readKeys(from string) (launch.Keys, func(), error) {
	if strings.Contains(from, "://") {
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: from, AllowLoopback: true})
		if err != nil {
			return nil, nil, err
		}
		return keys, func() { _ = keys.Close() }, nil
	}
	file, err := os.Open(from)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxKeys+1))
	if err != nil {
		return nil, nil, err
	}
	if len(data) > maxKeys {
		return nil, nil, errors.New("want at most 256 KiB")
	}
	keys, err := launch.ParseStaticKeys(data)
	return keys, func() {}, err
}
