// Package prescriptionfhir writes prescriptions as FHIR R4 Task and ServiceRequest, and reads both; also Helsenorge's flavour of Task.
//
// Most programs need three methods of a [Mapper]. [Mapper.Task] writes how far a prescription has come; [Mapper.Prescription] reads that
// without loss. [Task.Reports] turns a Task that a tool or a portal has changed into reports for [prescription.Service.Apply]. For an order
// that comes from another system there is [Mapper.Request]; for Helsenorge [Mapper.HelsenorgeTaskWithNationalIDUnsafe],
// [Mapper.ReadHelsenorge] and [Mapper.HelsenorgeReports]. Sending and fetching are package oppgave's business there, the host's elsewhere.
//
// The caller must decide which tenant a sender may act for, whatever the resource says; must look at what was not kept before a part of a
// health record is dropped; and must not keep the ids of resources: they are the server's. What lasts is the business identifier.
//
// # What is written
//
// A prescription is a ServiceRequest (the order) and a Task (what becomes of it) that has it as its focus. Both have:
//
//   - identifier: [SystemPrescription] and the prescription's id, [SystemKey] and the request's key; the tenant is their assigner.
//   - meta.versionId: the version. A server that counts on its own writes another one over it.
//   - language: the patient's. The text to the citizen is the Task's description and the ServiceRequest's patientInstruction.
//   - code: [SystemUnit], the tool's id, "/" and the unit's; instantiatesCanonical: the unit's ActivityDefinition of package cataloguefhir.
//   - for, owner (Task), subject (ServiceRequest): the patient, by pseudonym; by identity number only if [Options] says so.
//   - requester: the therapist, by HPR number if the actor's id is "hpr/" and digits, otherwise by [SystemActor].
//   - authoredOn: issued. restriction.period and occurrencePeriod: from issued to expires. FHIR includes the end, a prescription does not:
//     the difference is a moment.
//   - note: notes, if [Options] has them.
//   - [ExtensionReplaces] and ServiceRequest.replaces, [ExtensionReplacedBy]: the chain.
//
// and the Task besides: status, with the exact state as businessStatus ([SystemState]); statusReason ([SystemReason]); executionPeriod, from
// started to ended; lastModified; [ExtensionMilestones]; for what has expired [ExtensionStored].
//
//	state                                            Task.status       ServiceRequest.status
//	drafted                                          draft             draft
//	sent                                             requested         active
//	delivered, opened                                ready             active
//	started, cancel-asked                            in-progress       active
//	paused                                           on-hold           on-hold
//	completed                                        completed         completed
//	declined                                         rejected          revoked
//	failed                                           failed            revoked
//	cancelled, expired                               cancelled         revoked
//	entered-in-error                                 entered-in-error  entered-in-error
//
// # What is read
//
// [Mapper.ReadTask] and [Mapper.ReadServiceRequest] read anybody's resources. What is kept is written again as it was, and all else is told
// of, with its place: nothing is dropped silently. Refused are JSON that is not strict, members that the resource does not have,
// implicitRules, modifierExtension and doNotPerform, which FHIR forbids to ignore, and statuses that do not exist. Not kept, and told of, are
// text, contained resources other than organisations, location, insurance, reasonReference, relevantHistory, output, inputs that are no
// boolean, the number of repetitions, and of a ServiceRequest quantities, timings, body sites, specimens and the like.
//
// Errors name places and what was wanted, never what was found. A name in a resource that may hold an identity number is not repeated.
//
// # Helsenorge
//
// Helsenorge's page "FHIR Task" names the statuses, security labels (service area, sensitive sender), identifier, instantiatesUri, code,
// description, focus, owner, restriction.period.end and the input "supports-representation". Not public, and assumed: how a task names its
// tool (here by its link alone), that the requester is the contained organisation, the intent, and the address of the second deadline
// ([Config.HelsenorgeDeadline]). Helsenorge's rules about deadlines and changes are not checked here.
//
// The resources are hl7.org/fhir/R4/task.html and hl7.org/fhir/R4/servicerequest.html.
//
// Before version 1 exported names may still change; changes are listed.
package prescriptionfhir
