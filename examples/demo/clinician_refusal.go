package main

import (
	"errors"
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// refusals are the texts for what the packages refuse.
var refusals = []struct {
	cause error
	key   string
}{
	{catalogue.ErrWithdrawn, "withdrawn"},
	{catalogue.ErrPaused, "paused"},
	{catalogue.ErrNotPublished, "no-tool"},
	{catalogue.ErrNotYetListed, "not-listed-yet"},
	{catalogue.ErrListingEnded, "approval-ended"},
	{catalogue.ErrApprovalEnded, "approval-ended"},
	{catalogue.ErrNotPrescribable, "not-sendable"},
	{catalogue.ErrUnknownUnit, "no-unit"},
	{catalogue.ErrNoStart, "no-start"},
	{prescription.ErrKeyReused, "key-reused"},
	{prescription.ErrAlreadyActive, "already-active"},
	{prescription.ErrOtherPatient, "other-patient"},
	{prescription.ErrOtherTool, "open-again"},
	{prescription.ErrUnknownTool, "no-tool"},
	{prescription.ErrNotFound, "no-prescription"},
	{prescription.ErrNotLonger, "not-longer"},
	{prescription.ErrBusy, "busy"},
	{prescription.ErrConflict{}, "changed-since"},
	{prescription.ErrEnded, "has-ended"},
	{prescription.ErrExpired, "has-ended"},
	{prescription.ErrNotAllowed{}, "not-now"},
}

// faulty are the texts for fields that are not as they must be.
var faulty = map[string]string{
	"AcknowledgedExclusions": "not-acknowledged", "Age": "wrong-age", "Second": "no-second-reason", "Reason": "no-reason",
	"Text": "bad-note", "Until": "bad-until", "Therapist.ID": "no-colleague",
}

// refusal turns a refusal into the key of a text that a clinician can act on.
func refusal(err error) string {
	var bad *prescription.RequestError
	if errors.As(err, &bad) {
		for _, f := range bad.Faults {
			if key, known := faulty[f.Field]; known {
				return key
			}
		}
		return "open-again"
	}
	for _, r := range refusals {
		if errors.Is(err, r.cause) {
			return r.key
		}
	}
	return "try-again"
}

// refusalStatus is 400 for what the form lacks, 409 for what cannot be done now and 503 for what may pass.
func refusalStatus(err error) int {
	switch key := refusal(err); {
	case errors.Is(err, prescription.ErrRequest):
		return http.StatusBadRequest
	case key == "try-again" || key == "busy":
		return http.StatusServiceUnavailable
	}
	return http.StatusConflict
}

// noteFault logs what is no fault of the form's.
func (c *clinician) noteFault(r *http.Request, err error) {
	if refusalStatus(err) == http.StatusServiceUnavailable {
		c.log.Error("a form could not be carried out", "path", r.URL.Path, "error", err)
	}
}
