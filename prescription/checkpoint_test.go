package prescription_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// checkpointKey is the same in each run.
var checkpointKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

// keyed writes and verifies with a key.
func keyed(key ed25519.PrivateKey) prescription.Checkpoints {
	return prescription.Checkpoints{
		Now:  func() time.Time { return noon },
		Sign: func(head []byte) ([]byte, error) { return ed25519.Sign(key, head), nil },
		Verify: func(head, signature []byte) bool {
			return ed25519.Verify(key.Public().(ed25519.PublicKey), head, signature)
		},
	}
}

// unsigned writes and verifies without.
var unsigned = prescription.Checkpoints{Now: func() time.Time { return noon }}

func kept(t *testing.T, c prescription.Checkpoints, of trails) string {
	t.Helper()
	var out bytes.Buffer
	_, err := c.Write(t.Context(), of, &out)
	require.NoError(t, err)
	return out.String()
}

// olderForm is what the first version wrote.
func olderForm(of trails) string {
	text := "verktoy audit checkpoint 1\n"
	for _, h := range of.heads {
		entries := of.rows[h.ID]
		text += fmt.Sprintf("%s %d %s\n", h.ID, len(entries), entries[len(entries)-1].Hash)
	}
	return text + fmt.Sprintf("%d\n", len(of.heads))
}

// The form is for ever, and another program can sign and verify it.
func TestTheFormOfACheckpoint(t *testing.T) {
	text := kept(t, keyed(checkpointKey), wholeTrails(t, 2))
	assert.Equal(t, `verktoy audit checkpoint 2
p-000000 2 c939adb9f0c18351448c8b98f08c36199178d63de59e14e2ac018b23648c7a19
p-000001 3 fa0f02a0b191f8bb30bd890c65aa06ae65cbc47912168b699b6244a9ea73cd44

prescriptions 2
entries 5
at 2026-11-01T12:00:00Z
root 1abee1c16a58647c23666417c5a8c2780c05454508ace9f6a1a2da8878f8dbdd
signature t6m0gXyDlXVef6mQRnJt659F0JgAigFs3oawp8Sx5+18veraYJ/inPBPjYA0N/7Pj7yixZK8nJpGU5Wy1vjnDQ==
`, text)
}

func TestASignedCheckpoint(t *testing.T) {
	good := wholeTrails(t, 5)
	text := kept(t, keyed(checkpointKey), good)
	head, found, err := keyed(checkpointKey).VerifyAll(t.Context(), good, strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, noon, head.At)
	assert.Equal(t, head.AuditSummary, found)
	assert.Len(t, head.Root, 64)

	other := keyed(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize)))
	for name, c := range map[string]struct {
		by   prescription.Checkpoints
		text io.Reader
		want string
	}{
		"another key":   {other, strings.NewReader(text), "it is not by the key that is known"},
		"no key":        {unsigned, strings.NewReader(text), "it is signed, and nothing verifies it: want Checkpoints.Verify"},
		"unsigned":      {other, strings.NewReader(kept(t, unsigned, good)), "want a signed checkpoint"},
		"the old form":  {other, strings.NewReader(olderForm(good)), "want a signed checkpoint"},
		"no checkpoint": {other, nil, "want a signed checkpoint"},
	} {
		_, _, err := c.by.VerifyAll(t.Context(), good, c.text)
		require.ErrorIs(t, err, prescription.ErrCheckpointSignature, name)
		require.ErrorIs(t, err, prescription.ErrCheckpoint, name)
		assert.EqualError(t, err, "prescription: checkpoint cannot be read: signature: "+c.want, name)
	}
	_, err = prescription.VerifyAll(t.Context(), good, strings.NewReader(text))
	require.ErrorIs(t, err, prescription.ErrCheckpointSignature, "it does not pass for one that was verified")
}

// Any one byte of it that is another is found, and so is any end that is missing.
func TestAChangedCheckpointIsNone(t *testing.T) {
	good := wholeTrails(t, 3)
	for name, c := range map[string]prescription.Checkpoints{"signed": keyed(checkpointKey), "unsigned": unsigned} {
		text := kept(t, c, good)
		for i := range len(text) {
			bad := []byte(text)
			bad[i] ^= 1
			_, _, err := c.VerifyAll(t.Context(), good, bytes.NewReader(bad))
			if name == "unsigned" && strings.Count(text[:i], "\n") > 5 && err == nil {
				continue // the head's time, or entries, which only a signature guards
			}
			require.ErrorIs(t, err, prescription.ErrCheckpoint, "%s: byte %d", name, i)
		}
		for i := range len(text) - 1 { // without the last line's end it is whole
			_, _, err := c.VerifyAll(t.Context(), good, strings.NewReader(text[:i]))
			require.ErrorIs(t, err, prescription.ErrCheckpoint, "%s: cut at %d", name, i)
		}
	}
}

