package prescriptionfhir

import "github.com/verktoykatalog/verktoy/internal/fhir"

// Namespace is where the addresses that this project has given begin, as in package cataloguefhir. They are names; nothing need answer there.
const Namespace = fhir.Namespace

// The systems of identifiers and codes. [Config] may give others for the first four.
const (
	SystemPrescription = Namespace + "prescription" // a prescription's id
	SystemPatient      = Namespace + "pseudonym"    // a patient's pseudonym
	SystemTenant       = Namespace + "tenant"       // whose prescription it is
	SystemActor        = Namespace + "actor"        // an actor's id, unless it is an HPR number

	SystemKey    = Namespace + "prescription-key"    // the key of the request, unique in its tenant
	SystemState  = Namespace + "prescription-state"  // the codes of prescription.State
	SystemReason = Namespace + "prescription-reason" // the reason of the newest change
	SystemUnit   = fhir.SystemUnit                   // a unit: the tool's id, "/", the unit's; as in package cataloguefhir

	// Those that Norway has given.
	SystemOrgNumber  = fhir.SystemOrgNumber  // organisation numbers; a [Config.Tenant] for who uses them as tenants
	SystemHPR        = fhir.SystemHPR        // numbers in Helsepersonellregisteret
	SystemNationalID = fhir.SystemNationalID // fødselsnummer
)

// The extensions. None is a modifier: ignoring them makes nobody use what may not be used.
const (
	// ExtensionReplaces is FHIR's own (hl7.org/fhir/R4/extension-task-replaces.html): valueReference with the identifier of the
	// prescription that a Task took the place of. A ServiceRequest has an element for it.
	ExtensionReplaces = "http://hl7.org/fhir/StructureDefinition/task-replaces"
	// ExtensionReplacedBy has valueReference with the identifier of the prescription that took the place of this one.
	ExtensionReplacedBy = Namespace + "replaced-by"
	// ExtensionMilestones has the extensions "sent", "delivered", "opened", "cancel-asked" and "completed", each a valueDateTime: when the
	// state was first reached. Those that were not are missing. executionPeriod says when it was started and ended.
	ExtensionMilestones = Namespace + "milestones"
	// ExtensionStored has valueCode: the state that an expired prescription was left in.
	ExtensionStored = Namespace + "stored-state"
	// ExtensionPseudonym stands in the reference to a patient who is named by the identity number, with the pseudonym as valueIdentifier.
	ExtensionPseudonym = Namespace + "patient-pseudonym"
	// ExtensionNote stands in a note and has the extensions "version" (valuePositiveInt, the version that the note made) and "role"
	// (valueCode, a prescription.Role).
	ExtensionNote = Namespace + "note"
)
