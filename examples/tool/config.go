package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

type config struct {
	Addr, BaseURL, BearerNote string
	Registrations             []registration

	key launch.SigningKey // the tool's own
}

// registration is a portal (hti/2.0) or Helsenorge.
type registration struct {
	Profile, Issuer string

	Audience, JWKS string // hti/2.0
	Algorithms     []string

	ClientID, Key, ActorClaim, RelationClaim string // helsenorge
}

// audience is the tool's name for portals, the same for all of them.
func (c config) audience() string {
	for _, r := range c.Registrations {
		if r.Audience != "" {
			return r.Audience
		}
	}
	return ""
}

// logins says whether citizens log in at Helsenorge.
func (c config) logins() bool {
	return slices.ContainsFunc(c.Registrations, func(r registration) bool { return r.Profile == helsenorge.ID })
}

// address is a path as it is called from outside.
func (c config) address(path string) string { return strings.TrimSuffix(c.BaseURL, "/") + path }

// claims are the names of what is not public about Helsenorge's ID token.
func (r registration) claims() helsenorge.ClaimNames {
	if r.ActorClaim == "" && r.RelationClaim == "" {
		return helsenorge.AssumedClaims()
	}
	return helsenorge.ClaimNames{Actor: r.ActorClaim, Relation: r.RelationClaim, Confirmed: true}
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
	cfg, err := parse(file, data)
	if err != nil {
		return config{}, err
	}
	cfg.key, err = cfg.ownKey()
	return cfg, err
}

func parse(file string, data []byte) (config, error) {
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
					"clientId": p.text(&r.ClientID), "key": p.text(&r.Key), "actorClaim": p.text(&r.ActorClaim), "relationClaim": p.text(&r.RelationClaim),
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
