package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// world is everything that the story needs: one catalogue, four sites, one clock.
type world struct {
	clock     *clock
	catalogue *catalogue.Live
	desk      *desk
	deskURL   string
	clinician *clinician
	portal    *portal
	tool      *toolSite
	servers   []*http.Server
	failed    chan error
	closers   []func()
}

// newWorld opens the database, wires the parties and starts their servers.
func newWorld(ctx context.Context, o options) (*world, error) {
	w := &world{clock: newClock(), failed: make(chan error, 4)}
	if err := w.build(ctx, o); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *world) build(ctx context.Context, o options) error {
	tools, err := sample.Index()
	if err != nil {
		return err
	}
	w.catalogue = catalogue.NewLive(tools)
	db, closing, err := openDatabase(ctx, o)
	if err != nil {
		return err
	}
	w.closers = append(w.closers, closing)
	listeners, err := listen(o.addr)
	if err != nil {
		return err
	}
	people, err := citizens()
	if err != nil {
		return err
	}
	urls := [3]string{address(listeners[0]), address(listeners[1]), address(listeners[2])}
	w.desk = newDesk(w.catalogue, w.clock.now, urls[0])
	w.deskURL = address(listeners[3])
	secret := rand.Text() // what the three sites know each other by, for as long as the demo runs
	if w.clinician, err = newClinician(db, w.catalogue, people, w.clock.now, urls, secret, o.log); err != nil {
		return err
	}
	if w.portal, err = newPortal(w.catalogue, people, w.clock.now, urls, secret); err != nil {
		return err
	}
	if w.tool, err = newToolSite(w.clock.now, urls, secret, o.log); err != nil {
		return err
	}
	drawn, err := loadPages()
	if err != nil {
		return err
	}
	for i, handler := range []http.Handler{w.clinician.handler(drawn), w.portal.handler(drawn), w.tool.handler(drawn), w.desk.handler(o.log)} {
		w.serve(listeners[i], handler)
	}
	return nil
}

// listen opens the four addresses: the one given and the next three ports.
func listen(addr string) ([4]net.Listener, error) {
	var out [4]net.Listener
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return out, fmt.Errorf("-addr: %q, want host:port such as 127.0.0.1:8740", addr)
	}
	first, err := strconv.Atoi(port)
	if err != nil {
		return out, fmt.Errorf("-addr: port %q, want a number", port)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return out, fmt.Errorf("-addr: host %q, want a loopback address such as 127.0.0.1: the demo has no real login", host)
	}
	for i := range out {
		next := 0
		if first != 0 {
			next = first + i
		}
		if out[i], err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err != nil {
			closeAll(out[:i])
			return out, fmt.Errorf("-addr: %w (choose another with -addr)", err)
		}
	}
	return out, nil
}

func closeAll(listeners []net.Listener) {
	for _, l := range listeners {
		l.Close()
	}
}

func address(l net.Listener) string { return "http://" + l.Addr().String() }

func (w *world) serve(l net.Listener, handler http.Handler) {
	s := &http.Server{Handler: handler, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	w.servers = append(w.servers, s)
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			w.failed <- err
		}
	}()
}

// wait returns when the context ends or a server fails.
func (w *world) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-w.failed:
		return err
	}
}

func (w *world) close() {
	for _, s := range w.servers {
		s.Close()
	}
	for _, closing := range w.closers {
		closing()
	}
}
