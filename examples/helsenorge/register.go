package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// register is who is known: the tool at Helsenorge, the system at HelseID; and the catalogue.
type register struct {
	catalogue catalogue.Document
	tools     []launchtest.HelsenorgeClient
	systems   []launchtest.HelseIDClient
	faults    []string
	closers   []io.Closer
}

// register reads the keys and the catalogue. The error names every fault.
func (o *options) register(log *slog.Logger) (*register, error) {
	r := &register{}
	if o.client != "" {
		c := launchtest.HelsenorgeClient{ID: o.client, Name: o.name, RedirectURIs: o.redirect, Keys: r.keys("-jwks", o.jwks, log), Refresh: o.refresh, OnBehalf: o.onBehalf}
		if o.nationalID {
			c.Grants = []string{launchtest.GrantNationalID}
		}
		r.tools = append(r.tools, c)
	}
	if o.system.id != "" {
		r.systems = append(r.systems, o.system.client(r.keys("-system-jwks", o.system.jwks, log)))
	}
	var err error
	if r.catalogue, err = load(o.catalogue); err != nil {
		r.faults = append(r.faults, fmt.Sprintf("-catalogue: %v", err))
	}
	if err = together(r.faults); err != nil {
		r.close()
	}
	return r, err
}

// close ends the use of the keys.
func (r *register) close() {
	for _, c := range r.closers {
		_ = c.Close()
	}
}

func (r *register) keys(name, from string, log *slog.Logger) launch.Keys {
	if !strings.Contains(from, "://") {
		keys, err := readKeys(from)
		if err != nil {
			r.faults = append(r.faults, fmt.Sprintf("%s: %v", name, err))
		}
		return keys
	}
	// A second is the least there is: a tool that makes a new key at each start is
	// known at once. Nothing is fetched yet, so it may be started later.
	keys, err := launch.NewJWKS(launch.JWKSConfig{URL: from, AllowLoopback: true, MinInterval: time.Second, Logger: log})
	if err != nil {
		r.faults = append(r.faults, name+": want a file, an https address, or http on this machine")
		return nil
	}
	r.closers = append(r.closers, keys)
	return keys
}

// maxKeys is the greatest size of a file of keys, in bytes.
const maxKeys = 256 << 10

func readKeys(from string) (launch.Keys, error) {
	file, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxKeys+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxKeys {
		return nil, errors.New("want at most 256 KiB")
	}
	return launch.ParseStaticKeys(data)
}
