package catalogueapi

import (
	"net/url"
	"reflect"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Wire writes requests and reads answers: all that depends on the API's field names and codes. A function that is nil is the one of
// [AssumedWire]. Functions that read get a body within the size that [Client] allows, and must give all of an answer or an error, which
// is shown and so must hold no value. They are called from many goroutines.
type Wire struct {
	// Filter writes the query of a list, Words that of a search. Page adds which page is wanted: next is what the page before gave, ""
	// for the first one.
	Filter func(Filter) url.Values
	Words  func(text string) url.Values
	Page   func(query url.Values, next string, size int)
	// Tools reads a page of a list or a search, Tool the answer about one tool.
	Tools func(body []byte) (Page, error)
	Tool  func(body []byte) (Found, error)
	// Invitation writes what is sent to invite, Invited reads what comes back.
	Invitation func(catalogue.ToolID, Invitation) ([]byte, error)
	Invited    func(body []byte) (Invited, error)
	// Question asks who has sent the tool to the citizen, Therapists reads the answer.
	Question   func(catalogue.ToolID, Citizen) ([]byte, error)
	Therapists func(body []byte) ([]Therapist, error)
	// Code finds the API's own code in a refusal, "" if there is none. Codes of other forms than 2118 and EHSEC-110002 are not taken
	// over.
	Code func(body []byte) string
}

// Page is a part of a list.
type Page struct {
	Tools []catalogue.Tool
	Notes []Note
	// Next is what asks for the next page. Empty means that this is the last one.
	Next string
	// Total is how many tools all pages have together; negative if the API does not say.
	Total int
}

// Found is one tool, and what could not be kept of the answer about it.
type Found struct {
	Tool  catalogue.Tool
	Notes []Note
}

// Tools are all tools that were asked for, and what could not be kept of the answers.
type Tools struct {
	Tools []catalogue.Tool
	Notes []Note
}

// Note is something in an answer that a [catalogue.Tool] has no room for, such as a code that is not known. The tool is whole without it,
// and where the tool's safety hangs on it, the careful choice was made; What says so.
type Note struct {
	// Tool is the tool that it is about.
	Tool catalogue.ToolID
	// Place is the JSON Pointer (RFC 6901) of the place in the answer.
	Place string
	// Code is the code, if it has the form of one: up to 64 letters, digits and . _ : - without an identity number. Otherwise "".
	Code string
	// What says in English what was done.
	What string
}

// filled has no nil functions.
func (w Wire) filled() Wire {
	fields, defaults := reflect.ValueOf(&w).Elem(), reflect.ValueOf(AssumedWire(Codes{}))
	for i := range fields.NumField() {
		if fields.Field(i).IsNil() {
			fields.Field(i).Set(defaults.Field(i))
		}
	}
	return w
}
