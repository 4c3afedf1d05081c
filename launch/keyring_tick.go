package launch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Tick does what is due: it makes the next key, lets go of old ones, and learns
// what other nodes did. Call it when the program starts and then several times
// within MaxStale, or let [KeyRing.Run] do that. It may be called on any number
// of nodes at once. After an error the ring goes on with what it knows until
// MaxStale. Errors: those of the store, and [ErrKeyRecord].
func (r *KeyRing) Tick(ctx context.Context) error {
	return r.update(ctx, func(*ringRecord, int64) error { return nil })
}

// Run calls Tick now, and then four times within MaxStale, but once a minute at
// least, until ctx ends. Errors go to the Logger.
func (r *KeyRing) Run(ctx context.Context) {
	every := min(r.cfg.MaxStale/4, time.Minute)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		r.tickWithin(ctx, every)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (r *KeyRing) tickWithin(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := r.Tick(ctx); err != nil && !errors.Is(err, context.Canceled) {
		r.cfg.Logger.WarnContext(ctx, "keys cannot be brought up to date", "cause", err)
	}
}

// Confirm says that a pending key was registered where a human must do that. It
// takes over when it would have done, or at once if that is past. A key that
// need not wait, or was confirmed before, stays as it is. Errors: [ErrNoSuchKey]
// and those of Tick.
func (r *KeyRing) Confirm(ctx context.Context, kid string) error {
	return r.update(ctx, func(record *ringRecord, now int64) error {
		i, err := record.index(kid)
		if err == nil && record.Keys[i].waits() && record.Keys[i].Revoked == 0 {
			record.Keys[i].Confirmed = now
			record.plan(i, r.cfg.RotateEvery.Microseconds(), now)
		}
		return err
	})
}

// Rotate lets the pending key take over as soon as everybody has it, without
// waiting for RotateEvery. It gives that time. Errors: [ErrNoSigningKey] when the
// pending key waits for Confirm, and those of Tick.
func (r *KeyRing) Rotate(ctx context.Context) (at time.Time, err error) {
	err = r.update(ctx, func(record *ringRecord, now int64) error {
		i, found := record.with(now, KeyPending)
		if !found || record.Keys[i].waits() {
			return fmt.Errorf("%w: the next one waits for Confirm", ErrNoSigningKey)
		}
		record.Keys[i].hurry(now)
		at = timeOf(record.Keys[i].Signs)
		return nil
	})
	return at, err
}

func (k *ringKey) hurry(now int64) { k.Signs = max(k.Ready, k.Confirmed, now) }

// Revoke drops a key at once: this node neither signs with it nor publishes it
// any more, other nodes neither after their next Tick, and the next key takes
// over as soon as everybody has it, as a rule at once. Whoever keeps published
// keys as he is told trusts the old one until trusted; tell those who keep keys
// for longer, or by hand. What the key has signed is refused by and by, too.
// Errors: [ErrNoSuchKey] and those of Tick; then try again, it may not be revoked.
func (r *KeyRing) Revoke(ctx context.Context, kid string) (trusted time.Time, err error) {
	err = r.update(ctx, func(record *ringRecord, now int64) error {
		i, err := record.index(kid)
		if err != nil {
			return err
		}
		record.revoke(i, now)
		trusted = timeOf(record.Keys[i].Revoked + record.Schedule.lead())
		return nil
	})
	return trusted, err
}

func (r *ringRecord) revoke(i int, now int64) {
	phase := r.phase(i, now)
	if phase == KeyGone {
		return
	}
	r.Keys[i].Revoked = now
	if phase == KeyPending {
		r.Keys[i].Signs = 0
	}
	next, found := r.with(now, KeyPending)
	if phase == KeyActive && found && !r.Keys[next].waits() {
		r.Keys[next].hurry(now)
	}
}

// maxTries bounds how often others may be faster.
const maxTries = 16

// update edits the record, advances it, saves it if it has changed, and takes
// over what is then in the store.
func (r *KeyRing) update(ctx context.Context, edit func(record *ringRecord, now int64) error) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for range maxTries {
		err := r.try(ctx, edit)
		if !errors.Is(err, ErrKeyConflict) {
			return err
		}
	}
	return ErrKeyConflict
}

