// Package prescription sends a digital health tool to a citizen and keeps track
// of what became of it.
//
// Most programs need four methods of [Service]: [Service.Prescribe] from the
// clinician's system, [Service.Apply] for what the tool reports back,
// [Service.Cancel] to take a prescription back, and [Service.Drain], which
// delivers what waits in the outbox. Where prescriptions are kept is a [Store]:
// [NewMemory] for tests and demonstrations, package prescriptionsql for SQLite
// and PostgreSQL, in the transaction of the host if it has one.
//
// Who runs such a system also needs [Lister] (what was never opened, what did
// not reach the citizen, and what is for a tool that was withdrawn), [DeadLetters] (what could not be delivered), [Eraser]
// (what is personal and over), [VerifyAll] (whether the audit trail is whole) and
// [Tally] (statistics without persons). Both stores can do all of it.
//
// The caller must authenticate people and systems before it names them in an
// [Actor], must decide which tenant they act for, must ask
// [Prescription.CheckLaunch] before a tool is opened, and must call
// [Service.Drain] from time to time. What becomes of a prescription, by which
// event and by whom, is one table: [Transitions].
//
// Not checked: whether the therapist may prescribe, whether the citizen gives
// consent, and whether the tool suits the citizen beyond its ages; rules of the
// host's go into [Config.Policy]. Nothing personal is deleted unless the host
// calls an [Eraser]. Reasons are codes and never free text, so that the audit
// trail holds nothing personal.
//
// Errors to branch on are a [*RequestError] with every fault of a request,
// [ErrConflict] (read again and decide anew), [ErrAlreadyActive], [ErrNotAllowed]
// and [ErrBusy] (do the whole transaction again). None holds personal data.
//
// The states can be written as FHIR R4 Task.status (hl7.org/fhir/R4/task.html).
// Identity numbers follow the rules of Folkeregisteret and print as
// "[redacted]", see [NationalID]. Ids are UUID version 7 (RFC 9562, section 5.7).
//
// Before version 1 exported names may still change; changes are listed.
package prescription
