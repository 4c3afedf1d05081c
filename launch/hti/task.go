package hti

import (
	"regexp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

const (
	wantObject       = "one FHIR Task, and no claims of HTI 2.0 beside it"
	wantFHIRVersion  = "STU3, R4 or R5"
	wantCode         = "a FHIR code: small letters and hyphens, at most 64"
	wantSTU3         = "definitionReference.reference with an absolute address or ActivityDefinition/id, as STU3 has it"
	wantNewer        = "instantiatesCanonical with an absolute address, as FHIR has it from R4 on"
	wantAnonymous    = "a task without names, addresses, notes, contained resources, identity numbers and free text of more than one word"
	mappingTask      = `HTI 1.1, "Mapping of the FHIR task"`
	personReferences = `HTI 1.1, "Person reference"`
)

// steps11 reads HTI 1.1, whose meaning is in a FHIR Task.
var steps11 = []step{
	{rule("task-object", "task to be "+wantObject, `HTI 1.1, "The FHIR task object"`), readObject, nil},
	{rule("task-personal-data", wantAnonymous, `HTI 1.1, "Personal data" and "Person reference"`), readAnonymous, nil},
	{rule("fhir-version", "fhir-version to be "+wantFHIRVersion, `HTI 1.1, "The message format", fhir-version`), readFHIRVersion, nil},
	{rule("actor", "task.for.reference to be "+wantPerson+", and sub the same", personReferences+`, "Mapping of the FHIR task", for`), readFor,
		func(l *launch.Launch) string { return typeOf(l.Actor) }},
	{rule("task", "task.id to be a FHIR id", `HTI 1.1, "The task id"`), readTaskID, nil},
	{rule("definition", wantNewer+" ("+wantSTU3+")", `HTI 1.1, "The definition"`), readTaskDefinition, foundDefinition},
	{rule("intent", "task.intent and task.status to be "+wantCode, mappingTask+", intent and status"), readCodes, nil},
}

func readObject(m *message) error {
	value, _ := m.c.Any("task")
	task, is := value.(map[string]any)
	if !is || task["resourceType"] != "Task" {
		return refuse("task", wantObject)
	}
	for _, name := range []string{"resource", "definition", "patient", "intent"} {
		if _, mixed := m.c.Any(name); mixed {
			return refuse("task", wantObject)
		}
	}
	m.task = task
	return nil
}

func readFHIRVersion(m *message) error {
	version, there, err := m.c.Text("fhir-version")
	if err != nil {
		return refuse("fhir-version", wantFHIRVersion)
	}
	m.fhir = strings.ToUpper(version)
	if there && !slices.Contains([]string{"STU3", "R4", "R5"}, m.fhir) {
		return refuse("fhir-version", wantFHIRVersion)
	}
	return nil
}

// readFor takes sub, else the task's for. The text has sub as who launches and
// for as whom the task is meant for; one that launches for another needs HTI 2.0.
func readFor(m *message) error {
	intended, _ := m.task["for"].(map[string]any)
	reference, _ := intended["reference"].(string)
	sub, there, err := m.c.Text("sub")
	if err != nil {
		return err
	}
	if there && sub != reference {
		return refuse("sub", "the same as task.for.reference")
	}
	m.l.Actor, err = launch.ParseParty(reference)
	if err != nil || !isPerson(m.l.Actor) {
		return refuse("task.for.reference", wantPerson)
	}
	m.l.Patient = m.l.Actor
	return nil
}

func readTaskID(m *message) error {
	id, _ := m.task["id"].(string)
	task, err := launch.ParseParty(id)
	if err != nil || task.Type != "" {
		return refuse("task.id", "a FHIR id")
	}
	m.l.Task = launch.Party{Type: "Task", ID: task.ID}
	return nil
}

var relativeDefinition = regexp.MustCompile(`^ActivityDefinition/[A-Za-z0-9.-]{1,64}\z`)

// readTaskDefinition holds the message to its FHIR version's name. The text's
// own example for STU3 has a relative reference, so that is taken there.
func readTaskDefinition(m *message) error {
	old, hasOld := m.task["definitionReference"]
	newer, hasNewer := m.task["instantiatesCanonical"]
	if m.fhir == "STU3" {
		reference, _ := old.(map[string]any)
		m.l.Definition, _ = reference["reference"].(string)
		if hasNewer || hasOld && !isDefinition(m.l.Definition) && !relativeDefinition.MatchString(m.l.Definition) {
			return launch.Refuse(launch.KindClaims, wantSTU3, nil)
		}
		return nil
	}
	m.l.Definition, _ = newer.(string)
	if hasOld || hasNewer && !isDefinition(m.l.Definition) {
		return launch.Refuse(launch.KindClaims, wantNewer, nil)
	}
	return nil
}

var code = regexp.MustCompile(`^[a-z]+(-[a-z]+)*\z`)

func isCode(s string) bool { return len(s) <= maxIntent && code.MatchString(s) }

func readCodes(m *message) error {
	for _, name := range []string{"intent", "status"} {
		if text, _ := m.task[name].(string); !isCode(text) {
			return refuse("task."+name, wantCode)
		}
	}
	m.l.Intent, _ = m.task["intent"].(string)
	return nil
}

// readAnonymous looks through the whole task. HTI 1.1, "Personal data".
func readAnonymous(m *message) error {
	if personal(m.task) {
		return launch.Refuse(launch.KindPersonalData, wantAnonymous, nil)
	}
	return nil
}

// telling are FHIR's names for what says who somebody is, and for free text.
var telling = []string{"name", "given", "family", "telecom", "email", "phone", "birthDate", "address", "photo", "contact",
	"contained", "text", "note", "description"}

// personal errs on the side of yes: what is written in several words may be a
// name, and a task has codes and references for everything that a tool needs.
func personal(value any) bool {
	switch v := value.(type) {
	case string:
		return launch.PersonalData(strings.ReplaceAll(v, "://", ":"))
	case []any:
		return slices.ContainsFunc(v, personal)
	case map[string]any:
		for name, inner := range v {
			if slices.Contains(telling, name) || isReference(v) && (name == "display" || name == "identifier") || personal(name) {
				return true
			}
			if name != "instantiatesCanonical" && personal(inner) { // an agreed address; the verifier has looked for numbers in it
				return true
			}
		}
	}
	return false
}

// isReference: a FHIR Reference may carry a person's name and number beside the reference itself.
func isReference(v map[string]any) bool {
	_, is := v["reference"]
	return is
}
