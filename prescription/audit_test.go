package prescription_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// trail is a prescription with some history, and the history.
func trail(t *testing.T, w *world, key string) (prescription.Prescription, []prescription.AuditEntry) {
	t.Helper()
	p := w.prescribe(t, request(key))
	for i, e := range []prescription.Event{prescription.EventOpen, prescription.EventStart, prescription.EventPause, prescription.EventResume,
		prescription.EventPause, prescription.EventResume, prescription.EventComplete} {
		w.clock.at = w.clock.at.Add(time.Minute)
		var err error
		p, _, err = w.Apply(t.Context(), w.store, prescription.Report{ID: fmt.Sprint("r", i), Prescription: p.ID, Event: e, At: w.clock.at, By: tool})
		require.NoError(t, err)
	}
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	require.Len(t, entries, 8)
	return p, entries
}

var edits = []func(*prescription.AuditEntry){
	func(e *prescription.AuditEntry) { e.Seq++ },
	func(e *prescription.AuditEntry) { e.Prescription += "x" },
	func(e *prescription.AuditEntry) { e.At = e.At.Add(time.Microsecond) },
	func(e *prescription.AuditEntry) { e.Event += "x" },
	func(e *prescription.AuditEntry) { e.From += "x" },
	func(e *prescription.AuditEntry) { e.To += "x" },
	func(e *prescription.AuditEntry) { e.By.Role += "x" },
	func(e *prescription.AuditEntry) { e.By.ID += "x" },
	func(e *prescription.AuditEntry) { e.Reason += "x" },
	func(e *prescription.AuditEntry) { e.Hash = "0" + e.Hash[1:] + "0" },
	func(e *prescription.AuditEntry) { e.Previous += "0" },
	func(e *prescription.AuditEntry) {
		e.By.Role, e.By.ID = e.By.Role+prescription.Role(e.By.ID[:1]), e.By.ID[1:]
	}, // moves a letter over
}

func TestAWholeTrailVerifies(t *testing.T) {
	p, entries := trail(t, newWorld(t), "visit-1")
	require.NoError(t, prescription.VerifyAudit(entries))
	require.NoError(t, p.CheckAudit(entries))
	assert.ErrorIs(t, prescription.VerifyAudit(nil), prescription.ErrAudit)
}

func TestEveryChangedFieldOfEveryEntryIsFound(t *testing.T) {
	_, entries := trail(t, newWorld(t), "visit-1")
	for i := range entries {
		for n, edit := range edits {
			changed := slices.Clone(entries)
			edit(&changed[i])
			assert.ErrorIs(t, prescription.VerifyAudit(changed), prescription.ErrAudit, "entry %d, edit %d", i+1, n)
		}
	}
}

// Also with hashes made anew for the entry that was changed.
func TestAnEntryThatIsHashedAnewIsFound(t *testing.T) {
	p, entries := trail(t, newWorld(t), "visit-1")
	for i := range entries {
		changed := slices.Clone(entries)
		changed[i].By.ID = "someone-else"
		changed[i] = changed[i].Linked(changed[i].Previous)
		err := prescription.VerifyAudit(changed)
		if i == len(entries)-1 {
			require.NoError(t, err, "the last has no successor: keep hashes elsewhere")
			continue
		}
		assert.ErrorContains(t, err, fmt.Sprintf("entry %d", i+2))
	}
	assert.NoError(t, p.CheckAudit(entries))
}

// Also when the next entry is made to follow it: its own hash covers that.
func TestAnEntryThatIsMadeToFollowAnotherIsFound(t *testing.T) {
	_, entries := trail(t, newWorld(t), "visit-1")
	for i := range entries[:len(entries)-1] {
		changed := slices.Clone(entries)
		changed[i].By.ID = "someone-else"
		changed[i] = changed[i].Linked(changed[i].Previous)
		changed[i+1].Previous = changed[i].Hash
		assert.ErrorContains(t, prescription.VerifyAudit(changed), fmt.Sprintf("entry %d", i+2))
	}
}

// Two changes at one moment that lead back to the same state leave no other
// trace than the version.
func TestACutTailIsFoundByTheVersion(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	for i, e := range []prescription.Event{prescription.EventStart, prescription.EventPause, prescription.EventResume} {
		var err error
		p, _, err = w.Apply(t.Context(), w.store, prescription.Report{ID: fmt.Sprint("r", i), Prescription: p.ID, Event: e, At: noon, By: tool})
		require.NoError(t, err)
	}
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	require.NoError(t, p.CheckAudit(entries))
	assert.ErrorIs(t, p.CheckAudit(entries[:2]), prescription.ErrAudit)
}

func TestEveryRandomMutationIsFound(t *testing.T) {
	w := newWorld(t)
	p, entries := trail(t, w, "visit-1")
	_, others := trail(t, w, "visit-2")
	r := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]func([]prescription.AuditEntry, int, int) []prescription.AuditEntry{
		"changed":  func(a []prescription.AuditEntry, i, j int) []prescription.AuditEntry { edits[j](&a[i]); return a },
		"removed":  func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry { return slices.Delete(a, i, i+1) },
		"cut":      func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry { return a[:i] },
		"beheaded": func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry { return a[i+1:] },
		"doubled": func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry {
			return slices.Insert(a, i, a[i])
		},
		"exchanged": func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry { a[i] = others[i]; return a },
		"swapped": func(a []prescription.AuditEntry, i, j int) []prescription.AuditEntry {
			k := (i + 1 + j%(len(a)-1)) % len(a)
			a[i], a[k] = a[k], a[i]
			return a
		},
		"renumbered": func(a []prescription.AuditEntry, i, _ int) []prescription.AuditEntry {
			a = slices.Delete(a, i, i+1)
			for k := range a {
				a[k].Seq = int64(k) + 1
			}
			return a
		},
	}
	for name, mutate := range kinds {
		for range 200 {
			changed := mutate(slices.Clone(entries), r.IntN(len(entries)), r.IntN(len(edits)))
			require.ErrorIs(t, p.CheckAudit(changed), prescription.ErrAudit, name)
		}
	}
}

func TestATrailOfAnotherPrescriptionIsFound(t *testing.T) {
	w := newWorld(t)
	p, _ := trail(t, w, "visit-1")
	_, others := trail(t, w, "visit-2")
	require.NoError(t, prescription.VerifyAudit(others))
	assert.ErrorIs(t, p.CheckAudit(others), prescription.ErrAudit)
}

// The form of the hash is for ever: trails that were written must verify later.
func TestTheHashOfAnEntryNeverChanges(t *testing.T) {
	e := prescription.AuditEntry{Seq: 1, Prescription: "p1", At: noon, Event: prescription.EventPrescribe, From: prescription.Drafted,
		To: prescription.Sent, By: therapist}
	// Made by another program: SHA-256 of each field, its length and a colon before it.
	assert.Equal(t, "6ceb9df26e84d1e4c965961d9ef52305d646379a831f83e70a1566e95aca1881", e.Linked("abc").Hash)
}
