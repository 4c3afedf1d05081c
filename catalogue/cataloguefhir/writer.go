package cataloguefhir

import (
	"errors"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// Config says how a [Writer] writes. Base is required.
type Config struct {
	// Base is what the canonical addresses begin with, without "/ActivityDefinition": an absolute http or https address without user
	// name, query, fragment or slash at the end. It is a name and must never change, but should be the FHIR server's address if there is one.
	Base string
}

// Writer writes tools. Make one with [NewWriter]; it may be used by many goroutines.
type Writer struct{ base string }

// NewWriter checks the config; the error says what Base must be.
func NewWriter(cfg Config) (*Writer, error) {
	if !fhir.IsBase(cfg.Base) {
		return nil, errors.New("cataloguefhir: invalid Config: field Base must be " + fhir.WantBase)
	}
	return &Writer{base: cfg.Base}, nil
}

// Bundle writes tools, each followed by its units, as a Bundle of type collection. It refuses what [catalogue.Marshal] refuses, with the
// same [*catalogue.DocumentError]. Lists and limits that are there but empty are left out, since they mean the same.
func (w *Writer) Bundle(tools []catalogue.Tool) ([]byte, error) {
	if err := check(tools...); err != nil {
		return nil, err
	}
	out := fhir.Bundle{ResourceType: "Bundle", Type: "collection"}
	for _, t := range tools {
		for _, d := range w.definitions(t) {
			out.Entry = append(out.Entry, fhir.BundleEntry{FullURL: d.URL, Resource: d})
		}
	}
	return encode(out)
}

// Tool writes one tool as an ActivityDefinition, without its units: those it only names. It refuses what [Writer.Bundle] refuses.
func (w *Writer) Tool(t catalogue.Tool) ([]byte, error) {
	if err := check(t); err != nil {
		return nil, err
	}
	return encode(w.definitions(t)[0])
}

// Unit writes one unit of a tool as an ActivityDefinition. The error is [catalogue.ErrUnknownUnit] if the tool does not have it, or that of
// [Writer.Bundle].
func (w *Writer) Unit(t catalogue.Tool, id catalogue.UnitID) ([]byte, error) {
	if err := check(t); err != nil {
		return nil, err
	}
	for i, u := range t.Units {
		if u.ID == id {
			return encode(w.definitions(t)[i+1])
		}
	}
	return nil, catalogue.ErrUnknownUnit
}

func check(tools ...catalogue.Tool) error {
	return catalogue.Document{Version: catalogue.DocumentVersion, Tools: tools}.Validate()
}

// encode is like [catalogue.Marshal]: equal resources give equal bytes.
func encode(resource any) ([]byte, error) { return fhir.Encode("cataloguefhir", resource) }
