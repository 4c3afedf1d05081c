package refresh

import (
	"context"
	"sync"
	"time"
)

// Flight is at most one fetch at a time, for all who wait. It needs no making.
type Flight struct {
	running chan struct{} // closed when the fetch is over; nil: none runs
	cancel  context.CancelFunc
	closed  bool
	all     sync.WaitGroup
}

// Start gives the running fetch, or begins one if it is due, or nil. The fetch
// does not end with its caller: others wait for it, too. It must call [Flight.Land].
func (f *Flight) Start(due bool, timeout time.Duration, fetch func(ctx context.Context)) <-chan struct{} {
	if f.running == nil && due && !f.closed {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		f.running, f.cancel = make(chan struct{}), cancel
		f.all.Go(func() {
			defer cancel()
			fetch(ctx)
		})
	}
	return f.running
}

// Running says whether a fetch is under way.
func (f *Flight) Running() bool { return f.running != nil }

// Land lets those who wait go on.
func (f *Flight) Land() {
	close(f.running)
	f.running = nil
}

// Close lets no fetch begin any more, and ends a running one. [Flight.Wait] for it then, without the lock.
func (f *Flight) Close() {
	f.closed = true
	if f.running != nil {
		f.cancel()
	}
}

// Wait returns when no fetch runs.
func (f *Flight) Wait() { f.all.Wait() }
