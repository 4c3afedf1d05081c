// Package approval decides whether a digital health tool may be offered, from
// the vendor's self-declaration and a published set of requirements.
//
// Most programs need four functions. [ParseRequirementSet] reads a set (the
// released ones are in package approval/requirement). [CheckDeclaration] reads
// a vendor's declaration and says everything that is wrong with it, in words.
// [Evaluate] turns a declaration into a [Decision] with one reason for each
// requirement. [Case.Publish] turns a decision into a listed tool, unless the
// approval was suspended or withdrawn since; the function [Publish] does it for
// those who keep no cases, and cannot know.
// [Explain] shows how a decision comes about, and [WhyNot] what would lead to
// another. Where a vendor's own word is not enough the decision is [NeedsReview],
// and a [Panel] of experts makes the next one with [Panel.Decide].
//
// A [Case] follows a tool through its life, from a draft to a withdrawal:
// [Case.Apply] does what one table allows, [Case.Record] gives the entry for a
// [Ledger] in which every change shows, and [Case.Refresh] brings suspension,
// expiry and withdrawal to the catalogue. [Due] lists what must be reviewed
// again. [GrantWaiver] lets a requirement pass for a time. What an assessor has
// found when opening a document or comparing a fact is a [Finding]; [Input] is a
// declaration together with those.
//
// When a tool or a set changes, [Diff] says what is another in a declaration and
// whether it must be assessed anew, [DiffSets] what is another in a set, and
// [Migrate] takes the answers over that are answers to the new set as well.
// Package approval/approvalsign signs declarations.
//
// While a declaration is being written, [CheckDraft] reads it and
// [PruneInapplicable] drops the answers that no longer apply. What concerns the
// vendor alone is answered once in a [VendorDeclaration], and [Inherit] brings
// those answers into the declaration about each tool.
//
// What is unknown, missing, expired or contradictory never approves: a
// condition on a fact that is not given is neither true nor false, and such a
// requirement counts as unanswered.
//
// The caller passes the time; nothing here reads a clock, a file or the
// network. The same input gives the same decision, byte for byte. The values
// of this package are plain data: store decisions as JSON and read them back
// with [ParseDecision].
//
// Not checked here: who signed and with what authority, whether the evidence
// exists at its address and says what it should, whether those it names have
// checked or issued it, whether the facts are true (that is what findings are
// for), whether the organisation is
// registered, and whether those who act have the roles and ids that the caller
// says they have. A decision's ID shows that it was changed by accident; it is
// no signature.
//
// JSON is read as RFC 8259 with the limits of RFC 7493; places are JSON
// Pointers (RFC 6901); schemas are JSON Schema draft 2020-12. The form of the
// requirements, with closed lists of reasons for "not applicable" that are
// compared with declared facts, follows the idea of the annexes of the German
// DiGAV.
//
// Before version 1 exported names may still change; changes are listed. The
// documents carry a version of their own.
package approval
