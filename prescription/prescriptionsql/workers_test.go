package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() { jobs["work"] = work }

// work drains until nothing waits.
func work(t *testing.T, j job) {
	s, st := service(t), prescriptionsql.NewFor(j.e.Dialect, j.db)
	for count(t, j.db, "SELECT count(*) FROM verktoy_prescription_outbox") > 0 {
		n, err := s.Drain(t.Context(), st, signedFile{j.file, j.with})
		require.NoError(t, err)
		say("drained", n)
	}
}

// signedFile is a portal whose lines say who brought what.
type signedFile struct {
	file *os.File
	who  string
}

func (r signedFile) Deliver(_ context.Context, d prescription.Delivery) error {
	_, err := fmt.Fprintln(r.file, d.Message.ID, r.who) // one write, so lines of two processes do not mix
	return err
}

// several is how many messages each prescription has: they must stay in order.
const several = 4

// waiting prescribes and writes notes, all of which are to be delivered.
func waiting(t *testing.T, db *sql.DB, n int) {
	s := service(t)
	require.NoError(t, inTx(t.Context(), db, func(tx *sql.Tx) error {
		st := prescriptionsql.New(tx)
		for i := range n / several {
			p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", i)))
			for k := 1; k < several && err == nil; k++ {
				p, err = s.Note(t.Context(), st, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, "Godt i gang.")
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// Two processes share a full outbox. Pass: each message comes at least once,
// less than one in a hundred more than once, those of a prescription in order,
// and neither process is idle.
func TestTwoWorkersShareTheOutbox(t *testing.T) {
	e := engines[1]
	n := number10(t, messages, 2_000)
	db, dsn := e.Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	waiting(t, db, n)
	all := ids(t, db, "SELECT id FROM verktoy_prescription_outbox")
	require.Len(t, all, n/several*several)
	received := filepath.Join(t.TempDir(), "received")
	require.NoError(t, os.WriteFile(received, nil, 0o600))
	workers := []*other{e.ready(t, dsn, "work", "first", received), e.ready(t, dsn, "work", "second", received)}
	began := time.Now()
	for _, w := range workers {
		w.goOn(t)
	}
	for _, w := range workers {
		drains := w.rest(t)["drained"]
		require.NoError(t, w.Wait())
		t.Logf("%d calls of Drain", len(drains))
	}
	took := time.Since(began)
	text, err := os.ReadFile(received)
	require.NoError(t, err)
	got, err := brought(string(text))
	require.NoError(t, err)
	require.NoError(t, got.share(all))
	t.Logf("%d messages, %d more than once, by %v, in %s: %.0f a second", n, got.twice, got.by, took.Round(time.Millisecond), float64(n)/took.Seconds())
	assert.Len(t, got.by, 2)
	for who, many := range got.by {
		assert.Greater(t, many, n/100, who)
	}
}

// haul is what came, and who brought it.
type haul struct {
	times map[string]int
	by    map[string]int
	twice int
}

// brought reads lines of an id and who brought it. It refuses a message that
// comes before one that its prescription had earlier.
func brought(text string) (haul, error) {
	h := haul{times: map[string]int{}, by: map[string]int{}}
	last := map[string]int{}
	for line := range strings.Lines(text) {
		id, who, _ := strings.Cut(strings.TrimSpace(line), " ")
		h.by[who]++
		if h.times[id]++; h.times[id] > 1 {
			h.twice++
			continue
		}
		of, version, _ := strings.Cut(id, "/")
		var v int
		if _, err := fmt.Sscan(version, &v); err != nil || v != last[of]+1 {
			return h, fmt.Errorf("message %d of a prescription came after message %d", v, last[of])
		}
		last[of] = v
	}
	return h, nil
}

func (h haul) share(all map[string]bool) error {
	for id := range all {
		if h.times[id] == 0 {
			return errors.New("a message never came")
		}
	}
	for id := range h.times {
		if !all[id] {
			return errors.New("a message came that nobody wrote")
		}
	}
	if h.twice*100 >= len(all) {
		return fmt.Errorf("%d of %d came more than once", h.twice, len(all))
	}
	return nil
}

// The control: what the test above looks for, it finds.
func TestTheCheckOfTwoWorkersFindsFaults(t *testing.T) {
	all := map[string]bool{"a/1": true, "a/2": true}
	for text, want := range map[string]string{
		"a/1 x\na/2 y\n":        "",
		"a/2 x\na/1 y\n":        "message 2 of a prescription came after message 0",
		"a/1 x\n":               "a message never came",
		"a/1 x\na/2 y\nb/1 y\n": "a message came that nobody wrote",
		"a/1 x\na/2 y\na/1 y\n": "1 of 2 came more than once",
	} {
		h, err := brought(text)
		if err == nil {
			err = h.share(all)
		}
		if want == "" {
			assert.NoError(t, err)
			continue
		}
		assert.EqualError(t, err, want)
	}
}
