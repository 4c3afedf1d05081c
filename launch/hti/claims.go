package hti

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/launch"
)

// Lengths of the texts, in characters.
const maxIntent, maxDefinition = 64, 1024

// Rules are what a claim must be, in the words of errors.
const (
	wantPerson     = "a FHIR reference to a person: type, slash, id"
	wantPatient    = "a FHIR reference to a Patient"
	wantTask       = "a FHIR reference to a Task, or an id"
	wantDefinition = "an absolute https, http or urn address of at most 1024 characters"
	wantIntent     = "at most 64 visible characters"
	wantVersion    = `"2.0"`
)

// readClaims fills the launch with the HTI claims. HTI 2.0, "Mapping of the HTI claims".
func readClaims(c *launch.Claims, l *launch.Launch) error {
	for _, read := range []func(*launch.Claims, *launch.Launch) error{readVersion, readActor, readPatient, readTask, readTexts} {
		if err := read(c, l); err != nil {
			return err
		}
	}
	l.Acting = acting(l.Actor, l.Patient)
	return nil
}

func readVersion(c *launch.Claims, _ *launch.Launch) error {
	version, there, err := c.Text("hti-version")
	if err != nil || there && version != Version {
		return refuse("hti-version", wantVersion)
	}
	return nil
}

func readActor(c *launch.Claims, l *launch.Launch) error {
	sub, _, err := c.Text("sub")
	if err != nil {
		return err
	}
	l.Actor, err = launch.ParseParty(sub)
	if err != nil || !isPerson(l.Actor) {
		return refuse("sub", wantPerson)
	}
	l.Patient = l.Actor
	return nil
}

func readPatient(c *launch.Claims, l *launch.Launch) error {
	patient, there, err := c.Text("patient")
	if err != nil || !there {
		return err
	}
	l.Patient, err = launch.ParseParty(patient)
	if err != nil || !isPatient(l.Patient) {
		return refuse("patient", wantPatient)
	}
	return nil
}

func readTask(c *launch.Claims, l *launch.Launch) error {
	resource, _, err := c.Text("resource")
	if err != nil {
		return err
	}
	l.Task, err = launch.ParseParty(resource)
	if err != nil || !isTask(l.Task) {
		return refuse("resource", wantTask)
	}
	return nil
}

func readTexts(c *launch.Claims, l *launch.Launch) error {
	definition, there, err := c.Text("definition")
	if err != nil || there && !isDefinition(definition) {
		return refuse("definition", wantDefinition)
	}
	intent, _, err := c.Text("intent")
	if err != nil || !isIntent(intent) {
		return refuse("intent", wantIntent)
	}
	l.Definition, l.Intent = definition, intent
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
	if err != nil || len(s) > maxDefinition || u.User != nil || strings.ContainsFunc(s, hidden) || strings.Contains(s, " ") {
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
