package prescription_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// trails are the rows of a store, which a test may spoil.
type trails struct {
	heads []prescription.AuditHead
	rows  map[prescription.ID][]prescription.AuditEntry
}

func (t trails) AuditAll(_ context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
	for _, h := range t.heads {
		entries := t.rows[h.ID]
		if len(entries) == 0 {
			entries = []prescription.AuditEntry{{}}
		}
		for _, e := range entries {
			if err := each(h, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// wholeTrails are n chains with some entries each.
func wholeTrails(t testing.TB, n int) trails {
	out := trails{rows: map[prescription.ID][]prescription.AuditEntry{}}
	steps := []prescription.State{prescription.Sent, prescription.Delivered, prescription.Opened, prescription.Started, prescription.Completed}
	for i := range n {
		id := prescription.ID(fmt.Sprintf("p-%06d", i))
		previous, from := "", prescription.Drafted
		var entries []prescription.AuditEntry
		for seq, to := range steps[:2+i%4] {
			e := prescription.AuditEntry{Seq: int64(seq) + 1, Prescription: id, At: noon.Add(time.Duration(seq) * time.Hour), Event: prescription.EventStart,
				From: from, To: to, By: therapist, Reason: "other"}.Linked(previous)
			entries = append(entries, e)
			previous, from = e.Hash, to
		}
		last := entries[len(entries)-1]
		out.heads = append(out.heads, prescription.AuditHead{ID: id, Version: last.Seq, State: last.To, Updated: last.At})
		out.rows[id] = entries
	}
	return out
}

func (t trails) clone() trails {
	c := trails{slices.Clone(t.heads), map[prescription.ID][]prescription.AuditEntry{}}
	for id, entries := range t.rows {
		c.rows[id] = slices.Clone(entries)
	}
	return c
}

func TestVerifyAllPassesAWholeStore(t *testing.T) {
	good := wholeTrails(t, 9)
	var checkpoint bytes.Buffer
	wrote, err := prescription.WriteCheckpoint(t.Context(), good, &checkpoint)
	require.NoError(t, err)
	found, err := prescription.VerifyAll(t.Context(), good, &checkpoint)
	require.NoError(t, err)
	assert.Equal(t, wrote, found)
	assert.Equal(t, prescription.AuditSummary{Prescriptions: 9, Entries: 30}, found)
	none, err := prescription.VerifyAll(t.Context(), trails{}, nil)
	require.NoError(t, err)
	assert.Zero(t, none)
}

// A thousand random changes of rows: each is found, with its row.
func TestRandomMutationsOfTheTrailAreFound(t *testing.T) {
	const mutations = 1_000
	good := wholeTrails(t, 12)
	r := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]int{}
	for range mutations {
		bad := good.clone()
		id := bad.heads[r.IntN(len(bad.heads))].ID
		kind, at := mutate(r, bad, id)
		kinds[kind]++
		_, err := prescription.VerifyAll(t.Context(), bad, nil)
		require.ErrorIs(t, err, prescription.ErrAudit, "%s of %s at %d", kind, id, at)
		var fault *prescription.AuditFault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, id, fault.Prescription, kind)
		first := 0 // the row of the chain's first entry
		for _, h := range bad.heads {
			if h.ID == id {
				break
			}
			first += len(bad.rows[h.ID])
		}
		require.LessOrEqual(t, fault.Row-int64(first), int64(at)+2, "%s: found at the row or the one after it", kind)
		require.GreaterOrEqual(t, fault.Row-int64(first), int64(at), kind)
	}
	for _, kind := range []string{"change", "delete", "swap", "insert", "copy", "cut"} {
		assert.Greater(t, kinds[kind], 50, kind)
	}
}

// mutate spoils one chain and says how and at which entry, counted from 0.
func mutate(r *rand.Rand, bad trails, id prescription.ID) (kind string, at int) {
	entries := bad.rows[id]
	at = r.IntN(len(entries))
	switch kind = []string{"change", "delete", "swap", "insert", "copy", "cut"}[r.IntN(6)]; kind {
	case "change":
		change(r, &entries[at])
	case "delete":
		entries = slices.Delete(entries, at, at+1)
	case "swap":
		at = min(at, len(entries)-2)
		entries[at], entries[at+1] = entries[at+1], entries[at]
	case "insert":
		e := entries[at]
		change(r, &e)
		entries = slices.Insert(entries, at, e)
	case "copy":
		entries = slices.Insert(entries, at, entries[at])
	case "cut":
		entries = entries[:at]
	}
	bad.rows[id] = entries
	return kind, at
}

// change changes one field of an entry.
func change(r *rand.Rand, e *prescription.AuditEntry) {
	fields := []func(){
		func() { e.Seq++ }, func() { e.Prescription += "x" }, func() { e.At = e.At.Add(time.Microsecond) }, func() { e.Event = "other" },
		func() { e.From = prescription.Paused }, func() { e.To = prescription.Paused }, func() { e.By.ID += "0" }, func() { e.By.Role = prescription.RoleSystem },
		func() { e.Reason = "wrong-tool" }, func() { e.Detail = "x" }, func() { e.Hash = strings.Repeat("0", 64) }, func() { e.Previous = strings.Repeat("0", 64) },
	}
	fields[r.IntN(len(fields))]()
}

// Who can write the database can cut a chain and set its prescription back, or
// make a new one: only what is kept outside tells.
func TestACheckpointFindsWhatTheChainsCannot(t *testing.T) {
	good := wholeTrails(t, 8)
	var kept bytes.Buffer
	_, err := prescription.WriteCheckpoint(t.Context(), good, &kept)
	require.NoError(t, err)
	const id = "p-000003"
	for want, spoil := range map[string]func(*trails){
		"prescription: audit trail is broken: row 13, entry 4 of prescription p-000003: the trail was longer when the checkpoint was made": func(b *trails) {
			e := b.rows[id][3]
			b.rows[id] = b.rows[id][:4]
			b.heads[3] = prescription.AuditHead{ID: id, Version: e.Seq, State: e.To, Updated: e.At}
		},
		"prescription: audit trail is broken: row 14, entry 5 of prescription p-000003: is another than when the checkpoint was made": func(b *trails) {
			previous := ""
			for i, e := range b.rows[id] {
				e.Reason = "wrong-tool"
				b.rows[id][i] = e.Linked(previous)
				previous = b.rows[id][i].Hash
			}
		},
		"prescription: audit trail is broken: row 23, entry 0 of prescription p-000003: the prescription is gone since the checkpoint was made": func(b *trails) {
			b.heads = slices.Delete(b.heads, 3, 4)
			delete(b.rows, id)
		},
	} {
		bad := good.clone()
		spoil(&bad)
		_, err := prescription.VerifyAll(t.Context(), bad, nil)
		require.NoError(t, err, "the chains alone are whole")
		_, err = prescription.VerifyAll(t.Context(), bad, bytes.NewReader(kept.Bytes()))
		require.EqualError(t, err, want)
	}
	more := good.clone()
	newer := wholeTrails(t, 9)
	more.heads, more.rows["p-000008"] = newer.heads, newer.rows["p-000008"]
	_, err = prescription.VerifyAll(t.Context(), more, bytes.NewReader(kept.Bytes()))
	require.NoError(t, err, "what came later is fine")
}

// A million entries, beside the bare hashing of as many bytes.
func BenchmarkVerifyAll(b *testing.B) {
	all := wholeTrails(b, 300_000)
	entries := 0
	for b.Loop() {
		found, err := prescription.VerifyAll(b.Context(), all, nil)
		require.NoError(b, err)
		entries = int(found.Entries)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*entries), "ns/entry")
	b.ReportMetric(float64(entries), "entries")
}
