package prescriptionfhir

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/prescription"
)

func (m *Mapper) notes(list []prescription.Note) []fhir.Annotation {
	var out []fhir.Annotation
	for _, n := range list {
		parts := []fhir.Extension{{URL: "version", ValuePositiveInt: n.Version}, {URL: "role", ValueCode: string(n.By.Role)}}
		out = append(out, fhir.Annotation{Extension: []fhir.Extension{{URL: ExtensionNote, Extension: parts}},
			AuthorReference: m.actor(n.By), Time: moment(n.At), Text: n.Text})
	}
	return out
}

// maxPositiveInt is FHIR's (hl7.org/fhir/R4/datatypes.html#positiveInt).
const maxPositiveInt = 1<<31 - 1

func noteFaults(list []prescription.Note) []fault {
	var found []fault
	for i, n := range list {
		if !wellFormed(n) {
			found = append(found, fault{"Options.Notes[" + strconv.Itoa(i) + "]", "/note/" + strconv.Itoa(i), wantNote})
		}
	}
	return found
}

const wantNote = "a note with version, time, author of ours with role, and text"

func wellFormed(n prescription.Note) bool {
	return n.Version >= 1 && n.Version <= maxPositiveInt && !n.At.IsZero() && n.Text != "" && utf8.ValidString(n.Text) && isCode(n.By.ID, 64) &&
		slices.Contains(prescription.Roles(), n.By.Role)
}

// readNotes gives notes that are ours; others are left, and so told of.
func (m *Mapper) readNotes(list []fhir.Annotation) []prescription.Note {
	var out []prescription.Note
	for _, a := range list {
		n := prescription.Note{By: prescription.Actor{ID: m.readActor(a.AuthorReference)}, Text: a.Text}
		at, err := time.Parse(time.RFC3339, a.Time)
		if n.At = at.UTC().Truncate(time.Microsecond); err != nil {
			continue
		}
		for _, x := range part(a.Extension, ExtensionNote).Extension {
			switch x.URL {
			case "version":
				n.Version = x.ValuePositiveInt
			case "role":
				n.By.Role = prescription.Role(x.ValueCode)
			}
		}
		if wellFormed(n) {
			out = append(out, n)
		}
	}
	return out
}

// part is the first extension with that url; zero if there is none.
func part(list []fhir.Extension, url string) fhir.Extension {
	for _, x := range list {
		if x.URL == url {
			return x
		}
	}
	return fhir.Extension{}
}
