package launch

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// KeyPhase is where a key of a [KeyRing] stands.
type KeyPhase string

// The phases, in their order.
const (
	KeyPending  KeyPhase = "pending"  // published, does not sign yet
	KeyActive   KeyPhase = "active"   // signs
	KeyRetiring KeyPhase = "retiring" // published for the messages under way
	KeyGone     KeyPhase = "gone"     // not published any more, or revoked
)

// recordVersion is the form of the record that this program reads and writes.
const recordVersion = 1

// ringRecord is what the nodes share. Times are microseconds since 1970 in UTC,
// 0 for none; durations are microseconds.
type ringRecord struct {
	Version  int       `json:"version"`
	Schedule schedule  `json:"schedule"`
	Keys     []ringKey `json:"keys"` // in the order in which they were published
}

// schedule has the greatest values that any node was ever configured with: what
// was promised once is kept.
type schedule struct {
	MaxAge   int64 `json:"maxAge"`
	MaxStale int64 `json:"maxStale"`
	MaxToken int64 `json:"maxToken"`
	Skew     int64 `json:"skew"`
}

func (s schedule) raised(to schedule) schedule {
	return schedule{max(s.MaxAge, to.MaxAge), max(s.MaxStale, to.MaxStale), max(s.MaxToken, to.MaxToken), max(s.Skew, to.Skew)}
}

// lead is from the publication of a key until everybody has it: another node may
// serve what it knew MaxStale ago, and a cache keep that for MaxAge.
func (s schedule) lead() int64 { return s.MaxStale + s.MaxAge + s.Skew }

// keep is from the take-over by the next key until nobody needs the old one: a
// node that has not heard of it may sign for MaxStale, the message lives for
// MaxToken, and caches are given MaxAge.
func (s schedule) keep() int64 { return s.lead() + s.MaxToken }

type ringKey struct {
	ID        string `json:"kid"`
	Public    string `json:"public"`            // JWK
	Private   string `json:"private,omitempty"` // JWK; dropped as soon as the key signs no more
	Published int64  `json:"published"`
	Ready     int64  `json:"ready"` // everybody has it from here on
	Wait      bool   `json:"wait"`  // for Confirm
	Confirmed int64  `json:"confirmed"`
	Signs     int64  `json:"signs"` // takes over here; 0: not decided
	Revoked   int64  `json:"revoked"`
}

func (k ringKey) waits() bool { return k.Wait && k.Confirmed == 0 }

func parseRecord(data KeyRecord) (*ringRecord, error) {
	r := &ringRecord{}
	if err := strictjson.Unmarshal(data, r, strictjson.Document()); err != nil {
		return nil, fmt.Errorf("%w: want the JSON of a key ring (is it sealed with a passphrase, or from a newer program?)", ErrKeyRecord)
	}
	if r.Version != recordVersion {
		return nil, fmt.Errorf("%w: version %d, the program knows %d", ErrKeyRecord, r.Version, recordVersion)
	}
	return r, nil
}

func (r *ringRecord) marshal() (KeyRecord, error) {
	data, err := json.Marshal(r)
	return KeyRecord(data), err
}

// phase depends on the clock and the record only.
func (r *ringRecord) phase(i int, now int64) KeyPhase {
	k := r.Keys[i]
	over := r.retires(i)
	switch {
	case k.Revoked != 0:
		return KeyGone
	case k.Signs == 0 || now < k.Signs:
		return KeyPending
	case over == 0 || now < over:
		return KeyActive
	case now < over+r.Schedule.keep():
		return KeyRetiring
	}
	return KeyGone
}

// retires is when the next key takes over, 0 if that is not decided. A take-over
// stands also when the next key was revoked later: nothing goes back to an old key.
func (r *ringRecord) retires(i int) int64 {
	for _, next := range r.Keys[i+1:] {
		if next.Signs != 0 {
			return next.Signs
		}
	}
	return 0
}

// leaves is when the key is published no more, 0 if that is not decided.
func (r *ringRecord) leaves(i int) int64 {
	if r.Keys[i].Revoked != 0 {
		return r.Keys[i].Revoked
	}
	if over := r.retires(i); over != 0 {
		return over + r.Schedule.keep()
	}
	return 0
}

// with says whether a key is in one of the phases, and where the last one is.
func (r *ringRecord) with(now int64, phases ...KeyPhase) (at int, found bool) {
	for i := range r.Keys {
		if slices.Contains(phases, r.phase(i, now)) {
			at, found = i, true
		}
	}
	return at, found
}

func (r *ringRecord) index(id string) (int, error) {
	i := slices.IndexFunc(r.Keys, func(k ringKey) bool { return k.ID == id })
	if i < 0 {
		return 0, ErrNoSuchKey
	}
	return i, nil
}

// plan decides when the pending key i takes over: when its predecessor has
// signed for long enough, and everybody has it, and whoever must has confirmed it.
func (r *ringRecord) plan(i int, every, now int64) {
	k := &r.Keys[i]
	if k.waits() {
		return
	}
	signs := max(k.Ready, k.Confirmed)
	if at, found := r.with(now, KeyActive); found {
		signs = max(signs, r.Keys[at].Signs+every)
	}
	k.Signs = signs
}

// tidy forgets private parts that sign no more, and keys that are gone.
func (r *ringRecord) tidy(now int64) {
	for i := range r.Keys {
		over := r.retires(i)
		if r.Keys[i].Revoked != 0 || over != 0 && now >= over+r.Schedule.MaxStale+r.Schedule.Skew {
			r.Keys[i].Private = ""
		}
	}
	keep := r.Keys[:0:0]
	for i, k := range r.Keys {
		revokedLately := k.Revoked != 0 && now < k.Revoked+r.Schedule.keep()
		if revokedLately || r.phase(i, now) != KeyGone {
			keep = append(keep, k)
		}
	}
	r.Keys = keep
}

func micros(t time.Time) int64 { return t.UnixMicro() }

// timeOf is the zero time for 0.
func timeOf(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
