package cataloguefhir

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Options say how [Read] reads. The zero Options will do for what a [Writer] has written.
type Options struct {
	// Language is that of the texts in resources that do not say theirs. Empty refuses such resources.
	Language catalogue.Lang
}

// Result is what was read.
type Result struct {
	// Tools are right by [catalogue.Document.Check], in the order of the Bundle.
	Tools []catalogue.Tool
	// Notes are what is not in Tools, and what was assumed, in the resource's order. A Bundle of a [Writer] gives none.
	Notes []Problem
}

// Read reads an ActivityDefinition, or a Bundle of type collection or searchset with some. The error is an [*Error] that names all
// mistakes; [errors.Is] with [ErrInvalid] is true for it. An ActivityDefinition with an identifier of [SystemUnit] is a unit of a tool that
// stands in the same Bundle; each other one is a tool. A tool's id is its identifier of [SystemTool], or else the last part of its url
// or the first identifier that has the form of an id; the notes then say so. Limits: 16 MiB, 32 levels, 1,000,000 members.
func Read(data []byte, o Options) (Result, error) {
	in, err := fhir.NewReader(data, strictjson.Catalogue())
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return Result{}, refuse("Resource", bad.Problems, nil)
	} else if err != nil {
		return Result{}, fmt.Errorf("cataloguefhir: %w", err)
	}
	r := &reader{Reader: in, options: o, tools: map[catalogue.ToolID]*draft{},
		called: map[catalogue.Identifier]bool{}, said: said{}}
	return r.read()
}

// reader reads one resource.
type reader struct {
	*fhir.Reader
	options Options
	drafts  []*draft
	tools   map[catalogue.ToolID]*draft
	called  map[catalogue.Identifier]bool // identifiers of other systems that have been read
	notes   []problem.Problem
	said    said
	fullURL []fhir.Node // entries, whose fullUrl is compared at the end
}

func (r *reader) read() (Result, error) {
	name := r.Root().Look("resourceType")
	definitions := r.resources(name)
	for _, d := range definitions {
		if unitIdentifier(d) == "" {
			r.tool(d)
		}
	}
	for _, d := range definitions {
		if id := unitIdentifier(d); id != "" {
			r.unit(d, id)
		}
	}
	tools := r.finish()
	if found := r.Problems(); len(found) > 0 {
		return Result{}, refuse(place(name), found, r.said)
	}
	if err := r.compare(); err != nil {
		return Result{}, err
	}
	for _, pointer := range r.Untaken() {
		r.notes = append(r.notes, problem.Problem{Pointer: pointer, Code: problem.NotKept})
	}
	return Result{Tools: tools, Notes: public(place(name), r.notes, nil)}, nil
}

// place is a resource's name for places; another than the two that are read comes from outside and is not repeated.
func place(name string) string {
	if name == "Bundle" || name == "ActivityDefinition" {
		return name
	}
	return "Resource"
}

// resources are the ActivityDefinitions, checked for what must not be ignored.
func (r *reader) resources(name string) []fhir.Node {
	root := r.Root()
	var found []fhir.Node
	switch name {
	case "ActivityDefinition":
		found = []fhir.Node{root}
	case "Bundle":
		found = r.bundle(root)
	case "":
		root.Report("resourceType", problem.MissingMember, "")
	default:
		root.Report("resourceType", problem.NotAllowed, "ActivityDefinition, Bundle")
	}
	for _, d := range found {
		d.RefuseModifiers()
		for _, member := range d.Names() {
			if !isElement(member) {
				d.Report(member, problem.UnknownMember, "")
			}
		}
	}
	return found
}

func (r *reader) bundle(b fhir.Node) []fhir.Node {
	b.Take("resourceType")
	for _, member := range b.Names() {
		if !bundleElements[member] {
			b.Report(member, problem.UnknownMember, "")
		}
	}
	if b.Look("implicitRules") != "" {
		b.Report("implicitRules", problem.BadValue, "no member that changes the meaning of others")
	}
	if kind := b.Take("type"); kind == "" {
		b.Report("type", problem.MissingMember, "")
	} else if kind != "collection" && kind != "searchset" {
		b.Report("type", problem.NotAllowed, "collection, searchset")
	}
	var found []fhir.Node
	entries := b.List("entry")
	for _, e := range entries {
		e.Member("search").Has("mode", "match")
		if d := e.Member("resource"); d.Look("resourceType") == "ActivityDefinition" {
			found = append(found, d)
			r.fullURL = append(r.fullURL, e)
		}
	}
	b.TakeNumber("total", strconv.Itoa(len(entries)))
	for _, link := range b.List("link") {
		if link.Has("relation", "self") {
			link.Take("url")
		}
	}
	return found
}

// unitIdentifier is "" for a tool: what has an identifier of [SystemTool] first is one, also if others call it as we call units.
func unitIdentifier(d fhir.Node) string {
	for _, i := range d.List("identifier") {
		switch value := i.Look("value"); {
		case value == "":
		case i.Look("system") == SystemTool:
			return ""
		case i.Look("system") == SystemUnit:
			return value
		}
	}
	return ""
}
