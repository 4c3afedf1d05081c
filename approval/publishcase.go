package approval

import (
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Errors of [Case.Publish], besides those of [Publish], each in a [*RefusedError].
var (
	// ErrEnded: the case was withdrawn.
	ErrEnded = errors.New("approval: the case was withdrawn")
	// ErrNotRecorded: the case does not rest on this decision, or its publication is not recorded.
	ErrNotRecorded = errors.New("approval: the case does not say that the decision is published")
)

// Publish turns a draft into a listed tool as the function [Publish] does, for a
// tool whose approval is followed by a case, which is c as it stands now: it must
// rest on this decision and have recorded its publication
// ([EventPublish]), and be neither withdrawn nor suspended. What was paused is
// listed again.
func (c Case) Publish(d *Decision, draft catalogue.Tool, at time.Time) (catalogue.Tool, error) {
	switch {
	case c.State == CaseWithdrawn:
		return catalogue.Tool{}, refuse(ErrEnded, "/state", problem.NotAllowed, refEnded)
	case c.Suspension != nil:
		return catalogue.Tool{}, refuse(ErrSuspended, "/suspension", problem.NotAllowed, refSuspended)
	case d == nil || c.Decision == nil || c.Decision.ID != d.ID || c.Decision.Published.IsZero():
		return catalogue.Tool{}, refuse(ErrNotRecorded, "/decision", problem.Contradiction, refNotRecorded)
	case whole(at).Before(c.Updated):
		return catalogue.Tool{}, refuse(ErrEventTime, "/updated", problem.OutOfRange, refEventTime)
	}
	return Publish(d, draft, at)
}

// Refresh brings what became of a case to its tool in the catalogue; give the
// result, which is this one tool, to [catalogue.Live.Put]. A tool of a withdrawn case is withdrawn,
// for ever. A listed one is paused when its approval is suspended or over, or
// when it is listed on another decision than the one that the case has
// published; one that is approved with a therapist only requires a
// prescription. Nothing is listed here: [Case.Publish] does that, also after a
// suspension is lifted. A draft stays as it is, and so does all else in the
// tool. The error is [ErrOtherTool] if the case is about another tool, or about
// another vendor's, and [ErrCase] if the case cannot be used.
func (c Case) Refresh(tool catalogue.Tool, at time.Time) (catalogue.Tool, error) {
	if err := c.Check(); err != nil {
		return catalogue.Tool{}, err
	}
	if c.Tool != tool.ID || tool.Vendor == nil || !sameVendor(c.Vendor, tool.Vendor.OrgNumber) {
		return catalogue.Tool{}, refuse(ErrOtherTool, "/tool", problem.Contradiction, refOtherCase)
	}
	switch {
	case tool.Status == catalogue.StatusDraft:
	case c.State == CaseWithdrawn:
		tool.Status = catalogue.StatusWithdrawn
	case tool.Status == catalogue.StatusListed && !c.carries(tool, at):
		tool.Status = catalogue.StatusPaused
	case tool.Status == catalogue.StatusListed && c.Decision.Outcome != ApprovedWithoutTherapist:
		tool.Access.RequiresPrescription = true
	}
	return tool, nil
}

// carries says whether the tool may be listed as it is.
func (c Case) carries(tool catalogue.Tool, at time.Time) bool {
	return c.Suspension == nil && c.approved() && !c.Decision.Published.IsZero() && !c.Decision.over(at) &&
		tool.Approval != nil && tool.Approval.Decision == c.Decision.ID && tool.Approval.ValidUntil == c.Decision.ValidUntil
}

// Sentences about tools that cannot be listed.
var (
	refFuture = phrase{
		"Vedtaket er fra et senere tidspunkt. Sjekk klokken.",
		"Vedtaket er frå eit seinare tidspunkt. Sjekk klokka.",
		"The decision is from a later time. Check the clock."}
	refAccess = phrase{
		"Katalogen sier at verktøyet kan brukes uten innlogging, men leverandøren har oppgitt at brukeren må logge inn. Rett det som er feil.",
		"Katalogen seier at verktøyet kan brukast utan innlogging, men leverandøren har oppgitt at brukaren må logge inn. Rett det som er feil.",
		"The catalogue says that the tool may be used without a login, but the vendor has stated that the user must log in. Correct what is wrong."}
	refToolWithdrawn = phrase{
		"Verktøyet er trukket tilbake for godt. Meld det inn på nytt med en ny id.",
		"Verktøyet er trekt tilbake for godt. Meld det inn på nytt med ein ny id.",
		"The tool is withdrawn for good. Enter it again with a new id."}
	refEnded = phrase{
		"Saken er trukket tilbake. Åpne en ny sak for å få verktøyet godkjent.",
		"Saka er trekt tilbake. Opne ei ny sak for å få verktøyet godkjent.",
		"The case was withdrawn. Open a new case to have the tool approved."}
	refNotRecorded = phrase{
		"Saken viser ikke at dette vedtaket er publisert. Registrer publiseringen i saken først.",
		"Saka viser ikkje at dette vedtaket er publisert. Registrer publiseringa i saka først.",
		"The case does not show that this decision is published. Record the publication in the case first."}
	refOtherCase = phrase{
		"Saken gjelder et annet verktøy eller en annen leverandør. Finn riktig sak.",
		"Saka gjeld eit anna verktøy eller ein annan leverandør. Finn rett sak.",
		"The case is about another tool or another vendor. Find the right case."}
)
