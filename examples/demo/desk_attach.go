package main

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// attach notes what a file is; the file itself is not kept.
func (f *file) attach(at string, sent *multipart.Form, name string) {
	if sent == nil || len(sent.File[name]) == 0 || sent.File[name][0].Size == 0 {
		return
	}
	header := sent.File[name][0]
	opened, err := header.Open()
	if err != nil {
		return
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, mostFile))
	if err != nil {
		return
	}
	f.draft.put(at+"/sha256", string(approval.DigestOf(data)))
	f.draft.put(at+"/size", float64(len(data)))
	kind, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	f.draft.put(at+"/mediaType", kind)
	if f.draft.text(at+"/title") == "" {
		f.draft.put(at+"/title", header.Filename)
	}
}

// tidyDocuments drops the documents that are to go and the empty one, and gives new ones an id.
func (f *file) tidyDocuments(r *http.Request) {
	list, _ := f.draft.get("/evidence").([]any)
	var kept []any
	for i, v := range list {
		object, _ := v.(map[string]any)
		delete(object, "remove")
		if len(object) == 0 || r.PostForm.Get(fmt.Sprintf("/evidence/%d/remove", i)) == "true" {
			continue
		}
		if object["id"] == nil {
			object["id"] = f.freeDocument()
		}
		kept = append(kept, object)
	}
	f.draft.put("/evidence", nil)
	if len(kept) > 0 {
		f.draft.put("/evidence", kept)
	}
}

// freeDocument is an id that no document has.
func (f *file) freeDocument() string {
	var used []string
	for i := range f.documentCount() {
		used = append(used, f.draft.text(fmt.Sprintf("/evidence/%d/id", i)))
	}
	for n := 1; ; n++ {
		if id := fmt.Sprintf("doc-%d", n); !slices.Contains(used, id) {
			return id
		}
	}
}
