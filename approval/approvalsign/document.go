package approvalsign

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// document is what is signed.
type document struct {
	canonical []byte
	signedBy  approval.Signatory
}

func limits() strictjson.Limits {
	l := strictjson.Document()
	l.Bytes = MaxDocument
	return l
}

func readDocument(data []byte) (document, error) {
	v, err := strictjson.Parse(data, limits())
	if err != nil {
		return document{}, fmt.Errorf("%w: %v", ErrDocument, err)
	}
	if v.Kind != strictjson.Object {
		return document{}, fmt.Errorf("%w, want one JSON object", ErrDocument)
	}
	var d document
	if d.canonical, err = jcs.Of(data, v); err != nil {
		return document{}, fmt.Errorf("%w: %v", ErrDocument, err)
	}
	signedBy, there := v.Member("signedBy")
	if !there || signedBy.Decode(&d.signedBy) != nil {
		return document{}, fmt.Errorf("%w, want signedBy with name and title", ErrDocument)
	}
	return d, nil
}

// by refuses an affirmation of somebody else than the document names.
func (d document) by(a Affirmation) error {
	if d.signedBy != a.SignedBy {
		return fmt.Errorf("%w, want the name and title that the document has under signedBy", ErrSignatory)
	}
	return nil
}
