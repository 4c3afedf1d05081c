package vendor

import (
	"context"
	"errors"
	"fmt"
)

// Registry looks organisations up by number. [Enhetsregisteret] asks the public
// register, [StaticRegistry] holds some in memory; [CheckRegistry] tries one out.
type Registry interface {
	// Lookup gives the organisation that has the number.
	//
	// A number that is none gives [ErrOrgNumber], one that the register does not
	// have [ErrNotFound], and everything that leaves the question open, an ended
	// context among it, [ErrUnavailable]; the Entity is then empty. An
	// organisation that was deleted gives [ErrDeleted] with what the register
	// still knows, at least the number. Errors are wrapped, and hold neither the
	// number nor anything of an answer. Lookup may be called from several
	// goroutines at once, and may be repeated.
	Lookup(ctx context.Context, number OrgNumber) (Entity, error)
}

// What callers tell apart with [errors.Is]; see [Registry].
var (
	ErrNotFound    = errors.New("vendor: the register has no such organisation")
	ErrDeleted     = errors.New("vendor: the organisation is deleted from the register")
	ErrUnavailable = errors.New("vendor: no usable answer from the register")
)

// Entity is what the register says of an organisation. The register shows it to
// everybody; a one-person business bears its owner's name.
type Entity struct {
	OrgNumber OrgNumber `json:"orgNumber"`
	// Name is in capitals in the public register.
	Name string `json:"name"`
	// Form is the code of the organisation's form, such as AS or ORGL.
	Form string `json:"form,omitempty"`
	// Registered is the day of registration. Empty means that it is not said.
	Registered Day `json:"registered,omitempty"`
	// Deleted is the day of deletion. Empty means not deleted, or, with [ErrDeleted], that the day is not said.
	Deleted Day `json:"deleted,omitempty"`
	// Bankrupt, Dissolving and ForcedDissolving say that the organisation is about to end.
	Bankrupt         bool `json:"bankrupt,omitempty"`
	Dissolving       bool `json:"dissolving,omitempty"`       // by its own decision
	ForcedDissolving bool `json:"forcedDissolving,omitempty"` // by a court's
	// Municipality is that of the business address, by name; may be empty.
	Municipality string `json:"municipality,omitempty"`
	// Parent is the organisation above it; empty for most.
	Parent OrgNumber `json:"parent,omitempty"`
}

// StaticRegistry holds organisations in memory, by number, for tests and for
// work without a network. Do not change one that is in use.
type StaticRegistry map[OrgNumber]Entity

var _ Registry = StaticRegistry(nil)

// NewStaticRegistry holds these. Of two with one number the last is kept.
func NewStaticRegistry(entities ...Entity) StaticRegistry {
	r := make(StaticRegistry, len(entities))
	for _, e := range entities {
		r[e.OrgNumber] = e
	}
	return r
}

// Lookup implements [Registry].
func (r StaticRegistry) Lookup(ctx context.Context, number OrgNumber) (Entity, error) {
	if !number.valid() {
		return Entity{}, ErrOrgNumber
	}
	if err := ctx.Err(); err != nil {
		return Entity{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	e, known := r[number]
	switch {
	case !known:
		return Entity{}, ErrNotFound
	case e.Deleted != "":
		return e, ErrDeleted
	}
	return e, nil
}
