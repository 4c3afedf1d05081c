// Package sample holds a catalogue of invented digital health tools, to try the
// SDK on, to show in a demo and to test against.
//
// [Index] is what most programs need: the tools, ready to search. The tools,
// vendors, organisation numbers and approvals are made up by this project; any
// likeness to a real product is chance. They are written in Bokmål, Nynorsk and
// English as an editor of a national catalogue would write them, and vary in
// kind, area, audience, age, access and status. It is a package of its own so
// that no program links it by accident.
package sample

import (
	"embed"
	"fmt"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

//go:embed tools-1.json tools-2.json
var files embed.FS

// Document gives the sample as one catalogue document. It is read anew at each
// call, so that the caller may change it. An error would be a mistake in the
// sample; a test keeps it without.
func Document() (catalogue.Document, error) {
	out := catalogue.Document{Version: catalogue.DocumentVersion}
	for _, name := range []string{"tools-1.json", "tools-2.json"} {
		data, err := files.ReadFile(name)
		if err != nil {
			return catalogue.Document{}, fmt.Errorf("sample: %w", err)
		}
		d, err := catalogue.Parse(data)
		if err != nil {
			return catalogue.Document{}, fmt.Errorf("sample: %s: %w", name, err)
		}
		out.Tools = append(out.Tools, d.Tools...)
	}
	return out, nil
}

// Index gives the sample ready to search. It is made once, as an index never changes.
func Index() (*catalogue.Index, error) { return index() }

var index = sync.OnceValues(func() (*catalogue.Index, error) {
	d, err := Document()
	if err != nil {
		return nil, err
	}
	return catalogue.NewIndex(d.Tools)
})

// Today is a moment at which the sample's approvals hold. Use it as the clock
// where the sample is shown or tested, so that it tells the same in any year.
func Today() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }
