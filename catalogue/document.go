package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// DocumentVersion is the version of the document format that this package reads and writes.
const DocumentVersion = 1

// Document is a catalogue as it is stored and sent.
type Document struct {
	// Version is [DocumentVersion].
	Version int `json:"version"`
	// Tools may be empty. The order means nothing.
	Tools []Tool `json:"tools"`
}

// Read is [Parse] for a file or a connection. It reads no more than 16 MiB; a larger document is a [*DocumentError]. Errors of r itself
// are wrapped.
func Read(r io.Reader) (Document, error) {
	data, err := strictjson.Read(r, strictjson.Catalogue())
	if err != nil {
		return Document{}, documentError(err)
	}
	return Parse(data)
}

// Parse reads a document and checks it as [Document.Check] does. A document that is not right in every part is refused with a
// [*DocumentError] that names all mistakes, or the first 100 and how many more were found; [errors.Is] with [ErrInvalid] is true for it. Refused are also members that the format does
// not have, members that appear twice or differ in upper and lower case, null (except for listing, vendor, ages, min, max and approval,
// where it means the same as leaving them out), and anything after the document. Limits: 16 MiB, 32 levels, 1,000,000 members.
func Parse(data []byte) (Document, error) {
	tree, err := strictjson.Parse(data, strictjson.Catalogue())
	if err != nil {
		return Document{}, documentError(err)
	}
	var d Document
	var found []problem.Problem
	if err := tree.Decode(&d); err != nil {
		var bad *strictjson.Error
		if !errors.As(err, &bad) {
			return Document{}, documentError(err)
		}
		found = bad.Problems
	}
	found = append(found, problem.Unrelated(append(missing(tree), d.check()...), found)...)
	if len(found) > 0 {
		return Document{}, newDocumentError(found)
	}
	return d, nil
}

// Marshal writes a document so that equal documents give equal bytes: members in the order of the types, texts by language, tools as
// they come, indented, ending in a newline. It refuses what [Parse] would refuse, with the same error.
func Marshal(d Document) ([]byte, error) {
	if found := d.check(); len(found) > 0 {
		return nil, newDocumentError(found)
	}
	if d.Tools == nil {
		d.Tools = []Tool{}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return out.Bytes(), nil
}

// missing finds the required members whose absence a decoded document does not show.
func missing(tree *strictjson.Value) []problem.Problem {
	var found []problem.Problem
	if tree.Kind != strictjson.Object {
		return nil
	}
	tools, has := tree.Member("tools")
	if !has {
		return []problem.Problem{{Pointer: "/tools", Code: problem.MissingMember}}
	}
	for _, tool := range tools.Items {
		if _, has := tool.Member("access"); !has && tool.Kind == strictjson.Object {
			found = append(found, problem.Problem{Pointer: tool.Pointer() + "/access", Code: problem.MissingMember})
		}
	}
	return found
}
