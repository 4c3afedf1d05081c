package catalogue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/refresh"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// FollowConfig says how [Follow] keeps a [Live] fresh. Source and Name are required.
type FollowConfig struct {
	// Source is where the catalogue comes from.
	Source Source
	// Name is the source's in [FollowStatus], logs and the snapshot, 1 to 200 characters without line breaks; no secret. A snapshot of another name
	// is not used, so change it when the source becomes another one.
	Name string
	// Live gets the indexes, all with the [Options] of the one that it holds: begin with Options.NewIndex(nil) for synonyms of your own.
	// Nil means a new one. Nobody else should change it: a tool that the source does not have is withdrawn.
	Live *Live
	// Interval is the time between two looks at the source. Zero means 10 minutes; at least a second. A tenth of it at most is added by
	// chance, so that many programs do not come at once.
	Interval time.Duration
	// Timeout is for one look. Zero means 1 minute.
	Timeout time.Duration
	// Snapshot is the path of a file that serves when the source does not answer at the start, see [SaveSnapshot], and with
	// which OnChange learns what happened meanwhile. Empty means none.
	Snapshot string
	// MaxMissing is how many of the tools that can be found may be missing in a document, in percent; with more of them missing it is taken
	// for an accident and refused. Zero means 50; 100 allows all.
	MaxMissing int
	// Logger gets a line when something changed and when a look failed. Nil means none.
	Logger *slog.Logger
	// OnChange is told what changed, one change at a time and in order, after the new index is in place and before the snapshot is
	// written: after a crash in between it is told again. What is in a snapshot at the start was told before. It is called without a lock,
	// and may use all but [Follower.Refresh] and [Follower.Close]. The next look waits for it. Nil means nobody. A day that passes changes
	// nothing: for the listings and approvals that end by it, ask [Index.Ended].
	//
	// What happened while the program was down is told only if there is a Snapshot, or if Live holds what was known. Without them, and with
	// a snapshot that is damaged, all tools are new at the start, and [Changes.Stopped] has none of those that were withdrawn: look for
	// prescriptions of every tool that [Tool.CheckStart] refuses then.
	OnChange func(Changes)
	// Now is the clock for what [Follower.Status] says. Nil means [time.Now].
	Now func() time.Time
}

func (c *FollowConfig) fill() {
	if c.Live == nil {
		c.Live = NewLive(nil)
	}
	if c.Interval == 0 {
		c.Interval = 10 * time.Minute
	}
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	if c.MaxMissing == 0 {
		c.MaxMissing = mostMissing
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.OnChange == nil {
		c.OnChange = func(Changes) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
}

func (c *FollowConfig) check() error {
	var faults []string
	for _, f := range []struct {
		wrong bool
		what  string
	}{
		{unset.Is(c.Source), "field Source is nil"},
		{!oneLine(c.Name), "field Name: want 1 to 200 characters in one line"},
		{c.Interval < time.Second, "field Interval is less than a second"},
		{c.Timeout < 0, "field Timeout is negative"},
		{c.MaxMissing < 0 || c.MaxMissing > 100, "field MaxMissing is not within 0 and 100"},
	} {
		if f.wrong {
			faults = append(faults, f.what)
		}
	}
	if len(faults) > 0 {
		return errors.New("catalogue: invalid FollowConfig: " + strings.Join(faults, "; "))
	}
	return nil
}

func oneLine(s string) bool {
	c := &checker{}
	c.words("", s, maxName)
	return len(c.found) == 0 && !strings.ContainsAny(s, "\r\n\t")
}

// Follower keeps a [Live] fresh. Make one with [Follow], and close it. All methods may be called from many goroutines.
type Follower struct {
	cfg     FollowConfig
	closing chan struct{}
	close   sync.Once
	done    chan struct{}
	landed  chan struct{} // a look has ended, whoever began it

	mu     sync.Mutex
	flight refresh.Flight
	when   refresh.Schedule
	status FollowStatus
	tag    string
	began  time.Time
	saved  time.Time // Checked, as it is in the snapshot
}

// Follow reads the snapshot, looks at the source, and goes on to look at it until [Follower.Close]. A look that fails leaves what is
// there in use: from the source, from the snapshot, or what Live held before. If there is nothing of all that the error says why, and
// nothing goes on. When ctx ends, Follow does not wait for the first look any longer; it does not end what Follow began.
//
// What is loaded follows [Index.ReplaceAllowed]: nothing is lost and nothing is revived, and a tool that is refused stays as it was while
// the rest is taken; [FollowStatus] names it. A document with any other mistake is refused whole. A damaged snapshot, and one that would revive what Live has as withdrawn, is not used and is written anew when the source answers. A
// file that cannot be read, that is not a snapshot, or that is another source's, is an error, and left alone.
func Follow(ctx context.Context, cfg FollowConfig) (*Follower, error) {
	cfg.fill()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	f := &Follower{cfg: cfg, closing: make(chan struct{}), done: make(chan struct{}), landed: make(chan struct{}, 1),
		when: refresh.NewSchedule(cfg.Now), began: cfg.Now(), status: FollowStatus{Source: cfg.Name}}
	if err := f.restore(); err != nil && !errors.Is(err, ErrSnapshotDamaged) && !errors.Is(err, ErrReplace) {
		return nil, err
	}
	err := f.Refresh(ctx)
	if s := f.Status(); err != nil && s.Tools == 0 {
		close(f.done)
		_ = f.Close()
		return nil, fmt.Errorf("catalogue: nothing to serve: %w", errors.Join(err, s.SnapshotErr))
	}
	go f.run()
	return f, nil
}

// Live is the one that is kept fresh.
func (f *Follower) Live() *Live { return f.cfg.Live }

// ErrClosed is what [Follower.Refresh] gives after [Follower.Close].
var ErrClosed = errors.New("catalogue: follower is closed")

// Refresh looks at the source now, or waits for the look that is under way, and says how it ended. When ctx ends it waits no longer; the
// look goes on.
func (f *Follower) Refresh(ctx context.Context) error {
	f.mu.Lock()
	landed := f.flight.Start(true, f.cfg.Timeout, f.look)
	f.mu.Unlock()
	if landed == nil {
		return ErrClosed
	}
	select {
	case <-landed:
		return f.Status().Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends a look that is under way and lets none begin. What Live holds stays. It returns when nothing runs any more.
func (f *Follower) Close() error {
	f.close.Do(func() { close(f.closing) })
	f.mu.Lock()
	f.flight.Close()
	f.mu.Unlock()
	f.flight.Wait()
	<-f.done
	return nil
}

// run looks from time to time, counted from the last look.
func (f *Follower) run() {
	defer close(f.done)
	for {
		timer := time.NewTimer(f.pause())
		select {
		case <-timer.C:
			f.mu.Lock()
			landed := f.flight.Start(true, f.cfg.Timeout, f.look)
			f.mu.Unlock()
			if landed != nil {
				<-landed
			}
		case <-f.landed:
			timer.Stop()
		case <-f.closing:
			timer.Stop()
			return
		}
	}
}
