package approval

import (
	"fmt"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// ChangeKind is what kind of difference a [Change] is.
type ChangeKind string

// The kinds of changes.
const (
	ChangedTool      ChangeKind = "tool-changed" // the declaration is about another tool
	ChangedToolName  ChangeKind = "tool-name-changed"
	ChangedRelease   ChangeKind = "release-changed"
	ChangedVendor    ChangeKind = "vendor-changed" // another organisation answers for the tool
	ChangedName      ChangeKind = "vendor-name-changed"
	ChangedSignatory ChangeKind = "signatory-changed"

	AddedFact   ChangeKind = "fact-added"
	RemovedFact ChangeKind = "fact-removed"
	ChangedFact ChangeKind = "fact-changed"

	// ChangedUse: from with a therapist only to without, or the other way.
	ChangedUse ChangeKind = "use-changed"
	// NowApplies and NoLongerApplies: what the facts say moves a requirement in or out.
	NowApplies      ChangeKind = "now-applies"
	NoLongerApplies ChangeKind = "no-longer-applies"

	AddedAnswer        ChangeKind = "answer-added"
	RemovedAnswer      ChangeKind = "answer-removed"
	ChangedStatus      ChangeKind = "status-changed"
	ChangedReason      ChangeKind = "reason-changed"
	ChangedExplanation ChangeKind = "explanation-changed"
	ChangedDue         ChangeKind = "due-changed"
	ChangedReferences  ChangeKind = "evidence-references-changed"
	ChangedAnswered    ChangeKind = "answered-changed"
	ChangedOrigin      ChangeKind = "origin-changed"

	AddedEvidence   ChangeKind = "evidence-added"
	RemovedEvidence ChangeKind = "evidence-removed"
	// RenewedEvidence: the same kind of document from the same issuer, at no
	// lower level, made later.
	RenewedEvidence ChangeKind = "evidence-renewed"
	// ReplacedEvidence: another document under the same id, which is no renewal.
	ReplacedEvidence ChangeKind = "evidence-replaced"
	// ChangedEvidence: the same document, described in another way.
	ChangedEvidence ChangeKind = "evidence-changed"
)

// Change is one difference between two declarations.
type Change struct {
	Kind ChangeKind `json:"kind"`
	// Requirement, Fact and Evidence are the ids of what it concerns; empty where there is none.
	Requirement string `json:"requirement,omitempty"`
	Fact        string `json:"fact,omitempty"`
	Evidence    string `json:"evidence,omitempty"`
	// Pointer is the place (RFC 6901) in the later declaration, or in the
	// earlier one for what was removed.
	Pointer string `json:"pointer"`
	// Material says that the tool must be assessed anew.
	Material bool `json:"material"`
	// Why says what changed and why that is material or not: nb, nn and en. It
	// holds no value of the declarations but codes and ids.
	Why catalogue.Text `json:"why"`
}

// Changes are the differences between two declarations, in the order of the
// form: tool, vendor, facts, scope, answers, evidence.
type Changes []Change

// Material says whether any of the changes is.
func (c Changes) Material() bool {
	return slices.ContainsFunc(c, func(c Change) bool { return c.Material })
}

// Diff finds what changed from declaration a to declaration b, both of which
// answer set, and whether it is material, so that the tool must be assessed
// anew, or editorial (the idea of DiGAV section 18). Material is
//
//   - another tool, or another organisation behind it;
//   - the tool's or the vendor's name, which is shown to the public;
//   - another release, while an answer to a blocker or major requirement still
//     rests on the same document: certificates and test reports are about the
//     release that they were made for;
//   - a fact that the set flags ([Fact.Material]), publishes ([Fact.Publish]) or
//     asks about in any condition: of a requirement, a reason for
//     not-applicable, a level of evidence or a rule;
//   - another scope: use with a therapist only or not, and a blocker or major
//     requirement that the facts move in or out;
//   - another status, reason or day for a blocker or major requirement, and the
//     explanation of an alternative, for it says what is done instead;
//   - evidence that a blocker rests on, when it or the reference to it is
//     removed, or another document takes its place that is no renewal.
//
// Everything else is editorial: the signatory, explanations, titles, minor
// requirements, facts that the set does not know, added and renewed evidence. The declarations' own id, revision
// and day of submission are not compared, nor the order in lists. A vendor may
// know of material changes that no declaration shows.
//
// The error is [ErrSet], [ErrNoDeclaration] or [ErrOtherSet]. The declarations
// need not have passed [CheckDeclaration]; neither is changed or kept.
func Diff(a, b *SelfDeclaration, set *RequirementSet) (Changes, error) {
	if set == nil || set.own == nil {
		return nil, ErrSet
	}
	d := &diff{a: a, b: b, set: set.own, found: Changes{}}
	if err := d.sameSet(); err != nil {
		return nil, err
	}
	d.identity()
	d.facts()
	d.scope()
	d.answers()
	d.evidence()
	return d.found, nil
}

// diff collects the changes.
type diff struct {
	a, b  *SelfDeclaration
	set   *RequirementSet
	found Changes
}

func (d *diff) sameSet() error {
	if d.a == nil || d.b == nil {
		return ErrNoDeclaration
	}
	if d.a.Set != d.set.Ref() || d.b.Set != d.set.Ref() {
		return fmt.Errorf("%w: want %s %s for both", ErrOtherSet, d.set.ID, d.set.Version)
	}
	return nil
}

// add takes a change; because is why it is material, nil if it is not.
func (d *diff) add(c Change, because *phrase, args ...any) {
	c.Material = because != nil
	if because == nil {
		because = &sayEditorial
	}
	c.Why = joinTexts(changeSaid[c.Kind].text(args...), because.text())
	d.found = append(d.found, c)
}

func (d *diff) identity() {
	a, b := d.a, d.b
	if a.Tool.ID != b.Tool.ID {
		d.add(Change{Kind: ChangedTool, Pointer: "/tool/id"}, &becauseTool)
	}
	if !sameText(a.Tool.Name, b.Tool.Name) {
		d.add(Change{Kind: ChangedToolName, Pointer: "/tool/name"}, &becausePublished)
	}
	if a.Tool.Release != b.Tool.Release {
		d.release()
	}
	if a.Vendor.OrgNumber != b.Vendor.OrgNumber {
		d.add(Change{Kind: ChangedVendor, Pointer: "/vendor/orgNumber"}, &becauseVendor)
	}
	if a.Vendor.Name != b.Vendor.Name {
		d.add(Change{Kind: ChangedName, Pointer: "/vendor/name"}, &becausePublished)
	}
	if a.SignedBy != b.SignedBy {
		d.add(Change{Kind: ChangedSignatory, Pointer: "/signedBy"}, nil)
	}
}

// release: what was proven, was proven about the release before.
func (d *diff) release() {
	var because *phrase
	if d.keepsDocuments() {
		because = &becauseRelease
	}
	d.add(Change{Kind: ChangedRelease, Pointer: "/tool/release"}, because)
}
