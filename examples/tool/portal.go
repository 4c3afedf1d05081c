package main

import (
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// addPortals takes the messages of portals, where there are any.
func (t *tool) addPortals() error {
	var portals []hti.Issuer
	for _, r := range t.cfg.Registrations {
		if r.Profile != htiProfile {
			continue
		}
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: r.JWKS, AllowLoopback: true, Logger: t.log})
		if err != nil {
			return err
		}
		t.closers = append(t.closers, keys)
		portals = append(portals, hti.Issuer{ID: r.Issuer, Keys: keys, Algorithms: r.Algorithms})
	}
	if len(portals) == 0 {
		return nil
	}
	profile, err := hti.New(hti.Config{Audience: t.cfg.audience(), Issuers: portals})
	if err != nil {
		return err
	}
	accept := t.accept(launch.Policy{BearerReason: t.cfg.BearerNote})
	accept.Profiles = []launch.Profile{profile}
	launches, err := launch.NewHandler(accept)
	if err != nil {
		return err
	}
	t.mux.Handle("/launch", launches)
	return nil
}
