package cataloguehttp_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

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

// A front end searches, and asks again whether its answer still holds: while
// nothing has changed, that costs no search.
func ExampleNewHandler() {
	index, err := catalogue.NewIndex([]catalogue.Tool{{
		ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"},
		Access:      catalogue.Access{RequiresPrescription: true},
		AcuteNotice: catalogue.Text{"nb": "Ring 116 117 hvis det haster."},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	handler, err := cataloguehttp.NewHandler(cataloguehttp.Config{Live: catalogue.NewLive(index),
		Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }}) // in operation time.Now, in Norway's location
	if err != nil {
		fmt.Println(err)
		return
	}
	r := httptest.NewRequest(http.MethodGet, "/tools?q=sove&mode=prescribed&lang=nb", nil)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var page cataloguehttp.Page
	err = json.Unmarshal(w.Body.Bytes(), &page)
	fmt.Println(w.Code, page.Total, page.Hits[0].Name.Text, page.Hits[0].AcuteNotice.Text, err)

	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	w = httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	fmt.Println(w.Code)
	// Output:
	// 200 1 Sov godt Ring 116 117 hvis det haster. <nil>
	// 304
}
