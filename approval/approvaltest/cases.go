package approvaltest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
)

func order(ctx context.Context, l approval.Ledger) error {
	want, err := appended(ctx, l, "case-1", 300)
	if err != nil {
		return err
	}
	return holds(ctx, l, "case-1", want)
}

// given: links of the caller's own making do not count.
func given(ctx context.Context, l approval.Ledger) error {
	want, err := sample("case-1", 1).After(approval.Entry{})
	if err != nil {
		return err
	}
	e := sample("case-1", 1)
	e.Hash, e.Previous = approval.DigestOf([]byte("x")), approval.DigestOf([]byte("y"))
	got, err := l.Append(ctx, e)
	if err != nil {
		return fmt.Errorf("method Append: %w", err)
	}
	if got != want {
		return fmt.Errorf("method Append: got %+v, want %+v", got, want)
	}
	return holds(ctx, l, "case-1", []approval.Entry{want})
}

func unknown(ctx context.Context, l approval.Ledger) error {
	if _, err := appended(ctx, l, "case-1", 2); err != nil {
		return err
	}
	return holds(ctx, l, "case-2", nil)
}

func apart(ctx context.Context, l approval.Ledger) error {
	first, err := appended(ctx, l, "case-1", 3)
	if err != nil {
		return err
	}
	second, err := appended(ctx, l, "case-2", 2)
	if err != nil {
		return err
	}
	return errors.Join(holds(ctx, l, "case-1", first), holds(ctx, l, "case-2", second))
}

func alike(ctx context.Context, l approval.Ledger) error {
	for _, id := range []string{"case-1", "CASE-1", "case-11", "case_1", "case.1", "case-1/"} {
		want, err := appended(ctx, l, id, 1)
		if err != nil {
			return err
		}
		if err := holds(ctx, l, id, want); err != nil {
			return err
		}
	}
	return nil
}

func conflict(ctx context.Context, l approval.Ledger) error {
	if _, err := l.Append(ctx, sample("case-1", 2)); !errors.Is(err, approval.ErrConflict) {
		return is("a first entry with number 2", err, approval.ErrConflict)
	}
	want, err := appended(ctx, l, "case-1", 2)
	if err != nil {
		return err
	}
	for _, seq := range []int64{-1, 0, 1, 2, 4} {
		e := sample("case-1", 3)
		e.Seq = seq
		_, err := l.Append(ctx, e)
		if err := is(fmt.Sprintf("number %d after 2", seq), err, approval.ErrConflict); err != nil {
			return err
		}
	}
	return holds(ctx, l, "case-1", want)
}

// edited entries must be refused, each after two good ones.
func edited(ctx context.Context, l approval.Ledger, edits map[string]func(*approval.Entry)) error {
	want, err := appended(ctx, l, "case-1", 2)
	if err != nil {
		return err
	}
	for name, edit := range edits {
		e := sample("case-1", 3)
		edit(&e)
		_, err := l.Append(ctx, e)
		if err := is(name, err, approval.ErrEntry); err != nil {
			return err
		}
	}
	return holds(ctx, l, "case-1", want)
}

func refused(ctx context.Context, l approval.Ledger) error {
	return edited(ctx, l, map[string]func(*approval.Entry){
		"another tool":     func(e *approval.Entry) { e.Tool = "annet" },
		"another state":    func(e *approval.Entry) { e.From = approval.CaseDecided },
		"an earlier time":  func(e *approval.Entry) { e.At = noon },
		"a local time":     func(e *approval.Entry) { e.At = e.At.In(time.FixedZone("Oslo", 3600)) },
		"a broken second":  func(e *approval.Entry) { e.At = e.At.Add(time.Millisecond) },
		"no digest":        func(e *approval.Entry) { e.Content = "" },
		"an unknown event": func(e *approval.Entry) { e.Event = "" },
	})
}

func codesOnly(ctx context.Context, l approval.Ledger) error {
	return edited(ctx, l, map[string]func(*approval.Entry){
		"a name":             func(e *approval.Entry) { e.By.ID = "Kari Nordmann" },
		"an identity number": func(e *approval.Entry) { e.By.ID = "00000000000" },
		"a reason in words":  func(e *approval.Entry) { e.Reason = "it was late" },
	})
}

func copies(ctx context.Context, l approval.Ledger) error {
	want, err := appended(ctx, l, "case-1", 2)
	if err != nil {
		return err
	}
	got, err := l.Entries(ctx, "case-1")
	if err != nil || len(got) != 2 {
		return fmt.Errorf("method Entries: got %d entries and error %w, want 2", len(got), err)
	}
	got[0].By.ID, got[1] = "x", got[0]
	_ = append(got[:1], got[0])
	return holds(ctx, l, "case-1", want)
}

func ended(ctx context.Context, l approval.Ledger) error {
	want, err := appended(ctx, l, "case-1", 1)
	if err != nil {
		return err
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	_, err = l.Append(over, sample("case-1", 2))
	if err := is("method Append", err, context.Canceled); err != nil {
		return err
	}
	_, err = l.Entries(over, "case-1")
	if err := is("method Entries", err, context.Canceled); err != nil {
		return err
	}
	return holds(ctx, l, "case-1", want)
}
