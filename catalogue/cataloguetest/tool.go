package cataloguetest

import "github.com/verktoykatalog/verktoy/catalogue"

// Tool builds a listed tool that a citizen may start and a therapist prescribe: named like its id, with one web start, the unit "unit",
// and whatever edits make of it.
func Tool(id catalogue.ToolID, edits ...func(*catalogue.Tool)) catalogue.Tool {
	t := catalogue.Tool{
		ID: id, Status: catalogue.StatusListed, Name: catalogue.Text{catalogue.Bokmaal: string(id)},
		Languages: []catalogue.Lang{catalogue.Bokmaal}, Access: catalogue.Access{National: true},
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://" + string(id) + ".example/start", Profile: catalogue.ProfileHelsenorge}},
		Units: []catalogue.Unit{{ID: "unit", Title: catalogue.Text{catalogue.Bokmaal: string(id)}, Days: 28}},
	}
	for _, edit := range edits {
		edit(&t)
	}
	return t
}

// Named is an edit for [Tool]: the name in Bokmål.
func Named(name string) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Name = catalogue.Text{catalogue.Bokmaal: name} }
}

// Keywords is an edit for [Tool]: the keywords in Bokmål.
func Keywords(words ...string) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Keywords = map[catalogue.Lang][]string{catalogue.Bokmaal: words} }
}

// For is an edit for [Tool]: the areas.
func For(areas ...catalogue.Area) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Areas = areas }
}

// WithStatus is an edit for [Tool].
func WithStatus(s catalogue.Status) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Status = s }
}

// WithAccess is an edit for [Tool].
func WithAccess(access catalogue.Access) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Access = access }
}
