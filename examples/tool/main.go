package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stderr))
}

func run(ctx context.Context, args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("tool", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("config", "", "read the configuration from `FILE`")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	cfg, err := load(*file)
	if err == nil {
		var handler http.Handler
		if handler, err = newTool(cfg, slog.New(slog.NewTextHandler(stderr, nil))); err == nil {
			return serve(ctx, cfg, handler, stderr)
		}
	}
	fmt.Fprintln(stderr, "tool:", err)
	return 2
}

// newTool is the whole tool.
func newTool(cfg config, log *slog.Logger) (http.Handler, error) {
	sessions := newSessions(cfg.BaseURL)
	accept := launch.HandlerConfig{Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}), Running: sessions.running, Session: sessions.id,
		Policy: launch.Policy{BearerReason: cfg.BearerNote}, OnLaunch: sessions.start, Logger: log}
	var portals []hti.Issuer
	for _, r := range cfg.Registrations {
		if r.Profile == helsenorge.ID {
			login, err := helsenorge.New(helsenorge.Config{Issuer: r.Issuer, ClientID: r.ClientID, Key: cfg.key, Claims: r.claims(),
				RedirectURI: cfg.address("/uthopp/callback"), StartPath: startPath, AllowLoopback: true, Logger: log})
			if err != nil {
				return nil, err
			}
			accept.Logins = append(accept.Logins, login)
			continue
		}
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: r.JWKS, AllowLoopback: true, Logger: log})
		if err != nil {
			return nil, err
		}
		portals = append(portals, hti.Issuer{ID: r.Issuer, Keys: keys, Algorithms: r.Algorithms})
	}
	if len(portals) > 0 {
		profile, err := hti.New(hti.Config{Audience: cfg.audience(), Issuers: portals})
		if err != nil {
			return nil, err
		}
		accept.Profiles = append(accept.Profiles, profile)
	}
	cookies, err := launch.GenerateCookieKey()
	if err != nil {
		return nil, err
	}
	accept.CookieKeys = []launch.CookieKey{cookies}
	launches, err := launch.NewHandler(accept)
	mux := http.NewServeMux()
	mux.Handle("/launch", launches)
	mux.Handle("/uthopp/", launches)
	mux.Handle(startPath, atBase(cfg.BaseURL, launches))
	mux.HandleFunc("GET /whoami", sessions.whoami)
	mux.Handle("/.well-known/jwks.json", launch.JWKSHandler(cfg.key.Public()))
	return mux, err
}