// Checkpoints of the first version are read on, and find the same.
func TestTheOlderFormIsRead(t *testing.T) {
	good := wholeTrails(t, 4)
	text := olderForm(good)
	head, _, err := unsigned.VerifyAll(t.Context(), good, strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, prescription.CheckpointHead{AuditSummary: prescription.AuditSummary{Prescriptions: 4}}, head)
	bad := good.clone()
	bad.heads = bad.heads[:3]
	delete(bad.rows, "p-000003")
	_, err = prescription.VerifyAll(t.Context(), bad, strings.NewReader(text))
	require.ErrorIs(t, err, prescription.ErrAudit)
	assert.ErrorContains(t, err, "is gone since the checkpoint was made")
}

func TestCheckpointsThatCannotBeRead(t *testing.T) {
	good := kept(t, unsigned, wholeTrails(t, 3))
	signed := kept(t, keyed(checkpointKey), wholeTrails(t, 3))
	lines := strings.SplitAfter(good, "\n")
	older := olderForm(wholeTrails(t, 3))
	old := strings.SplitAfter(older, "\n")
	other := strings.SplitAfter(kept(t, unsigned, wholeTrails(t, 4)), "\n")
	for text, want := range map[string]string{
		"":                                     "it ends too early, want the title",
		strings.Join(lines[1:], ""):            "line 1: want the title",
		strings.Join(old[:3], ""):              "it ends too early, want the number of lines before it, at the end",
		strings.Join(old[:4], "") + "2\n":      "line 5: want the number of lines before it, at the end",
		older + "p 1 x\n":                      "line 6: want nothing after the number of lines before it, at the end",
		old[0] + "p x y\n":                     "line 2: want an id, a number and a hash",
		old[0] + "p 0 y\n":                     "line 2: want an id, a number and a hash",
		old[0] + "p 1 y z\n":                   "line 2: want an id, a number and a hash",
		lines[0] + "p x y\n":                   "line 2: want an id, a number and a hash",
		lines[0] + "p\n":                       "line 2: want an id, a number and a hash",
		strings.Join(lines[:3], ""):            "it ends too early, want an empty line and the head",
		strings.Join(lines[:7], ""):            "it ends too early, want at",
		good + "p 1 x\n":                       "line 10: want signature and its base64",
		good + "signature ?\n":                 "line 10: want signature and its base64",
		strings.Replace(good, "at ", "on ", 1): "line 9: want before it prescriptions, entries, at and root, each on a line with its value",
		strings.Replace(good, "12:00:00Z", "12:00:00+00:00", 1):          "line 9: want before it prescriptions, entries, at and root, each on a line with its value",
		strings.Join(lines[:2], "") + strings.Join(lines[3:], ""):        "its lines are not those that its head is about",
		strings.Join(lines[:4], "") + "\n" + strings.Join(other[6:], ""): "its lines are not those that its head is about",
		strings.Replace(good, "prescriptions 3", "prescriptions 2", 1):   "its lines are not those that its head is about",
	} {
		_, err := prescription.VerifyAll(t.Context(), trails{}, strings.NewReader(text))
		require.ErrorIs(t, err, prescription.ErrCheckpoint)
		require.EqualError(t, err, "prescription: checkpoint cannot be read: "+want)
	}
	_, _, err := keyed(checkpointKey).VerifyAll(t.Context(), trails{}, strings.NewReader(signed+"more\n"))
	require.EqualError(t, err, "prescription: checkpoint cannot be read: line 11: want nothing after the signature")
	_, err = prescription.VerifyAll(t.Context(), trails{}, iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(good))))
	require.ErrorIs(t, err, iotest.ErrTimeout)
	require.ErrorIs(t, err, prescription.ErrCheckpoint)
}

var errKey = errors.New("the key is locked away")

func TestWhatCannotBeSignedIsNoCheckpoint(t *testing.T) {
	c := keyed(checkpointKey)
	c.Sign = func([]byte) ([]byte, error) { return nil, errKey }
	var out bytes.Buffer
	_, err := c.Write(t.Context(), wholeTrails(t, 5_000), &out)
	require.ErrorIs(t, err, errKey)
	assert.NotEmpty(t, out.String())
	for _, by := range []prescription.Checkpoints{c, unsigned} {
		_, _, err = by.VerifyAll(t.Context(), trails{}, &out)
		require.ErrorIs(t, err, prescription.ErrCheckpoint)
	}
}
