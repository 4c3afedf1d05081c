package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

type config struct {
	Addr, BaseURL, BearerNote string
	Portal                    string // where citizens find the tool, "" for nowhere
	Registrations             []registration

	key launch.SigningKey // the tool's own
	now func() time.Time
}

// registration is a portal (hti/2.0) or Helsenorge.
type registration struct {
	Profile, Issuer string

	Audience, JWKS string // hti/2.0
	Algorithms     []string

	ClientID, Key, ActorClaim, RelationClaim string // helsenorge
	Acting                                   []launch.Acting
}

const htiProfile = "hti/2.0"

// audience is the tool's name for portals, the same for all of them.
func (c config) audience() string {
	for _, r := range c.Registrations {
		if r.Audience != "" {
			return r.Audience
		}
	}
	return ""
}

// has says whether there is a registration of this profile.
func (c config) has(profile string) bool {
	return slices.ContainsFunc(c.Registrations, func(r registration) bool { return r.Profile == profile })
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
	cfg.now = time.Now
	cfg.key, err = cfg.ownKey()
	return cfg, err
}

func parse(file string, data []byte) (config, error) {
	var cfg config
	p := &place{}
	if p.wellFormed(data) {
		readConfig(p, data, &cfg)
	}
	if len(p.faults) == 0 {
		checkConfig(p, cfg)
	}
	if len(p.faults) > 0 {
		return config{}, fmt.Errorf("%s: %s", file, strings.Join(p.faults, "; "))
	}
	return cfg, nil
}
