package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// site is one of the addresses.
type site struct {
	listener net.Listener
	handler  http.Handler
}

func (s *site) url() string { return "http://" + s.listener.Addr().String() }

// listen takes all addresses, or none.
func listen(ctx context.Context, addresses ...string) ([]*site, error) {
	var sites []*site
	var config net.ListenConfig
	for _, address := range addresses {
		listener, err := config.Listen(ctx, "tcp", address)
		if err != nil {
			closeAll(sites)
			return nil, err
		}
		sites = append(sites, &site{listener: listener})
	}
	return sites, nil
}

func closeAll(sites []*site) {
	for _, s := range sites {
		_ = s.listener.Close()
	}
}

// serve answers until the context ends, and then what it has begun.
func serve(ctx context.Context, sites []*site) error {
	ended := make(chan error, len(sites))
	all, stop := context.WithCancel(ctx) // ends the requests that wait, too
	defer stop()
	for _, s := range sites {
		go func() { ended <- s.serve(all) }()
	}
	var first error
	for range sites {
		if err := <-ended; err != nil && first == nil {
			first = err
			stop()
		}
	}
	return first
}

func (s *site) serve(ctx context.Context) error {
	server := &http.Server{Handler: s.handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return ctx }}
	down := make(chan struct{})
	stopped := context.AfterFunc(ctx, func() {
		defer close(down)
		end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(end)
	})
	err := server.Serve(s.listener)
	if !stopped() {
		<-down
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
