package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch/hti"
)

type config struct {
	Addr, BaseURL, BearerNote string
	Registrations             []registration
}

type registration struct {
	Profile, Issuer, Audience, JWKS string
	Algorithms                      []string
}

const maxConfig = 1 << 20

// load reads the file and names every fault of it with its place.
func load(file string) (config, error) {
	if file == "" {
		return config{}, errors.New("no configuration, want -config FILE")
	}
	f, err := os.Open(file)
	if err != nil {
		return config{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return config{}, err
	}
	if len(data) > maxConfig {
		return config{}, fmt.Errorf("%s: want at most 1 MiB", file)
	}
	var cfg config
	p := &place{}
	readConfig(p, data, &cfg)
	if len(p.faults) == 0 {
		checkConfig(p, cfg)
	}
	if len(p.faults) > 0 {
		return config{}, fmt.Errorf("%s: %s", file, strings.Join(p.faults, "; "))
	}
	return cfg, nil
}

func readConfig(p *place, data []byte, cfg *config) {
	p.object("", data, map[string]func(string, []byte){
		"addr": p.text(&cfg.Addr), "baseURL": p.text(&cfg.BaseURL), "bearerNote": p.text(&cfg.BearerNote),
		"registrations": func(at string, list []byte) {
			p.list(at, list, func(at string, item []byte) {
				var r registration
				p.object(at, item, map[string]func(string, []byte){
					"profile": p.text(&r.Profile), "issuer": p.text(&r.Issuer), "audience": p.text(&r.Audience), "jwks": p.text(&r.JWKS),
					"algorithms": func(at string, list []byte) {
						p.list(at, list, func(at string, item []byte) {
							r.Algorithms = append(r.Algorithms, "")
							p.text(&r.Algorithms[len(r.Algorithms)-1])(at, item)
						})
					},
				})
				cfg.Registrations = append(cfg.Registrations, r)
			})
		},
	})
}

func checkConfig(p *place, cfg config) {
	_, _, err := net.SplitHostPort(cfg.Addr)
	p.check(err == nil, "/addr", "host and port, such as 127.0.0.1:9001")
	p.check(secure(cfg.BaseURL), "/baseURL", "an https address, or http on this machine")
	p.check(strings.TrimSpace(cfg.BearerNote) != "", "/bearerNote", "a sentence on why launches without a login are enough")
	p.check(len(cfg.Registrations) > 0, "/registrations", "at least one registration")
	for i, r := range cfg.Registrations {
		checkRegistration(p, fmt.Sprintf("/registrations/%d", i), r, cfg.Registrations[:i])
	}
}

func checkRegistration(p *place, at string, r registration, before []registration) {
	p.check(r.Profile == "hti/2.0", at+"/profile", `"hti/2.0"`)
	p.check(r.Issuer != "", at+"/issuer", "the portal's iss")
	p.check(!slices.ContainsFunc(before, func(b registration) bool { return b.Issuer == r.Issuer }), at+"/issuer", "an issuer that is not there before")
	p.check(r.Audience != "", at+"/audience", "the tool's aud")
	p.check(len(before) == 0 || before[0].Audience == r.Audience, at+"/audience", "the same as in /registrations/0")
	p.check(secure(r.JWKS), at+"/jwks", "an https address, or http on this machine")
	for i, a := range r.Algorithms {
		p.check(slices.Contains(hti.Algorithms(), a), fmt.Sprintf("%s/algorithms/%d", at, i), "one of "+strings.Join(hti.Algorithms(), ", "))
	}
}

func secure(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
