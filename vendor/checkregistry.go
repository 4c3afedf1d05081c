package vendor

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// RegistryCase is what a registry under trial holds.
type RegistryCase struct {
	// Known is an organisation that exists, as Lookup must give it; required.
	Known Entity
	// Deleted is the number of one that was deleted. Empty leaves it out.
	Deleted OrgNumber
	// Unknown is a number that nobody has; required.
	Unknown OrgNumber
}

// CheckRegistry tries whether a registry keeps the promises of [Registry], and
// names every one that it breaks; nil means none was found broken. Run it with
// the race detector in the tests of an implementation. It makes about fifty
// lookups: do not run it against the public register.
func CheckRegistry(ctx context.Context, r Registry, c RegistryCase) error {
	if !c.Known.OrgNumber.valid() || !c.Unknown.valid() {
		return errors.New("vendor: invalid RegistryCase: want Known and Unknown")
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	return errors.Join(
		expect(ctx, r, "a known number", c.Known.OrgNumber, c.Known, nil),
		expect(ctx, r, "an unknown number", c.Unknown, Entity{}, ErrNotFound),
		expect(ctx, r, "no number", "", Entity{}, ErrOrgNumber),
		expect(ctx, r, "a number with a wrong check digit", "999999998", Entity{}, ErrOrgNumber),
		expect(ended, r, "an ended context", c.Known.OrgNumber, Entity{}, ErrUnavailable),
		expect(ended, r, "an ended context's own error", c.Known.OrgNumber, Entity{}, context.Canceled),
		expectDeleted(ctx, r, c.Deleted),
		expectTogether(ctx, r, c.Known),
	)
}

func expect(ctx context.Context, r Registry, what string, number OrgNumber, want Entity, wantErr error) error {
	got, err := r.Lookup(ctx, number)
	switch {
	case !errors.Is(err, wantErr):
		return fmt.Errorf("vendor: %s: want error %v, got %v", what, wantErr, err)
	case got != want:
		return fmt.Errorf("vendor: %s: got another entity", what)
	}
	return nil
}

func expectDeleted(ctx context.Context, r Registry, number OrgNumber) error {
	if number == "" {
		return nil
	}
	got, err := r.Lookup(ctx, number)
	switch {
	case !errors.Is(err, ErrDeleted):
		return fmt.Errorf("vendor: a deleted number: want error %v, got %v", ErrDeleted, err)
	case got.OrgNumber != number:
		return errors.New("vendor: a deleted number: want an entity with the number")
	}
	return nil
}

// expectTogether looks up from several goroutines at once.
func expectTogether(ctx context.Context, r Registry, want Entity) error {
	var group sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		group.Go(func() {
			for range 5 {
				errs[i] = errors.Join(errs[i], expect(ctx, r, "at the same time as others", want.OrgNumber, want, nil))
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}
