package cataloguehttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguehttp"
)

// Serve a catalogue below a path of one's own.
func Example() {
	index, err := catalogue.NewIndex([]catalogue.Tool{{
		ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt", "en": "Sleep well"},
		Keywords: map[catalogue.Lang][]string{"nb": {"søvn"}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	handler, err := cataloguehttp.NewHandler(cataloguehttp.Config{Live: catalogue.NewLive(index)})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("/catalogue/", http.StripPrefix("/catalogue", handler))
	server := httptest.NewServer(mux)
	defer server.Close()

	for _, path := range []string{"/catalogue/suggest?q=so&lang=en", "/catalogue/tools?age=old&area=sleep"} {
		answer, err := server.Client().Get(server.URL + path)
		if err != nil {
			fmt.Println(err)
			return
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		fmt.Println(answer.StatusCode, string(body), err)
	}
	// Output:
	// 200 {"suggestions":[{"text":"Sov godt","lang":"nb","tool":"sov-godt"},{"text":"søvn","lang":"nb"}]} <nil>
	// 400 {"type":"https://verktoykatalog.github.io/problem/invalid-query","title":"Søket kan ikke utføres slik det er skrevet","status":400,"faults":[{"parameter":"age","detail":"is not a whole number between 0 and 150"}]} <nil>
}
