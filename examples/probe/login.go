package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// checkLogin runs the matrix of logins.
func checkLogin(ctx context.Context, o options) ([]launchtest.Finding, error) {
	keys, closing, err := o.toolKeys(ctx)
	if err != nil {
		return nil, fmt.Errorf("-keys: %w", err)
	}
	defer closing()
	target := launchtest.LoginTarget{Start: o.target.URL, Callback: o.callback, ClientID: o.client, Keys: keys, Whoami: o.target.Whoami,
		Listen: o.target.Listen, Exact: o.target.Exact, Patience: o.target.Patience, Wait: o.target.Wait,
		Claims: launchtest.HelsenorgeClaims{Actor: o.actor, Relation: o.relation}}
	for code := range strings.SplitSeq(o.relations, ",") {
		if code != "" {
			target.Relations = append(target.Relations, launchtest.Relation(code))
		}
	}
	return launchtest.CheckLogin(ctx, target)
}

// maxKeys is the greatest size of a key set's file.
const maxKeys = 256 << 10

// toolKeys reads the tool's key set from a file, or from where the tool publishes it.
func (o options) toolKeys(ctx context.Context) (launch.Keys, func(), error) {
	if strings.Contains(o.keys, "://") {
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: o.keys, AllowLoopback: true})
		if err != nil {
			return nil, nil, err
		}
		if _, err := keys.Key(ctx, ""); errors.Is(err, launch.KindKeysUnavailable) {
			_ = keys.Close()
			return nil, nil, fmt.Errorf("no key set at %s", o.keys)
		}
		return keys, func() { _ = keys.Close() }, nil
	}
	f, err := os.Open(o.keys)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxKeys))
	if err != nil {
		return nil, nil, err
	}
	keys, err := launch.ParseStaticKeys(data)
	return keys, func() {}, err
}
