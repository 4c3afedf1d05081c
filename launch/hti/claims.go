package hti

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/launchform"
	"github.com/verktoykatalog/verktoy/launch"
)

// Lengths of the texts, in characters.
const maxIntent = 64

// Rules are what a claim must be, in the words of errors.
const (
	wantPerson     = "a FHIR reference to a person: type, slash, id"
	wantPatient    = "a FHIR reference to a Patient"
	wantTask       = "a FHIR reference to a Task, or an id"
	wantDefinition = "an absolute https, http or urn address of at most 1024 characters"
	wantIntent     = "at most 64 visible characters"
)

// message is a verified message on its way to a launch.
type message struct {
	c    *launch.Claims
	l    *launch.Launch
	task map[string]any // of HTI 1.1
	fhir string         // fhir-version of HTI 1.1, in capitals
}

// step reads one part of a message, and says what it has found: no persons, no ids.
type step struct {
	launch.Check
	read  func(*message) error
	found func(*launch.Launch) string
}

const mapping = `HTI 2.0, "Mapping of the HTI claims"`

func rule(name, want, paragraph string) launch.Check {
	return launch.Check{Name: name, Want: want, Rule: paragraph}
}

// steps20 reads HTI 2.0.
var steps20 = []step{
	{rule("actor", "sub to be "+wantPerson, mapping+", sub"), readActor, func(l *launch.Launch) string { return typeOf(l.Actor) }},
	{rule("patient", "patient to be "+wantPatient, mapping+", patient"), readPatient, func(l *launch.Launch) string { return typeOf(l.Patient) }},
	{rule("task", "resource to be "+wantTask, mapping+", resource"), readTask, func(l *launch.Launch) string { return typeOf(l.Task) }},
	{rule("definition", "definition to be "+wantDefinition, mapping+", definition"), readDefinition, foundDefinition},
	{rule("intent", "intent to be "+wantIntent, mapping+", intent"), readIntent, nil},
}

// steps are those of the version that the claims tell. Without claims they are
// those of the first version that is accepted.
func (p *profile) steps(c *launch.Claims) []step {
	if c == nil {
		return p.reads[p.versions[0]]
	}
	return p.reads[versionOf(c)]
}

// stepsOf is the version's check, and then its own.
func (p *profile) stepsOf(version string, own []step) []step {
	first := step{rule("hti-version", "a message of HTI "+strings.Join(p.versions, " or "), `HTI 2.0, "Mapping of the HTI claims", hti-version; HTI 1.1, "The message format"`),
		func(m *message) error { return p.readVersion(m, version) }, func(l *launch.Launch) string { return l.Profile }}
	return append([]step{first}, own...)
}

// versionOf recognises HTI 1.1 by its task; all of its meaning is in there.
func versionOf(c *launch.Claims) string {
	if _, there := c.Any("task"); there {
		return Version11
	}
	return Version
}

// read takes the steps until one fails.
func (m *message) read(steps []step, x *launch.Explanation) error {
	for i, s := range steps {
		err := s.read(m)
		if err == nil && x != nil && s.found != nil {
			s.Found = s.found(m.l)
		}
		x.Step(s.Check, err)
		if err != nil {
			note(x, steps[i+1:]...)
			return err
		}
	}
	m.l.Acting = acting(m.l.Actor, m.l.Patient)
	return nil
}

// note adds steps that are not reached.
func note(x *launch.Explanation, steps ...step) {
	for _, s := range steps {
		x.Step(s.Check, nil)
	}
}

func (p *profile) readVersion(m *message, version string) error {
	if !slices.Contains(p.versions, version) {
		return launch.Refuse(launch.KindClaims, "a message of HTI "+strings.Join(p.versions, " or "), nil)
	}
	said, there, err := m.c.Text("hti-version")
	if err != nil || there && said != version {
		return refuse("hti-version", `"`+version+`"`)
	}
	m.l.Profile = ID + "/" + version
	return nil
}

func readActor(m *message) error {
	sub, _, err := m.c.Text("sub")
	if err != nil {
		return err
	}
	m.l.Actor, err = launch.ParseParty(sub)
	if err != nil || !isPerson(m.l.Actor) {
		return refuse("sub", wantPerson)
	}
	m.l.Patient = m.l.Actor
	return nil
}

func readPatient(m *message) error {
	patient, there, err := m.c.Text("patient")
	if err != nil || !there {
		return err
	}
	m.l.Patient, err = launch.ParseParty(patient)
	if err != nil || !isPatient(m.l.Patient) {
		return refuse("patient", wantPatient)
	}
	return nil
}

func readTask(m *message) error {
	resource, _, err := m.c.Text("resource")
	if err != nil {
		return err
	}
	m.l.Task, err = launch.ParseParty(resource)
	if err != nil || !isTask(m.l.Task) {
		return refuse("resource", wantTask)
	}
	return nil
}

func readDefinition(m *message) error {
	definition, there, err := m.c.Text("definition")
	if err != nil || there && !isDefinition(definition) {
		return refuse("definition", wantDefinition)
	}
	m.l.Definition = definition
	return nil
}

func readIntent(m *message) error {
	intent, _, err := m.c.Text("intent")
	if err != nil || !isIntent(intent) {
		return refuse("intent", wantIntent)
	}
	m.l.Intent = intent
	return nil
}

func refuse(claim, want string) error {
	return launch.Refuse(launch.KindClaims, claim+" to be "+want, nil)
}

// isPerson leaves the resource type open, as the specification does, but for the task itself.
func isPerson(p launch.Party) bool { return p.Type != "" && p.Type != "Task" }

func isPatient(p launch.Party) bool { return p.Type == "Patient" }

func isTask(p launch.Party) bool { return p.ID != "" && (p.Type == "" || p.Type == "Task") }

// isDefinition takes a canonical URL. FHIR R4, section 2.3.0.2.
func isDefinition(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.User != nil || !launchform.Definition(s) {
		return false
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "urn" && u.Opaque != ""
}

func isIntent(s string) bool {
	return utf8.RuneCountInString(s) <= maxIntent && !strings.ContainsFunc(s, hidden)
}

func hidden(r rune) bool { return !unicode.IsPrint(r) }

// acting says what the two references tell: the types are all there is.
func acting(actor, patient launch.Party) launch.Acting {
	switch {
	case actor == patient:
		return launch.ActingSelf
	case actor.Type == "Practitioner" || actor.Type == "PractitionerRole":
		return launch.ActingProfessional
	case actor.Type == "RelatedPerson":
		return launch.ActingRelative
	}
	return launch.ActingUnspecified
}

// typeOf shows a reference's type, if it is a word of FHIR: a sender may write any other.
func typeOf(p launch.Party) string {
	switch {
	case p.Type == "":
		return "a bare id"
	case slices.Contains([]string{"Patient", "Practitioner", "PractitionerRole", "RelatedPerson", "Person", "Task"}, p.Type):
		return "a reference to a " + p.Type
	}
	return "a reference of another type"
}

func foundDefinition(l *launch.Launch) string {
	if l.Definition == "" {
		return "none"
	}
	return "one"
}
