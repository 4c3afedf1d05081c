package launch

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// Signer signs messages: a [SigningKey], or a [KeyRing] that rotates by itself.
type Signer interface {
	// Sign makes a compact signed message with the header members alg, kid and typ.
	Sign(typ string, payload []byte) (string, error)
}

var (
	_ Signer = SigningKey{}
	_ Signer = (*KeyRing)(nil)
)

// KeyRingConfig says how keys rotate. Store is required; the durations' defaults
// are good for messages that live for minutes.
type KeyRingConfig struct {
	// Store keeps the keys, shared by all nodes that sign under one name.
	Store KeyStore
	// Algorithm is for new keys: ES256, RS256, PS256 and their kin, or EdDSA, as
	// the receivers take it. Empty means ES256. RSA keys have 2048 bits.
	Algorithm string
	// MaxAge is how long others may keep the published keys: the max-age of
	// [KeyRing.Handler]. Zero means 10 min; whole seconds, 1 min to 24 h.
	MaxAge time.Duration
	// MaxToken is the longest life of a message; one that lives longer is not
	// signed. Zero means 5 min; at most 24 h.
	MaxToken time.Duration
	// Skew is the greatest difference between any two clocks, of our nodes and
	// of who verifies. Zero means [DefaultSkew]; at most an hour.
	Skew time.Duration
	// MaxStale is how long a node goes on with what it knows when the store
	// cannot be had; after that it neither signs nor publishes. Zero means the
	// same as MaxAge; 1 s to 24 h. [KeyRing.Tick] must come more often.
	MaxStale time.Duration
	// RotateEvery is how long a key signs. Zero means 30 days; at least the sum
	// of the four durations above.
	RotateEvery time.Duration
	// Confirm is for a peer that takes keys by hand: a new key stays pending
	// until [KeyRing.Confirm] says that it was registered. Until then the key
	// before it goes on.
	Confirm bool
	// First is a key that is published already, for an empty store: it signs at
	// once. The zero SigningKey means that a new key is made. That one signs at
	// once, too, unless it waits for Confirm, since nobody can have kept a set
	// of keys without it; if another set was served at this address, it is not so.
	First SigningKey
	// Logger gets a warning from [KeyRing.Run] when the store cannot be had. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// What a ring says no with.
var (
	// ErrNoSigningKey says that no key may sign now: none is confirmed, or the
	// active one was revoked and its successor is not known to everybody yet.
	ErrNoSigningKey = errors.New("launch: no key of the ring may sign now")
	// ErrKeysStale says that the last good [KeyRing.Tick] was too long ago.
	ErrKeysStale = errors.New("launch: what the ring knows of its keys is too old")
	// ErrTokenLife says that a message lives for longer than MaxToken, or without end.
	ErrTokenLife = errors.New("launch: the message has no exp, or one after the ring's MaxToken")
	// ErrNoSuchKey says that the ring has no such kid.
	ErrNoSuchKey = errors.New("launch: no such key in the ring")
)

// KeyRing has the keys that a portal signs with, and rotates them so that nobody
// who keeps the published keys as he is told ever meets a message that he cannot
// check. The next key is always published ahead: when the active one must be
// revoked, it takes over at once.
//
//	may sign at     >= published + MaxAge + MaxStale + Skew
//	may be dropped  >= last signature + MaxToken + Skew + MaxAge
//
// The last signature is at most MaxStale after the next key took over. All
// depends on the clock and the store alone, so any number of nodes agree.
//
// The host calls [KeyRing.Tick] regularly, or [KeyRing.Run], mounts
// [KeyRing.Handler], and signs. Private keys leave the ring to its store only.
type KeyRing struct {
	cfg   KeyRingConfig
	turn  chan struct{} // whoever talks to the store has put something in
	view  atomic.Pointer[ringView]
	front *publishedKeys
}

// ringView is what one Tick has seen. It does not change.
type ringView struct {
	record  *ringRecord
	signers map[string]SigningKey
	keys    []PublicKey // of the record, one for each
	loaded  time.Time
}

// NewKeyRing copies and checks the configuration; the error names every fault.
// Nothing is loaded yet: the ring signs and publishes after the first [KeyRing.Tick].
func NewKeyRing(cfg KeyRingConfig) (*KeyRing, error) {
	cfg.fill()
	if err := cfg.faults().err("KeyRingConfig"); err != nil {
		return nil, err
	}
	front := &publishedKeys{now: cfg.Now, maxAge: cfg.MaxAge, maxStale: cfg.MaxStale}
	return &KeyRing{cfg: cfg, turn: make(chan struct{}, 1), front: front}, nil
}

func (cfg *KeyRingConfig) fill() {
	defaultTo(&cfg.MaxAge, 10*time.Minute)
	defaultTo(&cfg.MaxToken, 5*time.Minute)
	defaultTo(&cfg.Skew, DefaultSkew)
	defaultTo(&cfg.MaxStale, cfg.MaxAge)
	defaultTo(&cfg.RotateEvery, 30*24*time.Hour)
	if cfg.Algorithm == "" {
		cfg.Algorithm = "ES256"
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
}

func (cfg KeyRingConfig) faults() faults {
	var f faults
	f.check(!unset.Is(cfg.Store), "field Store is nil")
	f.check(jose.Known(cfg.Algorithm), "field Algorithm is not one of ES256, EdDSA and their kin")
	f.check(cfg.MaxAge >= time.Minute && cfg.MaxAge <= 24*time.Hour && cfg.MaxAge%time.Second == 0, "field MaxAge is not whole seconds from 1 min to 24 h")
	f.check(cfg.MaxToken > 0 && cfg.MaxToken <= 24*time.Hour, "field MaxToken is not within 0 and 24 h")
	f.check(cfg.Skew > 0 && cfg.Skew <= time.Hour, "field Skew is not within 0 and 1 h")
	f.check(cfg.MaxStale >= time.Second && cfg.MaxStale <= 24*time.Hour, "field MaxStale is not within 1 s and 24 h")
	f.check(cfg.RotateEvery >= cfg.MaxAge+cfg.MaxStale+cfg.MaxToken+cfg.Skew, "field RotateEvery is less than MaxAge, MaxStale, MaxToken and Skew together")
	return f
}

func (cfg KeyRingConfig) schedule() schedule {
	return schedule{cfg.MaxAge.Microseconds(), cfg.MaxStale.Microseconds(), cfg.MaxToken.Microseconds(), cfg.Skew.Microseconds()}
}

// Sign implements [Signer] with the active key. The payload is a JSON object
// with an exp of at most MaxToken from now; nothing else of it is checked. The
// store is not asked. Errors: [ErrKeysStale], [ErrNoSigningKey], [ErrTokenLife].
func (r *KeyRing) Sign(typ string, payload []byte) (string, error) {
	view, now := r.view.Load(), r.cfg.Now()
	if view == nil || stale(view.loaded, now, r.cfg.MaxStale) {
		return "", ErrKeysStale
	}
	at, found := view.record.with(micros(now), KeyActive)
	if !found {
		return "", ErrNoSigningKey
	}
	if !endsBy(payload, now.Add(r.cfg.MaxToken)) {
		return "", ErrTokenLife
	}
	key, have := view.signers[view.record.Keys[at].ID]
	if !have {
		return "", ErrNoSigningKey
	}
	return key.Sign(typ, payload)
}

// stale is also true when the clock went back.
func stale(loaded, now time.Time, most time.Duration) bool {
	age := now.Sub(loaded)
	return age < 0 || age > most
}

func endsBy(payload []byte, latest time.Time) bool {
	v, err := strictjson.Parse(payload, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return false
	}
	exp, _ := v.Member("exp")
	at, good := numericDate(exp)
	return good && !at.After(latest)
}

// KeyState is a key of the ring, to be shown. Times are UTC; the zero time means
// that it is not decided.
type KeyState struct {
	ID        string    `json:"kid"`
	Algorithm string    `json:"alg"`
	Phase     KeyPhase  `json:"phase"`
	Waits     bool      `json:"waits"`     // for Confirm
	Published time.Time `json:"published"` // when it was made
	Signs     time.Time `json:"signs"`     // from when it signs
	Retires   time.Time `json:"retires"`   // when the next one takes over
	Leaves    time.Time `json:"leaves"`    // when it is published no more
}

// States tells of all keys that the last [KeyRing.Tick] saw, in the order of
// their publication, as of now; none before the first.
func (r *KeyRing) States() []KeyState {
	view := r.view.Load()
	if view == nil {
		return nil
	}
	now := micros(r.cfg.Now())
	states := make([]KeyState, len(view.record.Keys))
	for i, k := range view.record.Keys {
		states[i] = KeyState{ID: k.ID, Algorithm: view.keys[i].key.Algorithm, Phase: view.record.phase(i, now),
			Waits: k.waits(), Published: timeOf(k.Published), Signs: timeOf(k.Signs),
			Retires: timeOf(view.record.retires(i)), Leaves: timeOf(view.record.leaves(i))}
	}
	return states
}

// Keys are the public keys that are published now, as JWKs to be registered by
// hand where that is needed; none before the first [KeyRing.Tick].
func (r *KeyRing) Keys() []PublicKey {
	view := r.view.Load()
	if view == nil {
		return nil
	}
	return view.published(micros(r.cfg.Now()))
}

func (v *ringView) published(now int64) []PublicKey {
	var keys []PublicKey
	for i, k := range v.keys {
		if v.record.phase(i, now) != KeyGone {
			keys = append(keys, k)
		}
	}
	return keys
}

// Format prints [redacted], whatever the verb.
func (r *KeyRing) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (r *KeyRing) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (r *KeyRing) LogValue() slog.Value { return slog.StringValue(redacted) }
