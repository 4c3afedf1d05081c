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
// The caller must authenticate people and systems before it names them in an
// [Actor], must decide which tenant they act for, must ask
// [Prescription.CheckLaunch] before a tool is opened, and must call
// [Service.Drain] from time to time. What the tool's state may become, by which
// event and by whom, is one table: [Transitions].
//
// Not checked: whether the therapist may prescribe, whether the citizen gives
// consent, whether the tool suits the citizen, and whether the citizen already
// has one. Reasons are codes and never free text, so that the audit trail holds
// nothing personal.
//
// The states can be written as FHIR R4 Task.status (hl7.org/fhir/R4/task.html).
// Identity numbers follow the rules of Folkeregisteret and print as
// "[redacted]", see [NationalID]. Ids are UUID version 7 (RFC 9562, section 5.7).
//
// Before version 1 exported names may still change; changes are listed.
package prescription
