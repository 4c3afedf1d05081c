package approval_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

type ledgerEntry = approval.Entry

// recorded is a case with some history and its entries.
func recorded(t testing.TB, id string) (approval.Case, []ledgerEntry) {
	t.Helper()
	c, err := approval.OpenCase(id, "sovn-steg", "999999999")
	require.NoError(t, err)
	ledger := approval.NewMemoryLedger()
	steps := []struct {
		event approval.CaseEvent
		role  approval.CaseRole
	}{{"submit", "vendor"}, {"return", "secretariat"}, {"submit", "vendor"}, {"start-review", "secretariat"}, {"decide", "panel"}, {"publish", "manager"},
		{"suspend", "secretariat"}, {"resume", "panel"}, {"reopen", "manager"}, {"decide", "panel"}, {"publish", "manager"}, {"withdraw", "vendor"}}
	for i, s := range steps {
		ev := happens(t, s.event, s.role, decided.Add(time.Duration(i)*time.Hour))
		ev.Expected = c.Version
		var e ledgerEntry
		c, e, err = c.Record(ev)
		require.NoError(t, err)
		_, err = ledger.Append(t.Context(), e)
		require.NoError(t, err)
	}
	entries, err := ledger.Entries(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, entries, len(steps))
	return c, entries
}

func TestAWholeLedgerVerifies(t *testing.T) {
	c, entries := recorded(t, "case-1")
	require.NoError(t, approval.VerifyLedger(entries))
	require.NoError(t, c.CheckLedger(entries))
	for i, e := range entries {
		assert.Equal(t, int64(i)+1, e.Seq)
		require.NoError(t, e.Checkpoint().Verify(entries))
	}
	var back []ledgerEntry
	require.NoError(t, json.Unmarshal([]byte(encode(t, entries)), &back))
	require.NoError(t, approval.VerifyLedger(back))
	require.ErrorIs(t, approval.VerifyLedger(nil), approval.ErrLedger)
}

// An entry says what happened and to what, and its digest that of the event.
func TestAnEntrySaysWhatHappened(t *testing.T) {
	c := inState(t, approval.CaseDecided)
	ev := happens(t, "reopen", "manager", overDay)
	ev.Expected = c.Version
	next, e, err := c.Record(ev)
	require.NoError(t, err)
	assert.Equal(t, ledgerEntry{Seq: 4, Case: "case-1", Tool: "sovn-steg", At: overDay.UTC(), Event: "reopen", From: approval.CaseExpired,
		To: next.State, By: ev.By, Reason: ev.Reason, Content: ev.Digest()}, e)
	same := ev
	same.At = ev.At.Add(time.Millisecond).UTC()
	assert.Equal(t, ev.Digest(), same.Digest(), "whole seconds, wherever")
	same.Reason = approval.ReasonSafety
	assert.NotEqual(t, ev.Digest(), same.Digest())
	_, _, err = next.Record(ev)
	require.ErrorIs(t, err, approval.ErrConflict)
}

// An approval that is over is met as expired, also one that was suspended: the chain goes on.
func TestTheLedgerGoesOnAfterAnApprovalIsOver(t *testing.T) {
	for _, suspended := range []bool{false, true} {
		c, events := openedCase(t), []event{happens(t, "submit", "vendor", decided), happens(t, "start-review", "secretariat", decided), happens(t, "decide", "manager", decided)}
		if suspended {
			events = append(events, happens(t, "suspend", "manager", laterDay))
		}
		events = append(events, happens(t, "amend", "vendor", overDay))
		var entries []ledgerEntry
		var last ledgerEntry
		for _, ev := range events {
			ev.Expected = c.Version
			next, e, err := c.Record(ev)
			require.NoError(t, err)
			last, err = e.After(last)
			require.NoError(t, err)
			c, entries = next, append(entries, last)
		}
		assert.Equal(t, approval.CaseExpired, last.From)
		require.NoError(t, c.CheckLedger(entries))
	}
}

