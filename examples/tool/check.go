package main

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

func checkConfig(p *place, cfg config) {
	_, _, err := net.SplitHostPort(cfg.Addr)
	p.check(err == nil, "/addr", "host and port, such as 127.0.0.1:9001")
	p.check(secure(cfg.BaseURL), "/baseURL", "an https address, or http on this machine")
	p.check(noPath(cfg.BaseURL), "/baseURL", "an address without path and query")
	p.check(cfg.Portal == "" || secure(cfg.Portal) && !strings.Contains(cfg.Portal, "#"), "/portal", "the page where citizens find the tool: an https address, or http on this machine, without fragment")
	p.check(len(cfg.Registrations) > 0, "/registrations", "at least one registration")
	for i, r := range cfg.Registrations {
		checkRegistration(p, fmt.Sprintf("/registrations/%d", i), r, cfg.Registrations[:i])
	}
	p.check(strings.TrimSpace(cfg.BearerNote) != "" || !cfg.has(htiProfile), "/bearerNote", "a sentence on why launches without a login are enough")
}

func checkRegistration(p *place, at string, r registration, before []registration) {
	p.check(r.Issuer != "", at+"/issuer", "the issuer's iss")
	p.check(!slices.ContainsFunc(before, func(b registration) bool { return b.Issuer == r.Issuer }), at+"/issuer", "an issuer that is not there before")
	switch r.Profile {
	case htiProfile:
		checkPortal(p, at, r, before)
	case helsenorge.ID:
		checkHelsenorge(p, at, r, before)
	default:
		p.check(false, at+"/profile", `"hti/2.0" or "helsenorge"`)
	}
}

func checkPortal(p *place, at string, r registration, before []registration) {
	other := config{Registrations: before}.audience()
	p.check(r.Audience != "", at+"/audience", "the tool's aud")
	p.check(other == "" || other == r.Audience, at+"/audience", "the same as in the registration before")
	p.check(secure(r.JWKS), at+"/jwks", "an https address, or http on this machine")
	p.check(r.ClientID+r.Key+r.ActorClaim+r.RelationClaim == "" && r.Acting == nil, at, "no clientId, key, actorClaim, relationClaim, acting: these are for helsenorge")
	for i, a := range r.Algorithms {
		p.check(slices.Contains(hti.Algorithms(), a), fmt.Sprintf("%s/algorithms/%d", at, i), "one of "+strings.Join(hti.Algorithms(), ", "))
	}
}

func checkHelsenorge(p *place, at string, r registration, before []registration) {
	p.check(secure(r.Issuer), at+"/issuer", "an https address, or http on this machine")
	p.check(r.ClientID != "", at+"/clientId", "the tool's client id at Helsenorge")
	p.check((r.ActorClaim == "") == (r.RelationClaim == ""), at, "both actorClaim and relationClaim, or neither")
	p.check(r.ActorClaim == "" || r.ActorClaim != r.RelationClaim, at+"/relationClaim", "another name than actorClaim has")
	p.check(!strings.ContainsAny(r.Issuer, "?#"), at+"/issuer", "an address without query and fragment")
	p.check(r.Audience+r.JWKS == "" && r.Algorithms == nil, at, "no audience, jwks, algorithms: these are for hti/2.0")
	p.check(!slices.ContainsFunc(before, func(b registration) bool { return b.Profile == r.Profile }), at+"/profile", "helsenorge once")
	for i, a := range r.Acting {
		p.check(a == launch.ActingParent || a == launch.ActingProxy, fmt.Sprintf("%s/acting/%d", at, i), `"parent" or "proxy", the roles beside the citizen's own`)
	}
}

func secure(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func noPath(address string) bool {
	u, err := url.Parse(address)
	return err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}
