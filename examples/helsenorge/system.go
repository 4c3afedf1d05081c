package main

import (
	"flag"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// system is the one that is registered at HelseID; without an id there is none.
type system struct {
	addr, echoAddr         string
	id, jwks, organisation string
	scopes, customers      list
	multiTenant, given     bool
}

// systemFlags are those that are about the system.
var systemFlags = map[string]bool{"helseid-addr": true, "echo-addr": true, "system-jwks": true, "system-scope": true, "organisation": true,
	"multi-tenant": true, "customer": true}

func (s *system) flags(flags *flag.FlagSet) {
	flags.StringVar(&s.addr, "helseid-addr", "127.0.0.1:0", "serve HelseID, where systems get tokens, on `ADDRESS`")
	flags.StringVar(&s.echoAddr, "echo-addr", "127.0.0.1:0", "serve an API that takes those tokens and tells who called, on `ADDRESS`")
	flags.StringVar(&s.id, "system-client", "", "register a system at HelseID with this client `ID`")
	flags.StringVar(&s.jwks, "system-jwks", "", "the system's public keys: `FILE or URL` of a JWK Set")
	flags.Var(&s.scopes, "system-scope", "a `SCOPE` that the system may ask for; may be given several times")
	flags.StringVar(&s.organisation, "organisation", "", "whose system it is: organisation `NUMBER`")
	flags.BoolVar(&s.multiTenant, "multi-tenant", false, "the system acts for customers, and says in each token request for which")
	flags.Var(&s.customers, "customer", "organisation that has delegated to the system, and the scopes whose terms of use\n"+
		"it has not signed, as `NUMBER or NUMBER=SCOPE,SCOPE`; may be given several times")
}

func (s *system) check(want func(good bool, text string)) {
	const address = ": want a loopback address and port, such as 127.0.0.1:0, since anybody can be anybody here"
	want(local(s.addr), "-helseid-addr"+address)
	want(local(s.echoAddr), "-echo-addr"+address)
	if s.id == "" {
		want(!s.given, "-system-client: want the ID of the system that the other flags are about")
		return
	}
	want(s.jwks != "", "-system-jwks: want the system's public keys")
	want(len(s.scopes) > 0, "-system-scope: want at least one scope")
	want(!slices.ContainsFunc(s.scopes, notScope), "-system-scope: want one scope in each, without spaces and quotes")
	want(number(s.organisation), "-organisation: want an organisation number, nine digits")
	want(s.multiTenant || len(s.customers) == 0, "-customer: want -multi-tenant, too")
	want(!s.multiTenant || len(s.customers) > 0, "-multi-tenant: want a -customer, too")
	s.checkCustomers(want)
}

func (s *system) checkCustomers(want func(good bool, text string)) {
	seen := map[string]bool{}
	for _, text := range s.customers {
		c, is := customer(text)
		want(is, "-customer: want an organisation number, nine digits, or that and =SCOPE,SCOPE")
		want(!is || !seen[c.Organisation], "-customer: want each organisation once")
		want(!slices.ContainsFunc(c.Rejected, func(r string) bool { return !slices.Contains(s.scopes, r) }),
			"-customer: want scopes that are a -system-scope, too")
		seen[c.Organisation] = true
	}
}

// customer reads NUMBER or NUMBER=SCOPE,SCOPE.
func customer(text string) (launchtest.HelseIDCustomer, bool) {
	organisation, rejected, some := strings.Cut(text, "=")
	c := launchtest.HelseIDCustomer{Organisation: organisation}
	if some {
		c.Rejected = strings.Split(rejected, ",")
	}
	return c, number(organisation) && !slices.Contains(c.Rejected, "")
}

// client is the system as HelseID knows it. The flags were checked before.
func (s *system) client(keys launch.Keys) launchtest.HelseIDClient {
	c := launchtest.HelseIDClient{ID: s.id, Keys: keys, Scopes: s.scopes, Organisation: s.organisation, MultiTenant: s.multiTenant}
	for _, text := range s.customers {
		one, _ := customer(text)
		c.Customers = append(c.Customers, one)
	}
	return c
}

// weights are those of the first eight digits of an organisation number (MOD 11).
var weights = [8]int{3, 2, 7, 6, 5, 4, 3, 2}

// number says whether it is nine digits with the right check digit: launch/helseid asks for no others.
func number(s string) bool {
	if len(s) != 9 || strings.Trim(s, "0123456789") != "" || s == "000000000" {
		return false
	}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return (11-sum%11)%11 == int(s[8]-'0')
}

// notScope says whether a text is no scope. RFC 6749, section 3.3.
func notScope(s string) bool {
	return s == "" || strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' || c == '"' || c == '\\' })
}