var entryChanges = []func(*ledgerEntry){
	func(e *ledgerEntry) { e.Seq++ },
	func(e *ledgerEntry) { e.Case += "x" },
	func(e *ledgerEntry) { e.Tool += "x" },
	func(e *ledgerEntry) { e.At = e.At.Add(time.Second) },
	func(e *ledgerEntry) { e.At = e.At.Add(time.Nanosecond) },
	func(e *ledgerEntry) { e.At = e.At.In(time.FixedZone("", 3600)) },
	func(e *ledgerEntry) { e.Event += "x" },
	func(e *ledgerEntry) { e.From += "x" },
	func(e *ledgerEntry) { e.To += "x" },
	func(e *ledgerEntry) { e.By.Role += "x" },
	func(e *ledgerEntry) { e.By.ID += "x" },
	func(e *ledgerEntry) { e.Reason += "x" },
	func(e *ledgerEntry) { e.Content = approval.DigestOf([]byte(e.Content)) },
	func(e *ledgerEntry) { e.Hash = approval.DigestOf([]byte(e.Hash)) },
	func(e *ledgerEntry) { e.Previous += "0" },
	func(e *ledgerEntry) {
		e.By.Role, e.By.ID = e.By.Role+approval.CaseRole(e.By.ID[:1]), e.By.ID[1:]
	}, // moves a letter over
}

// ledgerMutations change a ledger and say which row must be named.
var ledgerMutations = map[string]func(a, others []ledgerEntry, i, j int) ([]ledgerEntry, int){
	"changed":  func(a, _ []ledgerEntry, i, j int) ([]ledgerEntry, int) { entryChanges[j](&a[i]); return a, i + 1 },
	"removed":  func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) { return slices.Delete(a, i, i+1), i + 1 },
	"cut":      func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) { return a[:i], i + 1 },
	"beheaded": func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) { return a[i+1:], 1 },
	"doubled":  func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) { return slices.Insert(a, i, a[i]), i + 2 },
	"exchanged": func(a, others []ledgerEntry, i, _ int) ([]ledgerEntry, int) {
		a[i] = others[i]
		return a, i + 1
	},
	"swapped": func(a, _ []ledgerEntry, i, j int) ([]ledgerEntry, int) {
		k := (i + 1 + j%(len(a)-1)) % len(a)
		a[i], a[k] = a[k], a[i]
		return a, min(i, k) + 1
	},
	"renumbered": func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) {
		a = slices.Delete(a, i, i+1)
		for k := range a {
			a[k].Seq = int64(k) + 1
		}
		return a, i + 1
	},
	"hashed anew": func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) {
		a[i].By.ID = "someone-else"
		a[i] = relinked(a, i)
		return a, min(i+2, len(a))
	},
	"made to be followed": func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) {
		a[i].By.ID = "someone-else"
		a[i] = relinked(a, i)
		if i+1 < len(a) {
			a[i+1].Previous = a[i].Hash
		}
		return a, min(i+2, len(a))
	},
	"written anew from there": func(a, _ []ledgerEntry, i, _ int) ([]ledgerEntry, int) {
		a[i].By.ID = "someone-else"
		for k := i; k < len(a); k++ {
			a[k] = relinked(a, k)
		}
		return a, len(a)
	},
}

func relinked(a []ledgerEntry, i int) ledgerEntry {
	var last ledgerEntry
	if i > 0 {
		last = a[i-1]
	}
	e, err := a[i].After(last)
	if err != nil {
		panic(err)
	}
	return e
}

// A thousand random ledgerMutations: each is found, and by the number of the first row that does not fit.
func TestEveryMutationOfALedgerIsFoundByItsRow(t *testing.T) {
	c, entries := recorded(t, "case-1")
	_, others := recorded(t, "case-2")
	point := entries[len(entries)-1].Checkpoint()
	r := rand.New(rand.NewPCG(20261126, 7))
	names := slices.Sorted(maps.Keys(ledgerMutations))
	found := map[string]int{}
	for range 1000 {
		name := names[r.IntN(len(names))]
		i, j := r.IntN(len(entries)), r.IntN(len(entryChanges))
		changed, row := ledgerMutations[name](slices.Clone(entries), others, i, j)
		var wrong *approval.LedgerError
		require.ErrorAs(t, point.Verify(changed), &wrong, "%s, row %d, change %d", name, i+1, j)
		require.Equal(t, row, wrong.Row, "%s, row %d, change %d: %v", name, i+1, j, wrong)
		inThreeLanguages(t, wrong.Text)
		if name != "written anew from there" && !(name == "hashed anew" || name == "made to be followed") {
			require.ErrorIs(t, c.CheckLedger(changed), approval.ErrLedger, name)
		}
		found[name]++
	}
	assert.Len(t, found, len(ledgerMutations))
}

