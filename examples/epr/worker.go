package main

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// worker delivers what is due, and takes the tools' reports, until it is stopped.
// Several may run.
func (e *epr) worker(ctx context.Context) error {
	handler, err := report.NewHandler(report.HandlerConfig{Service: e.service, Store: e.store, Authenticate: e.caller, Logger: e.log})
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", e.listen)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("/reports", handler)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	fmt.Fprintf(e.out, "tools report to http://%s/reports\n", listener.Addr())
	err = e.deliverUntil(ctx, served)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, server.Shutdown(end))
}

func (e *epr) deliverUntil(ctx context.Context, served <-chan error) error {
	tick := time.NewTicker(e.every)
	defer tick.Stop()
	for {
		e.deliverDue(ctx)
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			return err
		case <-tick.C:
		}
	}
}

// deliverDue goes on after errors: what failed waits in the outbox. When the
// worker is stopped, it has five seconds for what it has begun; what is cut off
// then waits for five minutes, until it is another worker's.
func (e *epr) deliverDue(ctx context.Context) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(5*time.Second, cancel) })()
	n, err := e.service.Drain(longer, e.store, prescription.Routes{prescription.ForPortal: e.portal})
	if n > 0 {
		fmt.Fprintln(e.out, "delivered:", n)
	}
	if err != nil {
		e.log.WarnContext(ctx, "not all could be delivered; it is tried again, or waits for release", "error", err)
	}
	if e.dialect() == prescriptionsql.SQLite {
		if _, err := prescriptionsql.TrimWAL(longer, e.db, prescriptionsql.WALLimit); err != nil {
			e.log.WarnContext(ctx, "the file beside the database is not emptied", "error", err)
		}
	}
}

// caller is the tool whose secret it is.
func (e *epr) caller(r *http.Request) (report.Caller, error) {
	given, is := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	for secret, tool := range e.tools {
		if is && subtle.ConstantTimeCompare([]byte(secret), []byte(given)) == 1 {
			return report.Caller{Tool: tool, ID: string(tool)}, nil
		}
	}
	return report.Caller{}, errors.New("want Authorization: Bearer and a tool's secret")
}
