package cataloguehttp

import (
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Page is the answer of /tools.
type Page struct {
	// Total is the number of hits on all pages, Offset and Limit the part that this page is.
	Total  int `json:"total"`
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
	// Generation names the state of the catalogue that was asked.
	Generation string `json:"generation"`
	Hits       []Hit  `json:"hits"`
	// Facets are those that were asked for, in that order.
	Facets []catalogue.FacetCounts `json:"facets"`
	// DidYouMean is a better spelling of q, "" if there is none.
	DidYouMean string `json:"didYouMean"`
}

// Hit is a tool that was found, and why.
type Hit struct {
	Summary
	Score float64           `json:"score"`
	Why   []catalogue.Match `json:"why"`
}

// Counts is the answer of /facets.
type Counts struct {
	Total      int                     `json:"total"`
	Generation string                  `json:"generation"`
	Facets     []catalogue.FacetCounts `json:"facets"`
}

// Suggestions is the answer of /suggest.
type Suggestions struct {
	Suggestions []catalogue.Suggestion `json:"suggestions"`
}

// Text is a text in the reader's language or the nearest that there is. A page must mark Lang where it is not the page's own.
type Text struct {
	Text string         `json:"text"`
	Lang catalogue.Lang `json:"lang"`
}

// Summary is what a list shows of a tool. Members that the catalogue does not have are left out, lists are empty.
type Summary struct {
	ID     catalogue.ToolID `json:"id"`
	Status catalogue.Status `json:"status"`
	// Unavailable says why the tool cannot be started today: "withdrawn", "paused", "listing-ended", "approval-ended" or "no-start". It is
	// left out if the tool can be started.
	Unavailable string               `json:"unavailable,omitempty"`
	Name        Text                 `json:"name"`
	Summary     *Text                `json:"summary,omitempty"`
	Vendor      *vendor.Vendor       `json:"vendor,omitempty"`
	Kind        catalogue.Kind       `json:"kind,omitempty"`
	Areas       []catalogue.Area     `json:"areas"`
	Audiences   []catalogue.Audience `json:"audiences"`
	Languages   []catalogue.Lang     `json:"languages"`
	Ages        *catalogue.Ages      `json:"ages,omitempty"`
	Access      Access               `json:"access"`
	// Prescribable says that the tool has units that a therapist may prescribe, whether or not it can be started today.
	Prescribable bool `json:"prescribable"`
	// Reviewed is the day of the latest review of the tool's evidence.
	Reviewed catalogue.Date `json:"reviewed,omitempty"`
	// AcuteNotice is to be shown wherever the tool can be chosen.
	AcuteNotice *Text `json:"acuteNotice,omitempty"`
}

// Access is who may use a tool, and how; Mode sums it up: "open", "login" or "prescribed".
type Access struct {
	Mode                 catalogue.Mode `json:"mode"`
	WithoutLogin         bool           `json:"withoutLogin"`
	RequiresPrescription bool           `json:"requiresPrescription"`
	National             bool           `json:"national"`
	OnBehalf             bool           `json:"onBehalf"`
}

// Detail is the answer of /tools/{id}: all that the catalogue says of a tool.
type Detail struct {
	Summary
	Identifiers []catalogue.Identifier `json:"identifiers"`
	Listing     *catalogue.Listing     `json:"listing,omitempty"`
	Description *Text                  `json:"description,omitempty"`
	Keywords    []string               `json:"keywords"`
	// Start is empty for a tool that cannot be started today.
	Start    []catalogue.Start   `json:"start"`
	Units    []Unit              `json:"units"`
	Approval *catalogue.Approval `json:"approval,omitempty"`
	Evidence []Evidence          `json:"evidence"`
}

// Unit is what can be prescribed.
type Unit struct {
	ID          catalogue.UnitID `json:"id"`
	Title       Text             `json:"title"`
	Indications []Text           `json:"indications"`
	Exclusions  []Text           `json:"exclusions"`
	// Days is left out if no time is given.
	Days        int   `json:"days,omitempty"`
	PatientText *Text `json:"patientText,omitempty"`
}

// Evidence is what speaks for a tool's quality.
type Evidence struct {
	Kind       catalogue.EvidenceKind `json:"kind"`
	Title      Text                   `json:"title"`
	URL        string                 `json:"url,omitempty"`
	Reviewed   catalogue.Date         `json:"reviewed"`
	NextReview catalogue.Date         `json:"nextReview,omitempty"`
	// Age says in words how long ago the review was. Overdue says that the next one should have been.
	Age     *Text `json:"age,omitempty"`
	Overdue bool  `json:"overdue"`
}

const notYetListed = "not-yet-listed"

// reasons are in no order: only one of them is the error.
var reasons = map[error]string{
	catalogue.ErrWithdrawn: "withdrawn", catalogue.ErrPaused: "paused", catalogue.ErrNotPublished: "not-published",
	catalogue.ErrNotYetListed: notYetListed, catalogue.ErrListingEnded: "listing-ended", catalogue.ErrApprovalEnded: "approval-ended",
	catalogue.ErrNoStart: "no-start",
}

// reason is why the tool cannot be started, "" if it can.
func reason(t catalogue.Tool, at time.Time) string {
	err := t.CheckStart(at)
	for sentinel, name := range reasons {
		if errors.Is(err, sentinel) {
			return name
		}
	}
	if err != nil {
		return "unavailable"
	}
	return ""
}
