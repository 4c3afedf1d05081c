package cataloguefhir

import (
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// finish puts the units into their tools and checks all by the catalogue's rules.
func (r *reader) finish() []catalogue.Tool {
	var tools []catalogue.Tool
	for _, t := range r.drafts {
		t.order()
		for i, u := range t.units {
			t.tool.Units = append(t.tool.Units, u.unit)
			for place, pointer := range u.places {
				t.places["/units"+strictjson.Pointer(i)+place] = pointer
			}
		}
		tools = append(tools, t.tool)
	}
	d := catalogue.Document{Version: catalogue.DocumentVersion, Tools: tools}
	for _, p := range d.Check() {
		r.translate(p)
	}
	return tools
}

// translate reports a problem of the catalogue at the place in the resource that it comes from.
func (r *reader) translate(p catalogue.Problem) {
	parts := strings.SplitN(p.Pointer, "/", 4) // "", "tools", the number, the rest
	i, err := strconv.Atoi(parts[2])
	if err != nil || p.Pointer == strictjson.Pointer("tools", i, "id") && r.drafts[i].tool.ID == "" {
		return // an id that is missing is reported where it was looked for
	}
	place := "/" + strings.Join(parts[3:], "")
	for r.drafts[i].places[place] == "" && place != "" {
		place = place[:strings.LastIndexByte(place, '/')]
	}
	r.repeat(r.drafts[i].places[place], p)
}

// repeat reports it in the catalogue's words, unless they name another place: that would be one in the catalogue's document.
func (r *reader) repeat(pointer string, p catalogue.Problem) {
	code := problem.Code(p.Code)
	if code == problem.Repeated || code == problem.Contradiction {
		r.Report(pointer, code, "")
		return
	}
	want := p.Text[catalogue.English]
	r.said[problem.Problem{Pointer: pointer, Code: code, Want: want}] = p.Text
	r.Report(pointer, code, want)
}

// compare writes what was read, and takes from the resources what comes out the same: it follows from the rest, as the machine's name
// of a tool and what a unit repeats.
func (r *reader) compare() error {
	urls := map[fhir.Node]string{}
	for _, t := range r.drafts {
		w := &Writer{base: strings.TrimSuffix(t.node.Look("url"), "/ActivityDefinition/"+string(t.tool.ID))}
		nodes := []fhir.Node{t.node}
		for _, u := range t.units {
			nodes = append(nodes, u.node)
		}
		for i, d := range w.definitions(t.tool) {
			text, err := encode(d)
			if err == nil {
				err = nodes[i].Echo(text, strictjson.Catalogue())
			}
			if err != nil {
				return err
			}
			urls[nodes[i]] = d.URL
		}
	}
	for _, e := range r.fullURL {
		e.Has("fullUrl", urls[e.Member("resource")])
	}
	return nil
}
