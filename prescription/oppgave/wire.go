package oppgave

// This file is all that this package assumes of the task API's wire. What is
// public is in the package comment; each assumption says so where it is made.

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

const (
	// AssumedDeadlineURL is the address of the extension hn-task-deadline. Its name is
	// public, its address is assumed.
	AssumedDeadlineURL = fhir.AssumedDeadlineURL

	// The greatest lengths, in characters, are assumed.
	maxTitle       = 200
	maxDescription = 4_000
)

// Wire writes requests and reads answers. Functions that are nil are those of
// [AssumedWire]. The body of a task and of a question alone may hold the
// identity number, by [prescription.NationalID.Reveal].
type Wire struct {
	// Task writes the FHIR Task that is posted.
	Task func(Task) ([]byte, error)
	// Update writes the patch of a change, which must do no harm when it comes
	// twice, and UpdateType is its Content-Type. Empty means JSON Patch (RFC 6902).
	Update     func(Update) ([]byte, error)
	UpdateType string
	// Code reads the code of a refusal; "" if there is none.
	Code func(body []byte) string
	// Settled says whether a refusal means that there is nothing left to do: of
	// [OpCreate] that the task is there already, of [OpUpdate] that it has ended.
	Settled func(op Operation, status int, code string) bool
	// Question and Active ask whether a citizen is digitally active.
	Question func(prescription.NationalID, Area) ([]byte, error)
	Active   func(body []byte) (bool, error)
}

// AssumedWire is the mapping as it is assumed, with that address for the extension
// of the second deadline.
func AssumedWire(deadlineURL string) Wire {
	return Wire{
		Task:       func(t Task) ([]byte, error) { return json.Marshal(resource(t, deadlineURL)) },
		Update:     func(u Update) ([]byte, error) { return json.Marshal(operations(u, deadlineURL)) },
		UpdateType: "application/json-patch+json",
		Code:       outcomeCode,
		Settled:    settled,
		Question:   question,
		Active:     active,
	}
}

func (w Wire) filled(deadlineURL string) Wire {
	assumed := AssumedWire(deadlineURL)
	if w.Task == nil {
		w.Task = assumed.Task
	}
	if w.Update == nil {
		w.Update = assumed.Update
	}
	w.UpdateType = cmp.Or(w.UpdateType, assumed.UpdateType)
	if w.Code == nil {
		w.Code = assumed.Code
	}
	if w.Settled == nil {
		w.Settled = assumed.Settled
	}
	if w.Question == nil {
		w.Question = assumed.Question
	}
	if w.Active == nil {
		w.Active = assumed.Active
	}
	return w
}

// resource is the FHIR Task; what of it is public and what assumed stands at
// the mapping that package prescriptionfhir uses too.
func resource(t Task, deadlineURL string) fhir.Task {
	return fhir.HelsenorgeTask{ID: string(t.ID), Status: string(Ready), Area: string(t.Area), Priority: string(t.Priority),
		SensitiveSender: t.SensitiveSender, Title: t.Title, Description: t.Description, Link: t.Link,
		Citizen:      t.Citizen.Reveal("address the task to the citizen"),
		SenderNumber: t.Sender.OrgNumber, SenderName: t.Sender.Name, SenderPhone: t.Sender.Phone,
		OnBehalf: t.OnBehalf, Deadline: t.Deadline, Final: t.Final}.Resource(deadlineURL)
}

func final(at time.Time, url string) []fhir.Extension {
	if at.IsZero() {
		return nil
	}
	return []fhir.Extension{{URL: url, ValueDateTime: moment(at)}}
}

func moment(at time.Time) string { return at.UTC().Format(time.RFC3339) }

type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// operations is the JSON Patch. "add" takes the place of what is there (RFC 6902,
// section 4.1), so that the same change may come twice. That Helsenorge takes
// this form of FHIR's three (hl7.org/fhir/R4/http.html#patch) is assumed.
func operations(u Update, deadlineURL string) []operation {
	var list []operation
	set := func(wanted bool, path string, value any) {
		if wanted {
			list = append(list, operation{"add", path, value})
		}
	}
	set(u.Status != "", "/status", u.Status)
	set(u.Reason != "", "/statusReason", fhir.CodeableConcept{Text: u.Reason})
	set(!u.Deadline.IsZero(), "/restriction/period/end", moment(u.Deadline))
	set(!u.Final.IsZero(), "/extension", final(u.Final, deadlineURL))
	return list
}

// outcomeCode reads an OperationOutcome, or a flat object with a code. Both are assumed.
func outcomeCode(body []byte) string {
	v, err := strictjson.Parse(body, strictjson.Document())
	if err != nil {
		return ""
	}
	var o struct {
		Code  string `json:"code"`
		Issue []struct {
			Details struct {
				Coding []fhir.Coding `json:"coding"`
			} `json:"details"`
		} `json:"issue"`
	}
	if _, err := v.DecodeKnown(&o); err != nil {
		return ""
	}
	found := []string{o.Code}
	for _, issue := range o.Issue {
		for _, c := range issue.Details.Coding {
			found = append(found, c.Code)
		}
	}
	return cmp.Or(slices.DeleteFunc(found, func(code string) bool { return !codeForm.MatchString(code) })...)
}

// settled takes 409 for it, which is assumed, unless it comes with a code that is
// known to mean something else: nothing is taken for delivered that was refused.
func settled(_ Operation, status int, code string) bool {
	_, known := codes[code]
	return status == http.StatusConflict && !known
}

// question has the two members that are public. The words for the areas other
// than OmradeHelsehjelp are assumed.
func question(id prescription.NationalID, area Area) ([]byte, error) {
	words := map[Area]string{AreaRegister: "OmradeHelseregister", AreaRecord: "OmradePasientjournal", AreaCare: "OmradeHelsehjelp",
		AreaManagement: "OmradeForvaltning", AreaSecondary: "OmradeSekundarbruk"}
	return json.Marshal(map[string]string{"fnr": id.Reveal("ask whether the citizen is digitally active"), "omraade": words[area]})
}

var errActive = errors.New("oppgave: want erDigitaltAktiv, true or false")

// active reads an answer whose form is assumed.
func active(body []byte) (bool, error) {
	v, err := strictjson.Parse(body, strictjson.Document())
	if err != nil {
		return false, errActive
	}
	var a struct {
		Active *bool `json:"erDigitaltAktiv"`
	}
	if _, err := v.DecodeKnown(&a); err != nil || a.Active == nil {
		return false, errActive
	}
	return *a.Active, nil
}
