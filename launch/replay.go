package launch

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"sync"
	"time"
)

// ReplayStore remembers which messages were used. Run
// launchtest.TestReplayStore on every implementation.
type ReplayStore interface {
	// Consume says whether this id of this issuer comes for the first time, and
	// remembers it in the same step: of many callers at once, on any number of
	// machines, exactly one gets true. It is remembered until then at least;
	// another until for the same id changes nothing. An issuer's ids mean
	// nothing for another issuer. Ids are compared byte for byte. When the
	// store cannot tell, or is full, it returns an error and the launch is
	// refused; it must never forget a live id to make room.
	Consume(ctx context.Context, issuer, id string, until time.Time) (first bool, err error)
}

// Forgetful is what a [ReplayStore] also is that does not outlive its process:
// messages issued before Since may have been used before and are refused.
type Forgetful interface {
	Since() time.Time
}

// MemoryReplayConfig has no required fields.
type MemoryReplayConfig struct {
	// Max is how many ids are kept. Zero or less means a million, at most 100 MiB.
	Max int
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// ErrReplayFull is what a [MemoryReplay] returns that has no room for live ids.
var ErrReplayFull = errors.New("launch: replay store is full")

// MemoryReplay is a [ReplayStore] for one process. It forgets everything when
// the process ends, and therefore is [Forgetful]; several processes behind one
// address need a shared store. Ids are forgotten a minute after their time at
// most, with the next call; it runs nothing of its own. A clock that is put back
// makes it refuse what it may have forgotten.
//
// What remains after a restart: a message that was used just before it can be
// used once more if its portal's clock is ahead, for as long as that, at most
// the accepted skew; and one that was used in the very second of the restart.
// Where that matters, use package launchsql.
type MemoryReplay struct {
	max   int
	now   func() time.Time
	since time.Time

	mu      sync.Mutex
	count   int
	gone    int64                                    // the last minute that was forgotten
	minutes map[int64]map[[sha256.Size]byte]struct{} // by the minute until which the ids are kept
}

var (
	_ ReplayStore = (*MemoryReplay)(nil)
	_ Forgetful   = (*MemoryReplay)(nil)
)

// NewMemoryReplay makes an empty store.
func NewMemoryReplay(cfg MemoryReplayConfig) *MemoryReplay {
	if cfg.Max <= 0 {
		cfg.Max = 1_000_000
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &MemoryReplay{max: cfg.Max, now: cfg.Now, since: cfg.Now(), minutes: map[int64]map[[sha256.Size]byte]struct{}{}}
}

// Since is when the store began to remember.
func (m *MemoryReplay) Since() time.Time { return m.since }

// Consume implements [ReplayStore]. The errors are the context's, [ErrReplayFull],
// and one for an until that is over, or was before the clock was put back.
func (m *MemoryReplay) Consume(ctx context.Context, issuer, id string, until time.Time) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.forget(now)
	if !until.After(now) || minuteOf(until) <= m.gone {
		return false, errors.New("launch: replay store: until is over")
	}
	key := replayKey(issuer, id)
	for _, ids := range m.minutes {
		if _, used := ids[key]; used {
			return false, nil
		}
	}
	return m.remember(key, until)
}

// minuteOf is the whole minute, counted since 1970, at whose end the time is over.
func minuteOf(until time.Time) int64 { return until.Unix()/60 + 1 }

func (m *MemoryReplay) remember(key [sha256.Size]byte, until time.Time) (bool, error) {
	if m.count >= m.max {
		return false, ErrReplayFull
	}
	minute := minuteOf(until)
	if m.minutes[minute] == nil {
		m.minutes[minute] = map[[sha256.Size]byte]struct{}{}
	}
	m.minutes[minute][key] = struct{}{}
	m.count++
	return true, nil
}

// forget drops whole minutes that are over.
func (m *MemoryReplay) forget(now time.Time) {
	for minute, ids := range m.minutes {
		if minute*60 <= now.Unix() {
			m.count -= len(ids)
			m.gone = max(m.gone, minute)
			delete(m.minutes, minute)
		}
	}
}

// replayKey takes the issuer's length in, so that no two pairs look alike.
func replayKey(issuer, id string) [sha256.Size]byte {
	text := make([]byte, 0, 512) // on the stack; longer ones are not
	text = binary.BigEndian.AppendUint64(text, uint64(len(issuer)))
	text = append(text, issuer...)
	return sha256.Sum256(append(text, id...))
}
