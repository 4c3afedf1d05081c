// Command tool is the smallest honest tool server: it accepts launches that
// agreed portals sign (HTI 2.0), and shows who came.
//
//	go run ./examples/tool -config tool.json
//
// The file says where to listen, what the tool is called from outside, why
// launches without a login are enough, and whose launches are accepted:
//
//	{"addr": "127.0.0.1:9001", "baseURL": "https://tool.example",
//	 "bearerNote": "The exercises hold no health data, and the portal has logged the citizen in.",
//	 "registrations": [{"profile": "hti/2.0", "issuer": "https://portal.example", "audience": "https://tool.example",
//	                    "jwks": "https://portal.example/jwks.json", "algorithms": ["ES256"]}]}
//
// Without algorithms, all are accepted that HTI 2.0 lists.
//
// POST /launch takes the portal's form and answers 303 with a session cookie,
// GET /whoami gives the session's launch as JSON, and /.well-known/jwks.json the
// tool's own keys. TLS is the proxy's in front. With an http baseURL, for trials
// on this machine, the cookie is a plain one.
//
// Sessions and used messages are in memory, and the own key is new at each
// start: a tool with several processes puts launchsql and a launch.KeyRing in
// their place. Exit status: 0 stopped, 1 cannot serve, 2 the configuration is no good.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
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
			return serve(ctx, cfg.Addr, handler, stderr)
		}
	}
	fmt.Fprintln(stderr, "tool:", err)
	return 2
}

// newTool is the whole tool.
func newTool(cfg config, log *slog.Logger) (http.Handler, error) {
	issuers := make([]hti.Issuer, len(cfg.Registrations))
	for i, r := range cfg.Registrations {
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: r.JWKS, AllowLoopback: true, Logger: log})
		if err != nil {
			return nil, err
		}
		issuers[i] = hti.Issuer{ID: r.Issuer, Keys: keys, Algorithms: r.Algorithms}
	}
	profile, err := hti.New(hti.Config{Audience: cfg.Registrations[0].Audience, Issuers: issuers})
	if err != nil {
		return nil, err
	}
	sessions := newSessions(cfg.BaseURL)
	launches, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		Policy:   launch.Policy{BearerReason: cfg.BearerNote},
		OnLaunch: sessions.start,
		Logger:   log,
	})
	if err != nil {
		return nil, err
	}
	key, err := launch.GenerateSigningKey()
	mux := http.NewServeMux()
	mux.Handle("/launch", launches)
	mux.HandleFunc("GET /whoami", sessions.whoami)
	mux.Handle("/.well-known/jwks.json", launch.JWKSHandler(key.Public()))
	return mux, err
}

// serve answers until the context ends, and then what it has begun.
func serve(ctx context.Context, addr string, handler http.Handler, stderr io.Writer) int {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		fmt.Fprintln(stderr, "tool:", err)
		return 1
	}
	fmt.Fprintln(stderr, "tool: listening on http://"+listener.Addr().String())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10}
	stopped := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(end)
	})
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		fmt.Fprintln(stderr, "tool:", err)
		return 1
	}
	return 0
}
