package launchtest

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// wire is what lies between the tool and Helsenorge's API. It keeps what the tool
// asks for, to compare one login with another, and hangs up on a tool that waits
// longer than it may.
type wire struct {
	sim    *Helsenorge
	api    http.Handler
	server *http.Server
	done   chan struct{}

	mu    sync.Mutex
	forms map[Endpoint][]url.Values
	over  context.Context // ends what is under way
	end   context.CancelFunc
}

func newWire(sim *Helsenorge) *wire {
	w := &wire{sim: sim, api: sim.APIHandler(), forms: map[Endpoint][]url.Values{}}
	w.over, w.end = context.WithCancel(context.Background())
	return w
}

// listen serves the API for a tool that runs already.
func (w *wire) listen(ctx context.Context, address string) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	w.server, w.done = &http.Server{Handler: w, ReadHeaderTimeout: 5 * time.Second}, make(chan struct{})
	go func() {
		defer close(w.done)
		_ = w.server.Serve(listener) // ends with the close
	}()
	return nil
}

// client reaches Helsenorge without a network.
func (w *wire) client() *http.Client {
	return &http.Client{Transport: network{w.sim.cfg.API: w, w.sim.cfg.Portal: w.sim.PortalHandler()}}
}

func (w *wire) close() {
	w.hangUp()
	if w.server != nil {
		_ = w.server.Close()
		<-w.done
	}
}

// hangUp ends every request that is under way.
func (w *wire) hangUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end()
	w.over, w.end = context.WithCancel(context.Background())
}

// ServeHTTP is the API. What comes before hangUp ends with it.
func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	w.mu.Lock()
	over := w.over
	w.mu.Unlock()
	defer context.AfterFunc(over, cancel)()
	w.keep(r)
	w.api.ServeHTTP(rw, r.WithContext(ctx))
}

// keep notes the form of a request, and leaves the request as it was.
func (w *wire) keep(r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxForm+1))
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), r.Body), r.Body}
	if err != nil || len(body) > maxForm {
		return
	}
	form, err := url.ParseQuery(string(body))
	for _, e := range []Endpoint{EndpointPAR, EndpointToken} {
		if err == nil && r.Method == http.MethodPost && r.URL.Path == paths[e] {
			w.mu.Lock()
			w.forms[e] = append(w.forms[e], form)
			w.mu.Unlock()
		}
	}
}

// asked gives the forms that an endpoint got after the first n.
func (w *wire) asked(e Endpoint, n int) []url.Values {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]url.Values(nil), w.forms[e][n:]...)
}

func (w *wire) count(e Endpoint) int { return len(w.asked(e, 0)) }
