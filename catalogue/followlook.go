package catalogue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
)

// FollowStatus says what a [Follower] serves and how good that is.
type FollowStatus struct {
	// Source is [FollowConfig.Name].
	Source string
	// Loaded is when the source gave what is served. Zero: it did not come from the source, but was in Live before.
	Loaded time.Time
	// Checked is when the source last said or showed that this is its newest. Zero: never.
	Checked time.Time
	// Age is the time since Checked, and the time since [Follow] while that is zero: what is served is no older than that by the source's
	// word, or at least that old without it.
	Age time.Duration
	// Err is why the last look at the source failed; nil if it did not. A [*DocumentError] and [ErrShrunk] say what is wrong with a document
	// that the source gave, and of which nothing was taken. With a [*ReplaceError] the look did not fail: all is served as the source has it
	// but for the tools that it names, which stay as they were. It stays until the source is put right.
	Err error
	// Failures is how many looks in a row failed.
	Failures int
	// Generation is one more for each index that was put in place.
	Generation uint64
	// Tools is how many there are, of every status.
	Tools int
	// SnapshotErr is why the snapshot could not be read or written the last time; nil if it could or there is none.
	SnapshotErr error
}

// Status says how things stand now.
func (f *Follower) Status() FollowStatus {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.status
	since := s.Checked
	if since.IsZero() {
		since = f.began
	}
	s.Age = max(f.cfg.Now().Sub(since), 0)
	s.Failures = f.when.Failures
	s.Tools = f.cfg.Live.Index().Len()
	return s
}

// look asks the source once.
func (f *Follower) look(ctx context.Context) {
	d, tag, err := f.cfg.Source.Fetch(ctx, f.knownTag())
	var changes Changes
	switch {
	case err == nil:
		changes, err = f.replace(d.Tools)
	case errors.Is(err, ErrUnchanged) && f.knownTag() != "":
		tag, err = f.knownTag(), nil
	case errors.Is(err, ErrUnchanged):
		err = fmt.Errorf("%w: want the document where no tag was given", ErrUnchanged)
	}
	f.report(ctx, changes, err)
	f.note(tag, changes, err)
	if !changes.Empty() {
		f.cfg.OnChange(changes)
	}
	if err == nil || inPart(err) {
		f.save(!changes.Empty())
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flight.Land()
	select {
	case f.landed <- struct{}{}:
	default:
	}
}

func (f *Follower) knownTag() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.tag
}

// inPart says that a look took all but the tools that the error names.
func inPart(err error) bool {
	var refused *ReplaceError
	return errors.As(err, &refused)
}

// replace puts the tools in place, if they differ from what is there. One that is refused must not hold back the withdrawal of another: a
// [*ReplaceError] comes with the changes that were made.
func (f *Follower) replace(tools []Tool) (Changes, error) {
	var changes Changes
	var refused *ReplaceError
	err := f.cfg.Live.Update(func(old *Index) (*Index, error) {
		next, bad, err := old.ReplaceAllowed(tools)
		if refused = bad; err != nil {
			return nil, err
		}
		changes = Diff(old, next)
		if changes.Empty() {
			return old, nil
		}
		next.Prepare() // so that nobody waits for it who searches
		return next, next.shrunk(old, f.cfg.MaxMissing)
	})
	switch {
	case err != nil:
		return Changes{}, err
	case refused != nil:
		return changes, refused
	}
	return changes, nil
}

// note keeps how the look ended.
func (f *Follower) note(tag string, changes Changes, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.status.Err = err
	switch {
	case inPart(err) && changes.Empty():
		tag = f.tag // that of what is served still
	case inPart(err):
		tag = "" // nothing that the source has is what is served; it is judged anew each time, so that the error stays
	case err != nil:
		f.when.Failed()
		return
	}
	now := f.cfg.Now()
	f.when.Fetched(f.cfg.Interval, 0)
	if tag != f.tag || f.status.Loaded.IsZero() || !changes.Empty() {
		f.status.Loaded = now
	}
	f.tag, f.status.Checked = tag, now
	if !changes.Empty() {
		f.status.Generation++
	}
}

func (f *Follower) report(ctx context.Context, changes Changes, err error) {
	what := "catalogue not refreshed"
	if inPart(err) {
		what = "catalogue refreshed in part"
	}
	if err != nil {
		f.cfg.Logger.LogAttrs(ctx, slog.LevelWarn, what, slog.String("source", f.cfg.Name), slog.String("reason", err.Error()))
	}
	if !changes.Empty() {
		f.cfg.Logger.LogAttrs(ctx, slog.LevelInfo, "catalogue changed", slog.String("source", f.cfg.Name),
			slog.Int("changes", len(changes.Tools)), slog.Int("stopped", len(changes.Stopped(f.cfg.Now()))), slog.Int("tools", f.cfg.Live.Index().Len()))
	}
}

// pause is how long to wait before the next look: the interval, or less after failures.
func (f *Follower) pause() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.when.Failures > 0 {
		return min(f.when.Wait(), f.cfg.Interval)
	}
	return f.cfg.Interval + time.Duration(rand.Int64N(int64(f.cfg.Interval/10)))
}
