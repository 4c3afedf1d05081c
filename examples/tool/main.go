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
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stderr))
}

func run(ctx context.Context, args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("tool", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("config", "", "read the configuration from `FILE`, such as examples/tool/tool.json")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	cfg, err := load(*file)
	if err == nil {
		var t *tool
		if t, err = newTool(cfg, slog.New(slog.NewTextHandler(stderr, nil))); err == nil {
			defer t.close()
			t.check(ctx)
			return serve(ctx, cfg, t.mux, stderr)
		}
	}
	fmt.Fprintln(stderr, "tool:", err)
	return 2
}

// tool is the whole tool.
type tool struct {
	cfg      config
	log      *slog.Logger
	sessions *sessions
	mux      *http.ServeMux
	closers  []io.Closer
}

func newTool(cfg config, log *slog.Logger) (*tool, error) {
	t := &tool{cfg: cfg, log: log, sessions: newSessions(cfg, log), mux: http.NewServeMux()}
	if err := errors.Join(t.addPortals(), t.addLogin()); err != nil {
		t.close()
		return nil, err
	}
	t.mux.HandleFunc("GET /whoami", t.sessions.whoami)
	t.mux.Handle("POST /logout", http.NewCrossOriginProtection().Handler(http.HandlerFunc(t.sessions.logout)))
	t.mux.Handle("/.well-known/jwks.json", launch.JWKSHandler(cfg.key.Public()))
	return t, nil
}

// accept is what portals and logins have in common.
func (t *tool) accept(policy launch.Policy) launch.HandlerConfig {
	return launch.HandlerConfig{Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: t.cfg.now}), Policy: policy,
		Portal: t.cfg.Portal, Running: t.sessions.running, Session: t.sessions.id, OnLaunch: t.sessions.start, Logger: t.log, Now: t.cfg.now}
}

// close ends what fetches keys.
func (t *tool) close() {
	for _, c := range t.closers {
		_ = c.Close()
	}
}