// Every field of every entry, one by one, also without anything kept outside.
func TestEveryChangedFieldOfEveryRowIsFound(t *testing.T) {
	_, entries := recorded(t, "case-1")
	for i := range entries {
		for n, change := range entryChanges {
			changed := slices.Clone(entries)
			change(&changed[i])
			var wrong *approval.LedgerError
			require.ErrorAs(t, approval.VerifyLedger(changed), &wrong, "row %d, change %d", i+1, n)
			assert.Equal(t, i+1, wrong.Row, "change %d", n)
		}
	}
}

func TestCheckpoints(t *testing.T) {
	c, entries := recorded(t, "case-1")
	_, others := recorded(t, "case-2")
	good := entries[4].Checkpoint()
	cases := []struct {
		name    string
		point   approval.Checkpoint
		entries []ledgerEntry
		row     int
	}{
		{"cut before it", good, entries[:4], 5},
		{"cut at it", good, entries[:5], 0},
		{"nothing left", good, nil, 1},
		{"another hash", approval.Checkpoint{Case: good.Case, Seq: 5, Hash: entries[3].Hash}, entries, 5},
		{"another case's", good, others, 1},
		{"of nothing", approval.Checkpoint{}, entries, 1},
		{"no hash", approval.Checkpoint{Case: good.Case, Seq: 5}, entries, 1},
		{"no place", approval.Checkpoint{Case: good.Case, Hash: good.Hash}, entries, 1},
	}
	for _, tt := range cases {
		err := tt.point.Verify(tt.entries)
		if tt.row == 0 {
			require.NoError(t, err, tt.name)
			continue
		}
		var wrong *approval.LedgerError
		require.ErrorAs(t, err, &wrong, tt.name)
		assert.Equal(t, tt.row, wrong.Row, tt.name)
		assert.ErrorContains(t, err, fmt.Sprintf("row %d", tt.row))
	}
	row := func(c approval.Case, all []ledgerEntry) int {
		var wrong *approval.LedgerError
		require.ErrorAs(t, c.CheckLedger(all), &wrong)
		return wrong.Row
	}
	assert.Equal(t, 12, row(c, entries[:11]), "the case shows a cut tail")
	assert.Equal(t, 1, row(c, others))
	assert.Equal(t, 1, row(c, nil))
	older := c
	older.Version--
	assert.Equal(t, 12, row(older, entries), "and a row too many")
	other := c
	other.State = approval.CaseDecided
	assert.Equal(t, 12, row(other, entries))
	later := c
	later.Updated = c.Updated.Add(time.Second)
	assert.Equal(t, 12, row(later, entries))
}

// The form of the hash is for ever: what was written must verify later.
func TestTheHashOfALedgerEntryNeverChanges(t *testing.T) {
	e := ledgerEntry{Seq: 1, Case: "case-1", Tool: "sovn-steg", At: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), Event: approval.EventSubmit,
		From: approval.CaseDraft, To: approval.CaseSubmitted, By: approval.Actor{Role: approval.RoleVendor, ID: "kari"},
		Content: approval.DigestOf(nil)}
	linked, err := e.After(ledgerEntry{})
	require.NoError(t, err)
	// Made by another program: SHA-256 of each field, its length in bytes and a colon before it.
	assert.Equal(t, approval.Digest("fdb0bd64fce558b6a301787bdcb2f9d4843546f08414d7418a7232f1ac68a996"), linked.Hash)
	assert.Empty(t, linked.Previous)
}

