package approvaltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// steps are a history that the table allows, over and over: a draft is submitted and returned.
var steps = []approval.Entry{
	{Event: approval.EventSubmit, From: approval.CaseDraft, To: approval.CaseSubmitted, By: approval.Actor{Role: approval.RoleVendor, ID: "kari"}},
	{Event: approval.EventReturn, From: approval.CaseSubmitted, To: approval.CaseDraft, By: approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}},
}

// sample is entry number seq of a case, not linked.
func sample(caseID string, seq int) approval.Entry {
	e := steps[(seq-1)%len(steps)]
	e.Seq, e.Case, e.Tool, e.At = int64(seq), caseID, "sovn-steg", noon.Add(time.Duration(seq)*time.Second)
	e.Content = approval.DigestOf([]byte(fmt.Sprint(caseID, "/", seq)))
	return e
}

// appended writes the first n entries of a case and says what must be kept.
func appended(ctx context.Context, l approval.Ledger, caseID string, n int) ([]approval.Entry, error) {
	var all []approval.Entry
	var last approval.Entry
	for seq := 1; seq <= n; seq++ {
		want, err := sample(caseID, seq).After(last)
		if err != nil {
			return nil, err
		}
		got, err := l.Append(ctx, sample(caseID, seq))
		if err != nil {
			return nil, fmt.Errorf("method Append, entry %d: %w", seq, err)
		}
		if got != want {
			return nil, fmt.Errorf("method Append, entry %d: got %+v, want %+v", seq, got, want)
		}
		all, last = append(all, want), want
	}
	return all, nil
}

// holds wants these entries in the ledger and no others of the case.
func holds(ctx context.Context, l approval.Ledger, caseID string, want []approval.Entry) error {
	got, err := l.Entries(ctx, caseID)
	if err != nil {
		return fmt.Errorf("method Entries: %w", err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("case %s: got %d entries %+v, want %d", caseID, len(got), got, len(want))
	}
	if len(want) == 0 {
		return nil
	}
	return approval.VerifyLedger(got)
}

// is wants an error of a kind.
func is(what string, err, want error) error {
	if !errors.Is(err, want) {
		return fmt.Errorf("%s: got error %v, want %v", what, err, want)
	}
	return nil
}
