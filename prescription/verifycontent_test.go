package prescription_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// meddler is a store in which somebody changes what is read, or goes on between
// two reads.
type meddler struct {
	*prescription.Memory
	edit    func(*prescription.Prescription)
	between func()
}

func (m meddler) Get(ctx context.Context, id prescription.ID) (prescription.Prescription, error) {
	p, err := m.Memory.Get(ctx, id)
	if m.edit != nil {
		m.edit(&p)
	}
	if m.between != nil {
		m.between()
	}
	return p, err
}

func TestVerifyContentFindsAChangedLetter(t *testing.T) {
	w := newWorld(t)
	trail(t, w, "visit-1")
	p := w.prescribe(t, request("visit-2"))
	n, err := prescription.VerifyContent(t.Context(), w.store)
	require.NoError(t, err)
	assert.EqualValues(t, 2, n)
	_, err = prescription.VerifyContent(t.Context(), meddler{w.store, func(found *prescription.Prescription) {
		if found.ID == p.ID {
			found.Text = "Øv litt hver kveld!"
		}
	}, nil})
	require.EqualError(t, err, "prescription "+string(p.ID)+": prescription: audit trail is broken: the prescription has another Text than its entries say")
	require.ErrorIs(t, err, prescription.ErrAudit)
	_, err = prescription.VerifyAll(t.Context(), w.store, nil)
	require.NoError(t, err, "the control")
}

func TestVerifyContentWhileOthersGoOn(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	left := 3
	_, err := prescription.VerifyContent(t.Context(), meddler{w.store, nil, func() {
		if left--; left >= 0 {
			now, err := w.Get(t.Context(), w.store, p.ID)
			require.NoError(t, err)
			_, err = w.Note(t.Context(), w.store, ref(now), therapist, "videre")
			require.NoError(t, err)
		}
	}})
	require.NoError(t, err)
	assert.Equal(t, -1, left)
}

func TestVerifyContentGivesTheStoresError(t *testing.T) {
	w := newWorld(t)
	w.prescribe(t, request("visit-1"))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := prescription.VerifyContent(ctx, meddler{w.store, func(*prescription.Prescription) { cancel() }, nil})
	require.ErrorIs(t, err, context.Canceled)
}

// A fault names the prescription, whose id is longer than our other words.
func TestAnAuditFaultNamesThePrescription(t *testing.T) {
	id := prescription.ID("0193a6f0-1234-7abc-8def-a1234567890b")
	assert.Contains(t, (&prescription.AuditFault{Prescription: id}).Error(), string(id))
	assert.NotContains(t, (&prescription.AuditFault{Prescription: "Kari Nordmann"}).Error(), "Kari")
}
