package cataloguetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// SourceTarget is a source and the means to change what it gives.
type SourceTarget struct {
	Source catalogue.Source
	// Set makes the source give d from now on: listed tools with a name in nb and the access facts, no more. Nil means that the source
	// never changes; its document must then be Fixed.
	Set   func(d catalogue.Document) error
	Fixed catalogue.Document
	// Break makes the source fail, or give something that is no document, until Set is called. Nil means that it cannot.
	Break func() error
}

// sourceCase is one rule of the contract.
type sourceCase struct {
	name  string
	check func(ctx context.Context, x SourceTarget) error
}

func sourceCases() []sourceCase {
	return []sourceCase{
		{"without a tag it gives the document, each time", givesTheDocument},
		{"for its own tag it gives ErrUnchanged and nothing else", unchanged},
		{"a tag that means nothing counts as none", foreignTags},
		{"a change is seen at once, whatever its size", seesChanges},
		{"a document that comes back is not another's", comesBack},
		{"what cannot be read is an error and no document", broken},
		{"it works again after it was broken", mends},
		{"it does not begin when the context has ended", ended},
		{"the document is the caller's own", ownDocument},
		{"sixteen callers at once get the same", together},
	}
}

// TestSource runs every rule of [catalogue.Source] as a subtest, each on a source that open gives.
func TestSource(t *testing.T, open func(t *testing.T) SourceTarget) {
	t.Helper()
	for _, c := range sourceCases() {
		t.Run(c.name, func(t *testing.T) {
			if err := c.run(t.Context(), open(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// CheckSource is [TestSource] without a *testing.T. The error joins one for each rule that is broken, beginning with the rule.
func CheckSource(ctx context.Context, open func() SourceTarget) error {
	var failed []error
	for _, c := range sourceCases() {
		if err := c.run(ctx, open()); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", c.name, err))
		}
	}
	return errors.Join(failed...)
}

func (c sourceCase) run(ctx context.Context, x SourceTarget) error {
	if x.Set != nil {
		x.Fixed = sourceDocument("Pust")
		if err := x.Set(sourceDocument("Pust")); err != nil {
			return fmt.Errorf("function Set: %w", err)
		}
	}
	return c.check(ctx, x)
}

// sourceDocument has two tools, the second with this name. Names of one length make documents of one size.
func sourceDocument(name string) catalogue.Document {
	return catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{
		{ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"}, Access: catalogue.Access{RequiresPrescription: true}},
		{ID: "pust", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": name}, Access: catalogue.Access{WithoutLogin: true, National: true}},
	}}
}

// gives fetches with a tag, and wants the document.
func gives(ctx context.Context, x SourceTarget, tag string, want catalogue.Document) (string, error) {
	d, next, err := x.Source.Fetch(ctx, tag)
	if err != nil {
		return "", fmt.Errorf("want the document, not error %w", err)
	}
	return next, equalDocuments(d, want)
}

func equalDocuments(got, want catalogue.Document) error {
	a, err := catalogue.NewIndex(got.Tools)
	if err != nil {
		return fmt.Errorf("the document is faulty: %w", err)
	}
	b, err := catalogue.NewIndex(want.Tools)
	if err != nil {
		return fmt.Errorf("the document that was set is faulty: %w", err)
	}
	for _, t := range catalogue.Diff(b, a).Tools {
		return fmt.Errorf("another document: tool %s is %s", t.ID, t.Kind)
	}
	return nil
}

// refuses wants an error that is not ErrUnchanged, and nothing else.
func refuses(ctx context.Context, x SourceTarget, tag string) error {
	d, next, err := x.Source.Fetch(ctx, tag)
	if err == nil || errors.Is(err, catalogue.ErrUnchanged) {
		return fmt.Errorf("want an error that says why, got %v", err)
	}
	return empty(d, next)
}

func empty(d catalogue.Document, tag string) error {
	if len(d.Tools) > 0 || tag != "" {
		return errors.New("want no document and no tag beside an error")
	}
	return nil
}

func givesTheDocument(ctx context.Context, x SourceTarget) error {
	for range 3 {
		if _, err := gives(ctx, x, "", x.Fixed); err != nil {
			return err
		}
	}
	return nil
}

func unchanged(ctx context.Context, x SourceTarget) error {
	tag, err := gives(ctx, x, "", x.Fixed)
	if err != nil || tag == "" {
		return err
	}
	d, next, err := x.Source.Fetch(ctx, tag)
	if !errors.Is(err, catalogue.ErrUnchanged) {
		return fmt.Errorf("want ErrUnchanged, got %v", err)
	}
	return empty(d, next)
}

func foreignTags(ctx context.Context, x SourceTarget) error {
	for i, tag := range []string{"no tag of yours", `"v0"`, "0", "a\r\nb", "\x00", "\xff", strings.Repeat("a", 1<<16)} {
		if _, err := gives(ctx, x, tag, x.Fixed); err != nil {
			return fmt.Errorf("strange tag %d: %w", i, err)
		}
	}
	return nil
}

func seesChanges(ctx context.Context, x SourceTarget) error {
	if x.Set == nil {
		return nil
	}
	tag, err := gives(ctx, x, "", x.Fixed)
	for _, name := range []string{"Rust", "Lust", "Lyst", "En lengre tekst", "Kort"} {
		if err != nil {
			return err
		}
		d := sourceDocument(name)
		if err := x.Set(d); err != nil {
			return fmt.Errorf("function Set: %w", err)
		}
		tag, err = gives(ctx, x, tag, d)
	}
	return err
}

func comesBack(ctx context.Context, x SourceTarget) error {
	if x.Set == nil {
		return nil
	}
	first, err := gives(ctx, x, "", x.Fixed)
	if err != nil {
		return err
	}
	other := sourceDocument("Rust")
	if err := x.Set(other); err != nil {
		return fmt.Errorf("function Set: %w", err)
	}
	second, err := gives(ctx, x, first, other)
	if err != nil {
		return err
	}
	if err := x.Set(x.Fixed); err != nil {
		return fmt.Errorf("function Set: %w", err)
	}
	if _, err = gives(ctx, x, second, x.Fixed); err != nil {
		return err
	}
	d, _, err := x.Source.Fetch(ctx, first)
	if errors.Is(err, catalogue.ErrUnchanged) {
		return nil
	}
	return errors.Join(err, equalDocuments(d, x.Fixed))
}

func broken(ctx context.Context, x SourceTarget) error {
	if x.Break == nil {
		return nil
	}
	tag, err := gives(ctx, x, "", x.Fixed)
	if err != nil {
		return err
	}
	if err := x.Break(); err != nil {
		return fmt.Errorf("function Break: %w", err)
	}
	return errors.Join(refuses(ctx, x, ""), refuses(ctx, x, tag))
}

func mends(ctx context.Context, x SourceTarget) error {
	if x.Break == nil || x.Set == nil {
		return nil
	}
	if err := x.Break(); err != nil {
		return fmt.Errorf("function Break: %w", err)
	}
	_ = refuses(ctx, x, "") // another rule's matter
	d := sourceDocument("Rust")
	if err := x.Set(d); err != nil {
		return fmt.Errorf("function Set: %w", err)
	}
	_, err := gives(ctx, x, "", d)
	return err
}

func ended(ctx context.Context, x SourceTarget) error {
	over, end := context.WithCancel(ctx)
	end()
	d, tag, err := x.Source.Fetch(over, "")
	if !errors.Is(err, context.Canceled) {
		return fmt.Errorf("want an error that wraps context.Canceled, got %v", err)
	}
	return empty(d, tag)
}

func ownDocument(ctx context.Context, x SourceTarget) error {
	d, _, err := x.Source.Fetch(ctx, "")
	if err != nil {
		return err
	}
	for i := range d.Tools {
		d.Tools[i].Name["nb"], d.Tools[i].Access.OnBehalf = "changed", true
	}
	_, err = gives(ctx, x, "", x.Fixed)
	return err
}

func together(ctx context.Context, x SourceTarget) error {
	const callers = 16
	var ready atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, callers)
	for i := range callers {
		all.Go(func() {
			ready.Add(1)
			for ready.Load() < callers {
				runtime.Gosched()
			}
			_, errs[i] = gives(ctx, x, "", x.Fixed)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
