package main

import (
	"context"
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// event is one that somebody wants to happen to a file as they have seen it.
func (d *desk) event(f *file, what approval.CaseEvent, by official) approval.Event {
	return approval.Event{Event: what, Expected: f.life.Version, At: d.now(), By: by.Actor}
}

// record lets an event happen, keeps it in the ledger and brings what came of it to the catalogue.
func (d *desk) record(ctx context.Context, f *file, ev approval.Event) error {
	next, entry, err := f.life.Record(ev)
	if err != nil {
		return err
	}
	if _, err := d.ledger.Append(ctx, entry); err != nil {
		return err
	}
	f.life = next
	return d.refresh(f)
}

// refresh pauses, withdraws or lists again what the catalogue holds of a file.
func (d *desk) refresh(f *file) error {
	tool, listed := d.catalogue.Get(f.life.Tool)
	if !listed {
		return nil
	}
	now, err := f.life.Refresh(tool, d.now())
	if err != nil {
		return err
	}
	if f.running() && now.Status == catalogue.StatusPaused {
		if now, err = f.life.Publish(f.decision, now, d.now()); err != nil {
			return err
		}
	}
	if now.Status == tool.Status && now.Access == tool.Access {
		return nil // an index takes a moment to make
	}
	return d.put(now)
}

// running says that the newest decision is published and nothing has stopped it.
func (f *file) running() bool {
	c := f.life
	return c.State == approval.CaseDecided && c.Suspension == nil && !c.Decision.Published.IsZero()
}

func (d *desk) put(tool catalogue.Tool) error {
	_, err := d.catalogue.Put(tool)
	return err
}

// hand submits the draft, as the vendor does in the story that the demo plays by itself.
func (d *desk) hand(ctx context.Context, f *file) error {
	return d.submitDraft(ctx, f, d.event(f, approval.EventSubmit, vendorPerson), "nb")
}

// submitDraft signs and submits; lang is the language in which that was asked for. What
// was submitted stays as it was, whatever becomes of the draft.
func (d *desk) submitDraft(ctx context.Context, f *file, ev approval.Event, lang catalogue.Lang) error {
	f.strict = true
	declared, err := d.submittable(f)
	if err != nil {
		return err
	}
	signature, err := d.sign(declared, lang)
	if err != nil {
		return err
	}
	before := f.life
	if f.life.ID == "" {
		if f.life, err = approval.OpenCase(f.id, declared.Tool.ID, declared.Vendor.OrgNumber); err != nil {
			return err
		}
	}
	ev.Declaration = &approval.DeclarationRef{ID: declared.ID, SHA256: declared.Digest()}
	ev.VendorPeople = []string{ev.By.ID}
	if err := d.record(ctx, f, ev); err != nil {
		f.life = before
		return err
	}
	f.declared, f.signature, f.strict = declared, signature, false
	f.begin(nil)
	return nil
}

// submittable is the draft as a declaration without mistakes in which nothing is missing.
func (d *desk) submittable(f *file) (*approval.SelfDeclaration, error) {
	declared, err := d.declaration(f)
	if err != nil {
		return nil, err
	}
	found, err := approval.Evaluate(declared, f.set, d.now(), f.waivers...)
	switch {
	case err != nil:
		return nil, err
	case found.Outcome == approval.Incomplete:
		return nil, errIncomplete
	case f.life.ID == "" && d.taken(declared.Tool.ID, f):
		return nil, errTaken
	}
	return declared, nil
}

// begin lets the panel start afresh on a basis.
func (f *file) begin(basis *approval.Decision) {
	f.basis, f.votes, f.asked = basis, nil, nil
}

// startReview gives the file to those who decide, with what the rules say of it.
func (d *desk) startReview(ctx context.Context, f *file) error {
	return d.happen(ctx, f, d.event(f, approval.EventStartReview, secretary))
}

// happen records an event, and does at the desk what belongs to it.
func (d *desk) happen(ctx context.Context, f *file, ev approval.Event) error {
	var basis *approval.Decision
	if looks := ev.Event == approval.EventStartReview || ev.Event == approval.EventReopen; looks && f.declared != nil {
		var err error
		if basis, err = approval.Evaluate(f.declared, f.set, d.now(), f.waivers...); err != nil {
			return err
		}
	}
	if err := d.record(ctx, f, ev); err != nil {
		return err
	}
	switch ev.Event {
	case approval.EventStartReview, approval.EventReopen:
		f.begin(basis)
	case approval.EventReturn, approval.EventAmend:
		f.begin(nil)
		f.revise()
	}
	return nil
}

// revise makes the draft the next revision of what was submitted.
func (f *file) revise() {
	f.draft.put("/revision", float64(f.declared.Revision+1))
	f.draft.put("/submitted", nil)
}

// list publishes: the case says so, and the tool is in the catalogue at once.
func (d *desk) list(ctx context.Context, f *file) error {
	return d.publish(ctx, f, d.event(f, approval.EventPublish, lister))
}

// publish looks first whether all of it can be done, so that the case does not say what the catalogue does not.
func (d *desk) publish(ctx context.Context, f *file, ev approval.Event) error {
	next, err := f.life.Apply(ev)
	if err != nil {
		return err
	}
	entry, err := d.entry(f)
	if err != nil {
		return err
	}
	tool, err := next.Publish(f.decision, entry, ev.At)
	if err != nil {
		return err
	}
	if err := d.put(tool); err != nil {
		return fmt.Errorf("%w: %w", errEntry, err)
	}
	return d.record(ctx, f, ev)
}

// listed says whether clinicians find the tool now.
func (d *desk) listed(f *file) bool {
	tool, found := d.catalogue.Get(f.life.Tool)
	return found && tool.Listed(d.now())
}
