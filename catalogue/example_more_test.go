package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// exampleIndex has a course, a forum that is open to all, and a tool that was withdrawn.
func exampleIndex() *catalogue.Index {
	index, err := catalogue.NewIndex([]catalogue.Tool{
		{ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt", "en": "Sleep well"}, Kind: catalogue.KindCourse,
			Keywords:    map[catalogue.Lang][]string{"nb": {"søvn", "innsovning"}},
			Areas:       []catalogue.Area{"sleep"},
			Access:      catalogue.Access{RequiresPrescription: true},
			Identifiers: []catalogue.Identifier{{System: "https://shop.example/apps", Value: "no.sovgodt"}},
			Start:       []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sov-godt.example.no/", Profile: catalogue.ProfileHelsenorge}},
			Units:       []catalogue.Unit{{ID: "eight-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56}}},
		{ID: "sammen", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sammen om søvn"}, Kind: catalogue.KindForum,
			Areas: []catalogue.Area{"sleep"}, Access: catalogue.Access{WithoutLogin: true}},
		{ID: "drom-stopp", Status: catalogue.StatusWithdrawn, Name: catalogue.Text{"nb": "Drømmedagbok"}},
	})
	if err != nil {
		panic(err)
	}
	return index
}

// A page of what therapists may send, with how many there are of each sort.
func ExampleIndex_Search_facets() {
	yes := true
	result, err := exampleIndex().Search(catalogue.Query{
		Areas: []catalogue.Area{"sleep"}, Prescribable: &yes,
		Facets: []catalogue.Facet{catalogue.FacetKind, catalogue.FacetPrescribable}, Limit: 10,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hit := range result.Hits {
		fmt.Println(hit.Tool().Name.In("nb"))
	}
	for _, facet := range result.Facets {
		for _, v := range facet.Values {
			fmt.Println(facet.Facet, v.Value, v.Count)
		}
	}
	_, err = exampleIndex().Search(catalogue.Query{Areas: []catalogue.Area{"søvn"}, MinDays: -1})
	fmt.Println(errors.Is(err, catalogue.ErrQuery))
	fmt.Println(err)
	// Output:
	// Sov godt
	// kind course 1
	// prescribable false 1
	// prescribable true 1
	// true
	// catalogue: invalid query: field Areas[0] is not 1 to 64 lower-case letters a-z, digits and hyphens, with a letter or digit at both ends
	// field MinDays is not between 0 and 3650
}

// Complete what a person types; with another spelling, too.
func ExampleIndex_Suggest() {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for _, s := range exampleIndex().Suggest("so", catalogue.Bokmaal, 10, at) {
		fmt.Printf("%s [%s] of %q\n", s.Text, s.Lang, s.Tool)
	}
	for _, s := range exampleIndex().Suggest("soevn", catalogue.Bokmaal, 10, at) {
		fmt.Println(s.Text)
	}
	// Output:
	// Sov godt [nb] of "sov-godt"
	// søvn [nb] of ""
	// Sammen om søvn [nb] of "sammen"
	// søvn
	// Sammen om søvn
}

// What another system calls a tool finds it, whatever became of it.
func ExampleIndex_ByIdentifier() {
	tool, known := exampleIndex().ByIdentifier("https://shop.example/apps", "no.sovgodt")
	fmt.Println(tool.ID, known)
	_, known = exampleIndex().ByIdentifier("https://shop.example/apps", "no.other")
	fmt.Println(known)
	// Output:
	// sov-godt true
	// false
}

// What your own citizens type, added to the synonyms that the index knows.
func ExampleOptions_NewIndex() {
	options := catalogue.Options{Synonyms: []catalogue.Synonyms{
		{Same: []string{"søvn"}, For: []string{"månelyst"}}, // what the sleep clinic is called here: finds what is about sleep
	}}
	tools := exampleIndex().Tools()
	with, err := options.NewIndex(tools)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, index := range []*catalogue.Index{exampleIndex(), with} {
		result, err := index.Search(catalogue.Query{Text: "månelyst"})
		fmt.Println(result.Total, err)
	}
	// Output:
	// 0 <nil>
	// 2 <nil>
}

// Ask before a therapist prescribes.
func ExampleTool_CheckPrescribe() {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	index := exampleIndex()
	for _, id := range []catalogue.ToolID{"sov-godt", "sammen", "drom-stopp"} {
		tool, _ := index.Get(id)
		fmt.Println(id, tool.CheckPrescribe("eight-weeks", at))
	}
	// Output:
	// sov-godt <nil>
	// sammen catalogue: tool cannot be started: it has no start address
	// drom-stopp catalogue: tool cannot be started: it is withdrawn
}

// A document that a program made is checked as one that was read; Marshal refuses
// what Parse would refuse.
func ExampleMarshal() {
	document := catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{
		{ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"},
			Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "http://sov-godt.example.no/", Profile: catalogue.ProfileLink}}},
	}}
	for _, p := range document.Check() {
		fmt.Println(p.Pointer, p.Text.In("en"))
	}
	document.Tools[0].Start[0].URL = "https://sov-godt.example.no/"
	data, err := catalogue.Marshal(document)
	fmt.Println(strings.HasPrefix(string(data), "{\n  \"version\": 1,"), err)
	// Output:
	// /tools/0/start/0/url the value does not have the right form, want an absolute address that begins with https:// and holds no user name
	// true <nil>
}

// How old a tool's evidence is, in the reader's language, and whether somebody
// should look at it again.
func ExampleEvidence() {
	e := catalogue.Evidence{Kind: catalogue.EvidenceStudy, Title: catalogue.Text{"nb": "Randomisert studie, 300 deltakere"},
		Reviewed: "2025-03-01", NextReview: "2026-09-01"}
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	fmt.Println(e.Age(at).In("nn"))
	fmt.Println("overdue:", e.Overdue(at))
	// Output:
	// vurdert for 20 månader sidan
	// overdue: true
}

// A catalogue that is published at an address is sent again only when it changed.
func ExampleNewHTTPSource() {
	body := `{"version": 1, "tools": [{"id": "sov-godt", "status": "listed", "name": {"nb": "Sov godt"}, "access": {}}]}`
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"edition-1"`)
		http.ServeContent(w, r, "catalogue.json", time.Time{}, strings.NewReader(body))
	}))
	defer published.Close()
	source, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: published.URL + "/catalogue.json", AllowLoopback: true}) // https in operation
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	document, tag, err := source.Fetch(ctx, "") // catalogue.Follow does this every ten minutes
	fmt.Println(len(document.Tools), err)
	_, _, err = source.Fetch(ctx, tag)
	fmt.Println(errors.Is(err, catalogue.ErrUnchanged))
	// Output:
	// 1 <nil>
	// true
}
