package cataloguefhir

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// draft is a tool that is being read. Places says where in the resource a place in the tool comes from.
type draft struct {
	tool   catalogue.Tool
	node   fhir.Node
	lang   string
	places map[string]string
	units  []unitDraft
}

type unitDraft struct {
	unit   catalogue.Unit
	node   fhir.Node
	places map[string]string
}

func (r *reader) tool(d fhir.Node) {
	t := &draft{node: d, lang: r.language(d), places: map[string]string{"": d.Pointer()}}
	t.from("/id", "url")
	t.from("/status", "status")
	t.from("/kind", "code")
	t.tool.ID = r.id(d)
	r.identifiers(t)
	t.tool.Status = r.status(d)
	t.tool.Kind = catalogue.Kind(d.Member("code").TakeCode(SystemKind))
	t.tool.Name = t.text("/name", "title")
	t.tool.Summary = t.text("/summary", "subtitle")
	t.tool.Description = t.text("/description", "description")
	d.Has("kind", "Task")
	t.contexts()
	t.topics()
	t.extensions()
	r.listing(t)
	t.evidence()
	t.tool.Access = r.access(d)
	if stop, _ := d.TakeBool("doNotPerform"); stop {
		d.Report("doNotPerform", problem.BadValue, "false, since a catalogue holds what may be done")
	}
	r.drafts = append(r.drafts, t)
	if r.tools[t.tool.ID] == nil {
		r.tools[t.tool.ID] = t
	}
}

// from says which member of the resource a place of the tool comes from.
func (t *draft) from(place, member string) {
	t.places[place] = t.node.Pointer() + strictjson.Pointer(member)
}

func (t *draft) text(place, member string) catalogue.Text {
	t.from(place, member)
	return readText(t.node, member, t.lang)
}

// readText is nil if there is no text.
func readText(n fhir.Node, member, lang string) catalogue.Text {
	var out catalogue.Text
	for l, s := range n.Texts(member, lang) {
		if out == nil {
			out = catalogue.Text{}
		}
		out[catalogue.Lang(l)] = s
	}
	return out
}

func (r *reader) language(d fhir.Node) string {
	if lang := d.Take("language"); lang != "" {
		return lang
	}
	if r.options.Language != "" {
		r.note(d, "language", problem.Assumed, "the language is "+string(r.options.Language))
	}
	return string(r.options.Language)
}

func (r *reader) note(n fhir.Node, member string, code problem.Code, want string) {
	r.notes = append(r.notes, problem.Problem{Pointer: n.Pointer() + strictjson.Pointer(member), Code: code, Want: want})
}

// id is "" with a problem if there is none.
func (r *reader) id(d fhir.Node) catalogue.ToolID {
	list := d.List("identifier")
	for _, i := range list {
		if i.Look("value") != "" && i.Has("system", SystemTool) {
			return catalogue.ToolID(i.Take("value"))
		}
	}
	address := strings.ToLower(d.Look("url"))
	if id, err := catalogue.ParseToolID(address[strings.LastIndexByte(address, '/')+1:]); err == nil {
		r.note(d, "url", problem.Assumed, "the id of the tool is the last part of this")
		return id
	}
	for _, i := range list {
		if id, err := catalogue.ParseToolID(strings.ToLower(i.Look("value"))); err == nil {
			r.note(i, "value", problem.Assumed, "the id of the tool is this")
			return id
		}
	}
	d.Report("identifier", problem.BadFormat, "an identifier of the system "+SystemTool+", or a url that ends in "+catalogue.ErrID.Error())
	return ""
}

// status reads what may not be ready as draft.
func (r *reader) status(d fhir.Node) catalogue.Status {
	test, _ := d.TakeBool("experimental")
	x := d.Extension(ExtensionStatus)
	paused := x.Has("valueCode", "paused") && x.Has("url", ExtensionStatus)
	status := d.Take("status")
	switch {
	case paused && status != "retired":
		d.Report("status", problem.Contradiction, ExtensionStatus)
	case status == "":
		d.Report("status", problem.MissingMember, "")
	case status == "retired" && paused:
		return catalogue.StatusPaused
	case status == "retired":
		return catalogue.StatusWithdrawn
	case status == "active" && test:
		r.note(d, "experimental", problem.Assumed, "the tool is a draft")
		return catalogue.StatusDraft
	case status == "active":
		return catalogue.StatusListed
	case status == "unknown":
		r.note(d, "status", problem.Assumed, "the tool is a draft")
		return catalogue.StatusDraft
	case status == "draft":
		return catalogue.StatusDraft
	default:
		d.Report("status", problem.NotAllowed, "draft, active, retired, unknown")
	}
	return catalogue.StatusDraft
}

// access reads the facts, or lets a prescription be required where they are not said.
func (r *reader) access(d fhir.Node) catalogue.Access {
	x := d.Extension(ExtensionAccess)
	if !x.Exists() {
		return r.careful(d)
	}
	x.Take("url")
	fact := func(name string) bool {
		part := x.Extension(name)
		value, has := part.TakeBool("valueBoolean")
		if part.Take("url"); !has {
			x.Report("", problem.BadValue, "an extension "+name+" with valueBoolean")
		}
		return value
	}
	return catalogue.Access{WithoutLogin: fact("withoutLogin"), RequiresPrescription: fact("requiresPrescription"),
		National: fact("national"), OnBehalf: fact("onBehalf")}
}

func (r *reader) careful(d fhir.Node) catalogue.Access {
	for _, topic := range d.List("topic") {
		for _, c := range topic.List("coding") {
			code := c.Look("code")
			if c.Look("system") == SystemTopic && (code == "self-treatment" || code == "self-assessment") {
				r.note(d, "extension", problem.Assumed, "the tool requires a login and no prescription")
				return catalogue.Access{}
			}
		}
	}
	r.note(d, "extension", problem.Assumed, "the tool requires a login and a prescription")
	return catalogue.Access{RequiresPrescription: true}
}

func (t *draft) vendor() {
	x := t.node.Extension(ExtensionVendor)
	number := x.Member("valueIdentifier")
	if number.Look("system") != fhir.SystemOrgNumber || t.node.Look("publisher") == "" {
		return
	}
	t.from("/vendor", "publisher")
	t.places["/vendor/orgNumber"] = number.Pointer() + "/value"
	x.Take("url")
	number.Take("system")
	t.tool.Vendor = &vendor.Vendor{OrgNumber: vendor.OrgNumber(number.Take("value")), Name: t.node.Take("publisher")}
}