func (r *KeyRing) try(ctx context.Context, edit func(record *ringRecord, now int64) error) error {
	now := r.cfg.Now() // before loading: what is loaded is no older
	stored, revision, err := r.cfg.Store.Load(ctx)
	if err != nil {
		return fmt.Errorf("launch: load keys: %w", err)
	}
	record := &ringRecord{Version: recordVersion}
	if revision > 0 {
		if record, err = parseRecord(stored); err != nil {
			return err
		}
	}
	if err := r.advance(record, revision == 0, micros(now)); err != nil {
		return err
	}
	if err := edit(record, micros(now)); err != nil {
		return err
	}
	if err := r.advance(record, false, micros(now)); err != nil {
		return err
	}
	return r.keep(ctx, record, stored, revision, now)
}

// keep saves the record if it is not the stored one, and makes it the view.
func (r *KeyRing) keep(ctx context.Context, record *ringRecord, stored KeyRecord, revision int64, now time.Time) error {
	view, err := newView(record, now)
	if err != nil {
		return err
	}
	data, err := record.marshal()
	if err != nil {
		return fmt.Errorf("launch: save keys: %w", err)
	}
	if !bytes.Equal(data, stored) {
		if err := r.cfg.Store.Save(ctx, data, revision); err != nil {
			return fmt.Errorf("launch: save keys: %w", err)
		}
	}
	r.view.Store(view)
	return r.front.publish(view.published(micros(now)), now)
}

// advance makes keys until one is pending, and forgets what is over.
func (r *KeyRing) advance(record *ringRecord, empty bool, now int64) error {
	record.Schedule = record.Schedule.raised(r.cfg.schedule())
	record.tidy(now)
	for {
		if _, found := record.with(now, KeyPending); found {
			return nil
		}
		first := empty && len(record.Keys) == 0
		if err := r.add(record, first, now); err != nil {
			return err
		}
	}
}

// add publishes a key. The first of an empty store is ready at once.
func (r *KeyRing) add(record *ringRecord, first bool, now int64) error {
	key, given := r.cfg.First, first && r.cfg.First.signer != nil
	if !given {
		signer, err := jose.Generate(r.cfg.Algorithm)
		if err != nil {
			return fmt.Errorf("launch: new key: %w", err)
		}
		key = SigningKey{signer}
	}
	k, err := newRingKey(key)
	if err != nil {
		return err
	}
	k.Published, k.Ready, k.Wait = now, now+record.Schedule.lead(), r.cfg.Confirm && !given
	if first {
		k.Ready = now
	}
	record.Keys = append(record.Keys, k)
	record.plan(len(record.Keys)-1, r.cfg.RotateEvery.Microseconds(), now)
	return nil
}

func newRingKey(key SigningKey) (ringKey, error) {
	private, err := key.PrivateJWK()
	if err != nil {
		return ringKey{}, err
	}
	public, err := key.Public().MarshalJSON()
	if err != nil {
		return ringKey{}, fmt.Errorf("launch: new key: %w", err)
	}
	return ringKey{ID: key.Public().ID(), Public: string(public), Private: string(private)}, nil
}

func newView(record *ringRecord, now time.Time) (*ringView, error) {
	v := &ringView{record: &ringRecord{Schedule: record.Schedule}, signers: map[string]SigningKey{}, loaded: now}
	for i, k := range record.Keys {
		public, err := ParsePublicKey([]byte(k.Public))
		if err != nil || public.ID() != k.ID {
			return nil, fmt.Errorf("%w: key %d", ErrKeyRecord, i)
		}
		if k.Private != "" {
			if v.signers[k.ID], err = ParseSigningKey([]byte(k.Private)); err != nil {
				return nil, fmt.Errorf("%w: key %d", ErrKeyRecord, i)
			}
		}
		k.Private = ""
		v.keys, v.record.Keys = append(v.keys, public), append(v.record.Keys, k)
	}
	return v, nil
}
