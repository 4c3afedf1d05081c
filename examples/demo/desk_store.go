package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// keptFile is a file as it lies in the database, with its case's entries in the
// ledger: one row, so that a case and its ledger are never of different moments.
type keptFile struct {
	Set       approval.SetRef     `json:"set"`
	Draft     tree                `json:"draft"`
	Listing   tree                `json:"listing"`
	Strict    bool                `json:"strict,omitempty"`
	Life      *approval.Case      `json:"life,omitempty"` // nil before the first submission
	Entries   []approval.Entry    `json:"entries,omitempty"`
	Declared  json.RawMessage     `json:"declared,omitempty"`
	Signature string              `json:"signature,omitempty"`
	Basis     json.RawMessage     `json:"basis,omitempty"`
	Decision  json.RawMessage     `json:"decision,omitempty"`
	Votes     []approval.Vote     `json:"votes,omitempty"`
	Aside     []approval.Conflict `json:"aside,omitempty"`
	Asked     []approval.Waiver   `json:"asked,omitempty"`
	Waivers   []approval.Waiver   `json:"waivers,omitempty"`
	Tool      *catalogue.Tool     `json:"tool,omitempty"` // as it is in the catalogue, once it is published
}

func (d *desk) encode(ctx context.Context, f *file) ([]byte, error) {
	k := keptFile{Set: f.set.Ref(), Draft: f.draft, Listing: f.listing, Strict: f.strict, Signature: f.signature,
		Votes: f.votes, Aside: f.aside, Asked: f.asked, Waivers: f.waivers}
	var err error
	if f.life.ID != "" {
		k.Life = &f.life
		if k.Entries, err = d.ledger.Entries(ctx, f.id); err != nil {
			return nil, err
		}
		if tool, found := d.catalogue.Get(f.life.Tool); found {
			k.Tool = &tool
		}
	}
	if k.Declared, err = written(f.declared); err == nil {
		k.Basis, err = written(f.basis)
	}
	if err == nil {
		k.Decision, err = written(f.decision)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(k)
}

// written is a document, nil for none.
func written[T any](v *T) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}

// decode reads a file, and brings its entries to the ledger and its tool to the catalogue.
func (d *desk) decode(ctx context.Context, data []byte) (*file, error) {
	var k keptFile
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, err
	}
	set, err := requirement.GetVersion(k.Set.ID, k.Set.Version)
	if err != nil {
		return nil, err
	}
	f := &file{set: set, draft: k.Draft, listing: k.Listing, strict: k.Strict, signature: k.Signature, votes: k.Votes, aside: k.Aside, asked: k.Asked, waivers: k.Waivers}
	if err := f.read(k); err != nil {
		return nil, err
	}
	if k.Tool != nil {
		err = d.put(*k.Tool)
	}
	for _, e := range k.Entries {
		if err == nil {
			err = d.rewrite(ctx, e)
		}
	}
	return f, err
}

// read reads the parts that package approval can check.
func (f *file) read(k keptFile) error {
	var err error
	if k.Life != nil {
		f.life, err = *k.Life, k.Life.Check()
	}
	if err == nil && k.Declared != nil {
		f.declared, err = approval.CheckDeclaration(k.Declared, f.set)
	}
	if err == nil && k.Basis != nil {
		f.basis, err = approval.ParseDecision(k.Basis)
	}
	if err == nil && k.Decision != nil {
		f.decision, err = approval.ParseDecision(k.Decision)
	}
	return err
}

// rewrite appends an entry that was read. The ledger links it to the one before;
// that must come to the link that it had.
func (d *desk) rewrite(ctx context.Context, e approval.Entry) error {
	linked, err := d.ledger.Append(ctx, e)
	if err == nil && linked.Hash != e.Hash {
		return fmt.Errorf("%w: entry %d of %s is not what it was", approval.ErrLedger, e.Seq, e.Case)
	}
	return err
}
