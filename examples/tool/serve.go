package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// serve answers until the context ends, and then what it has begun.
func serve(ctx context.Context, cfg config, handler http.Handler, stderr io.Writer) int {
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		fmt.Fprintln(stderr, "tool:", err)
		return 1
	}
	fmt.Fprintln(stderr, "tool: listening on http://"+listener.Addr().String())
	if cfg.has(helsenorge.ID) {
		fmt.Fprintln(stderr, "tool: citizens start it at "+cfg.address(startPath))
	}
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
