package prescription

import (
	"context"
	"errors"
	"fmt"
)

// Inspector is a store that can look at what it keeps besides prescriptions and
// their trail.
type Inspector interface {
	// Inspect gives an error that wraps [ErrAudit] and names the place where
	// something of that contradicts the trail.
	Inspect(ctx context.Context) error
}

// VerifyContent asks [Prescription.CheckAudit] of every prescription of a store
// and says how many there were. It finds what [VerifyAll] does not look at: that
// a text, a time, a tool or any other field was changed behind the trail's back,
// and an identity number whose check digits do not fit. It reads each
// prescription by itself, so it takes longer, and others may go on meanwhile. At
// the end it asks the store, if that is an [Inspector]. Errors wrap [ErrAudit] or
// [ErrNationalID] with the prescription's id, or are those of the store.
func VerifyContent(ctx context.Context, st interface {
	Store
	Auditor
}) (prescriptions int64, err error) {
	var ids []ID
	err = st.AuditAll(ctx, func(h AuditHead, _ AuditEntry) error {
		if len(ids) == 0 || ids[len(ids)-1] != h.ID {
			ids = append(ids, h.ID)
		}
		return nil
	})
	for i := 0; i < len(ids) && err == nil; i++ {
		err = verifyOne(ctx, st, ids[i])
		prescriptions++
	}
	if in, ok := st.(Inspector); ok && err == nil {
		err = in.Inspect(ctx)
	}
	return prescriptions, err
}

const tries = 10 // to read one that others change meanwhile

func verifyOne(ctx context.Context, st Store, id ID) (err error) {
	for range tries {
		var p Prescription
		var entries []AuditEntry
		if p, err = st.Get(ctx, id); err == nil {
			entries, err = st.Audit(ctx, id)
		}
		if err == nil {
			err = p.CheckAudit(entries)
		}
		if !errors.Is(err, ErrAudit) || int64(len(entries)) <= p.Version {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("prescription %s: %w", clip(id), err)
	}
	return nil
}