func TestAppendRefuses(t *testing.T) {
	_, entries := recorded(t, "case-1")
	cases := []struct {
		name  string
		edit  func(*ledgerEntry)
		want  error
		place string
	}{
		{"a number before", func(e *ledgerEntry) { e.Seq-- }, approval.ErrConflict, "/seq"},
		{"a number left out", func(e *ledgerEntry) { e.Seq++ }, approval.ErrConflict, "/seq"},
		{"no number", func(e *ledgerEntry) { e.Seq = 0 }, approval.ErrConflict, "/seq"},
		{"another case", func(e *ledgerEntry) { e.Case = "case-2" }, approval.ErrEntry, ""},
		{"another tool", func(e *ledgerEntry) { e.Tool = "annet" }, approval.ErrEntry, ""},
		{"another state", func(e *ledgerEntry) { e.From = approval.CaseDraft }, approval.ErrEntry, ""},
		{"expired from nowhere", func(e *ledgerEntry) { e.From = approval.CaseExpired }, approval.ErrEntry, ""},
		{"back in time", func(e *ledgerEntry) { e.At = e.At.Add(-24 * time.Hour) }, approval.ErrEntry, ""},
		{"a local time", func(e *ledgerEntry) { e.At = e.At.In(oslo) }, approval.ErrEntry, "/at"},
		{"no time", func(e *ledgerEntry) { e.At = time.Time{} }, approval.ErrEntry, "/at"},
		{"parts of a second", func(e *ledgerEntry) { e.At = e.At.Add(time.Millisecond) }, approval.ErrEntry, "/at"},
		{"no case", func(e *ledgerEntry) { e.Case = "" }, approval.ErrEntry, "/case"},
		{"no tool", func(e *ledgerEntry) { e.Tool = "" }, approval.ErrEntry, "/tool"},
		{"an identity number", func(e *ledgerEntry) { e.By.ID = "00000000000" }, approval.ErrEntry, "/by/id"},
		{"a name", func(e *ledgerEntry) { e.By.ID = "Kari Nordmann" }, approval.ErrEntry, "/by/id"},
		{"a role in words", func(e *ledgerEntry) { e.By.Role = "sjefen selv" }, approval.ErrEntry, "/by/role"},
		{"a reason in words", func(e *ledgerEntry) { e.Reason = "Per klaget" }, approval.ErrEntry, "/reason"},
		{"an event in words", func(e *ledgerEntry) { e.Event = "Per ringte" }, approval.ErrEntry, "/event"},
		{"a state in words", func(e *ledgerEntry) { e.To = "Per er sur" }, approval.ErrEntry, "/to"},
		{"a state in words before", func(e *ledgerEntry) { e.From = "Per er sur" }, approval.ErrEntry, "/from"},
		{"content in words", func(e *ledgerEntry) { e.Content = "Per sa ja" }, approval.ErrEntry, "/content"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := entries[3]
			c.edit(&e)
			linked, err := e.After(entries[2])
			require.ErrorIs(t, err, c.want)
			assert.Equal(t, ledgerEntry{}, linked)
			var refused *approval.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Len(t, refused.Problems, 1)
			assert.Equal(t, c.place, refused.Problems[0].Pointer)
			inThreeLanguages(t, refused.Problems[0].Text)
			for _, found := range []string{"Per ", "Nordmann", "00000000000"} {
				assert.NotContains(t, err.Error(), found)
			}
		})
	}
}

func ExampleVerifyLedger() {
	ctx := context.Background()
	ledger := approval.NewMemoryLedger()
	c, _ := approval.OpenCase("case-17", "sovn-steg", "999999999")
	kari := approval.Actor{Role: approval.RoleVendor, ID: "kari"}
	decision := exampleDecision()
	var kept approval.Checkpoint
	for i, ev := range []approval.Event{
		{Event: approval.EventSubmit, By: kari, Declaration: &decision.Declaration, VendorPeople: []string{"per"}},
		{Event: approval.EventStartReview, By: approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}},
		{Event: approval.EventWithdraw, By: kari, Reason: approval.ReasonVendorAsked},
	} {
		ev.At, ev.Expected = decision.Decided.Add(time.Duration(i)*time.Hour), c.Version
		next, e, err := c.Record(ev)
		if err != nil {
			panic(err)
		}
		stored, err := ledger.Append(ctx, e)
		if err != nil {
			panic(err)
		}
		c, kept = next, stored.Checkpoint()
	}
	entries, _ := ledger.Entries(ctx, c.ID)
	fmt.Println(len(entries), "rows,", approval.VerifyLedger(entries))
	fmt.Println(kept.Verify(entries[:2]))
	entries[1].By.ID = "mona"
	err := approval.VerifyLedger(entries)
	fmt.Println(err, errors.Is(err, approval.ErrLedger))
	// Output:
	// 3 rows, <nil>
	// approval: the ledger is broken: row 3: This row is missing.
	// approval: the ledger is broken: row 2: The content was changed after the row was written. true
}
