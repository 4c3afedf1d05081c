package prescriptionfhir

import (
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

// times reads times and keeps what is wrong.
type times struct{ found []problem.Problem }

func (r *times) add(pointer string, code problem.Code, want string) {
	r.found = append(r.found, problem.Problem{Pointer: pointer, Code: code, Want: want})
}

// at is a time in UTC in whole microseconds, as stores keep it; zero if there is none.
func (r *times) at(pointer, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.IsZero() {
		r.add(pointer, problem.BadFormat, "a time with its zone, such as 2026-11-01T12:00:00Z")
		return time.Time{}
	}
	return at.UTC().Truncate(time.Microsecond)
}

func (r *times) milestones(p *prescription.Prescription, list []fhir.Extension) {
	for i, x := range list {
		if x.URL != ExtensionMilestones {
			continue
		}
		for j, milestone := range x.Extension {
			for _, n := range milestoneNames {
				if n.url == milestone.URL {
					*n.time(p) = r.at(strictjson.Pointer("extension", i, "extension", j, "valueDateTime"), milestone.ValueDateTime)
				}
			}
		}
		return
	}
}
