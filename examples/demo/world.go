package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// world is everything that the story needs: one catalogue, four sites, one clock.
type world struct {
	clock     *clock
	catalogue *catalogue.Live
	db        *sql.DB
	desk      *desk
	deskURL   string
	login     *launchtest.Helsenorge
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
	w.db = db
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
	if w.desk, err = newDesk(w.catalogue, w.clock.now, urls[0]); err != nil {
		return err
	}
	w.desk.lasting = o.lasting()
	w.deskURL = address(listeners[3])
	handlers, err := w.sites(db, people, urls, o)
	if err != nil {
		return err
	}
	for i, handler := range handlers {
		w.serve(listeners[i], handler)
	}
	return nil
}

// sites makes the parties, who know each other by a secret for as long as the demo runs.
func (w *world) sites(db *sql.DB, people []citizen, urls [3]string, o options) ([]http.Handler, error) {
	secret := rand.Text()
	keys, err := throwaway()
	if err != nil {
		return nil, err
	}
	if w.login, err = newLogin(urls, people, keys, w.clock.now); err != nil {
		return nil, err
	}
	if w.clinician, err = newClinician(prescriptionsql.NewFor(o.dialect(), db), db, w.catalogue, people, w.clock.now, urls, secret, o.log); err != nil {
		return nil, err
	}
	if w.portal, err = newPortal(w.catalogue, people, w.login, w.clock.now, urls, secret, o.log); err != nil {
		return nil, err
	}
	at := loginAt{w.login.Issuer(), w.login.Client(), keys.tool}
	if w.tool, err = newToolSite(at, w.catalogue, w.clock.now, urls, secret, o.log); err != nil {
		return nil, err
	}
	drawn, err := loadPages()
	if err != nil {
		return nil, err
	}
	first, err := w.clinician.handler(drawn, front(urls, w.deskURL))
	return []http.Handler{first, w.portal.handler(drawn), w.tool.handler(drawn), w.desk.handler(o.log)}, err
}

// recall brings back what was before: the desk's cases, or in a new database the one
// that begins the story, and the clinicians' past. The clock goes on from where the cases stopped.
func (w *world) recall(ctx context.Context) error {
	if err := w.desk.remember(ctx, w.db); err != nil {
		return err
	}
	w.clock.advance(max(0, w.desk.latest().Sub(w.clock.now())))
	if len(w.desk.files) == 0 {
		if _, err := w.desk.approve(ctx); err != nil {
			return err
		}
	}
	return w.clinician.recall(ctx)
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

// pace is the time between two looks at what waits to be told.
const pace = 2 * time.Second

// wait returns when the context ends or a server fails. Until then it delivers
// what could not be delivered at once.
func (w *world) wait(ctx context.Context) error {
	look := time.NewTicker(pace)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.failed:
			return err
		case <-look.C:
			w.clinician.tellSoon(ctx, "any")
			w.tool.deliver(ctx)
		}
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
