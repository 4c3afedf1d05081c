package catalogue_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Read a catalogue and find tools in it.
func Example() {
	file, err := os.Open("testdata/small.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	document, err := catalogue.Read(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	index, err := catalogue.NewIndex(document.Tools)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := index.Search(catalogue.Query{Text: "jeg sover darlig", Lang: catalogue.Bokmaal})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hit := range result.Hits {
		fmt.Println(hit.ID, hit.Tool().Name.In("nb"), len(hit.Why))
	}
	// Output:
	// sov-godt Sov godt 9
	// angstkurset Trygg igjen 1
}

// A document that is not right is refused with all its mistakes.
func ExampleParse() {
	_, err := catalogue.Parse([]byte(`{"version": 1, "tools": [{"id": "sov godt", "status": "listed", "name": {"nb": "Sov godt"}, "acces": {}}]}`))
	var bad *catalogue.DocumentError
	if errors.As(err, &bad) {
		for _, p := range bad.Problems {
			fmt.Println(p.Pointer, p.Code)
		}
		fmt.Println(bad.Problems[0].Text.In("nn"))
	}
	// Output:
	// /tools/0/acces unknown-member
	// /tools/0/access missing-member
	// /tools/0/id bad-format
	// Feltet er ukjent. Sjekk skrivemåten. Desse finst her: access, acuteNotice, ages, approval, areas, audiences, description, evidence, id, identifiers, keywords, kind, languages, listing, name, start, status, summary, units, vendor.
}

// Every hit says which word was found where, and in what form.
func ExampleIndex_Search() {
	index, err := catalogue.NewIndex([]catalogue.Tool{{
		ID: "sov-godt", Status: catalogue.StatusListed,
		Name:     catalogue.Text{"nb": "Sov godt"},
		Keywords: map[catalogue.Lang][]string{"nb": {"søvnproblem"}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := index.Search(catalogue.Query{Text: "soevnproblemer"})
	fmt.Println(result.Total, err)
	fmt.Println(result.Hits[0].Why)
	result, err = index.Search(catalogue.Query{Text: "søvnprblem"})
	fmt.Println(result.Total, err, result.DidYouMean)
	// Output:
	// 1 <nil>
	// [{keyword soevnproblemer søvnproblem folded}]
	// 1 <nil> søvnproblem
}

// Ask before a citizen is sent to a tool: an id resolves for ever, also when the tool may no longer be used.
func ExampleTool_CheckStart() {
	tool := catalogue.Tool{
		ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"},
		Start:    []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sov-godt.example.no/", Profile: catalogue.ProfileLink}},
		Approval: &catalogue.Approval{Decision: "d-0123456789abcdef", ValidUntil: "2027-11-01"},
	}
	fmt.Println(tool.CheckStart(time.Date(2027, 11, 1, 22, 0, 0, 0, time.UTC)))
	fmt.Println(tool.CheckStart(time.Date(2027, 11, 2, 8, 0, 0, 0, time.UTC)))
	// Output:
	// <nil>
	// catalogue: tool cannot be started: its approval has ended
}

// A running program keeps one Live and puts newer indexes in place; those who are reading are not disturbed.
func ExampleLive() {
	live := catalogue.NewLive(nil)
	tool := catalogue.Tool{ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"}}
	add := func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(tool) }
	fmt.Println(live.Update(add), live.Index().Len())

	tool.Status = catalogue.StatusWithdrawn
	fmt.Println(live.Update(add))
	tool.Status = catalogue.StatusListed
	fmt.Println(errors.Is(live.Update(add), catalogue.ErrWithdrawn))
	// Output:
	// <nil> 1
	// <nil>
	// true
}

// A part of the program that needs tools is given live.Get, and sees what becomes of them.
func ExampleLive_Get() {
	live := catalogue.NewLive(nil)
	tools := live.Get // such as for prescription.Config.Tools
	for _, status := range []catalogue.Status{catalogue.StatusListed, catalogue.StatusWithdrawn} {
		tool := catalogue.Tool{ID: "sov-godt", Status: status, Name: catalogue.Text{"nb": "Sov godt"}}
		if err := live.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(tool) }); err != nil {
			panic(err)
		}
		now, known := tools("sov-godt")
		fmt.Println(now.Status, known)
	}
	// Output:
	// listed true
	// withdrawn true
}

// Texts exist in one or more languages; there is always one to show.
func ExampleText_In() {
	name := catalogue.Text{"nb": "Sov godt", "en": "Sleep well"}
	fmt.Println(name.In("en"))
	fmt.Println(name.In("nn"))
	// Output:
	// Sleep well
	// Sov godt
}
