package prescriptionfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/prescription"
)

// TaskStatus is the Task.status of a state (hl7.org/fhir/R4/valueset-task-status.html), or "" for a state that does not exist.
func TaskStatus(s prescription.State) string { return taskStatus[s] }

var taskStatus = map[prescription.State]string{
	prescription.Drafted: "draft", prescription.Sent: "requested", prescription.Delivered: "ready", prescription.Opened: "ready",
	prescription.Started: "in-progress", prescription.Paused: "on-hold", prescription.CancelAsked: "in-progress",
	prescription.Completed: "completed", prescription.Declined: "rejected", prescription.Failed: "failed",
	prescription.Cancelled: "cancelled", prescription.Expired: "cancelled", prescription.EnteredInError: "entered-in-error",
}

// plainState is what a Task.status means where no businessStatus of ours says more. It has every status that FHIR has.
var plainState = map[string]prescription.State{
	"draft": prescription.Drafted, "requested": prescription.Sent, "received": prescription.Delivered, "ready": prescription.Delivered,
	"accepted": prescription.Opened, "in-progress": prescription.Started, "on-hold": prescription.Paused,
	"completed": prescription.Completed, "rejected": prescription.Declined, "failed": prescription.Failed,
	"cancelled": prescription.Cancelled, "entered-in-error": prescription.EnteredInError,
}

// RequestStatus is the ServiceRequest.status of a state (hl7.org/fhir/R4/valueset-request-status.html), or "" for a state that does not exist.
func RequestStatus(s prescription.State) string { return requestStatus[s] }

var requestStatus = map[prescription.State]string{
	prescription.Drafted: "draft", prescription.Sent: "active", prescription.Delivered: "active", prescription.Opened: "active",
	prescription.Started: "active", prescription.Paused: "on-hold", prescription.CancelAsked: "active",
	prescription.Completed: "completed", prescription.Declined: "revoked", prescription.Failed: "revoked",
	prescription.Cancelled: "revoked", prescription.Expired: "revoked", prescription.EnteredInError: "entered-in-error",
}

var (
	taskStatuses = []string{"draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold",
		"failed", "completed", "entered-in-error"}
	requestStatuses = []string{"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
	taskIntents     = slices.Concat([]string{"unknown"}, requestIntents[:2], requestIntents[3:])
	requestIntents  = []string{"proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"}
)
