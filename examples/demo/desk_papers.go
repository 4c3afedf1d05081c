package main

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// The vendor's papers: a declaration, one with mistakes on purpose, and the entries in the catalogue that the vendor wrote.
//
//go:embed declaration.json declaration-bad.json listing.json
var papers embed.FS

const (
	paperGood = "declaration.json"
	paperBad  = "declaration-bad.json"
	// secondTool is the vendor's other tool, for which a visitor goes the way from the declaration to the catalogue.
	secondTool = catalogue.ToolID("rolige-kvelder")
)

// paper reads a declaration about a tool. That about the second tool says the same as the first but for one thing: its
// texts are in Bokmål only, so that there is something to ask a waiver for.
func paper(name string, tool catalogue.ToolID) (tree, error) {
	data, err := papers.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if tool == demoTool {
		return parseTree(data)
	}
	t, err := parseTree([]byte(aboutSecond.Replace(string(data))))
	if err == nil {
		t.put("/tool/id", string(tool))
		t.put("/answers/UU-05", map[string]any{"status": "no", "explanation": "Kurset finnes på bokmål. Nynorsk er på plass i april 2027."})
	}
	return t, err
}

var aboutSecond = strings.NewReplacer("tryggere-steg", string(secondTool), "tryggeresteg.example", "roligekvelder.example",
	"Tryggere steg", "Rolige kvelder", "Tryggare steg", "Rolege kveldar", "Safer steps", "Quiet evenings", "sosial angst", "søvnvansker")

// load opens a file with one of the papers. One with mistakes is judged at once, so that they show.
func (d *desk) load(name string, tool catalogue.ToolID) (*file, error) {
	set, err := d.requirements(requirement.WebBaseline)
	if err != nil {
		return nil, err
	}
	written, err := paper(name, tool)
	if err != nil {
		return nil, err
	}
	entry, err := listing(tool)
	if err != nil {
		return nil, err
	}
	return d.add(&file{set: set, draft: written, listing: entry, strict: name == paperBad}), nil
}

// listing is the entry that the vendor wrote for a tool; for one of another id, such as a second try, that of the second tool.
func listing(tool catalogue.ToolID) (tree, error) {
	data, err := papers.ReadFile("listing.json")
	if err != nil {
		return nil, err
	}
	document, err := catalogue.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("listing.json: %w", err)
	}
	i := slices.IndexFunc(document.Tools, func(t catalogue.Tool) bool { return t.ID == tool })
	if i < 0 {
		i = slices.IndexFunc(document.Tools, func(t catalogue.Tool) bool { return t.ID == secondTool })
		document.Tools[i].ID = tool
	}
	return treeOf(document.Tools[i])
}

// blank opens a file for a tool of which only the name is known.
func (d *desk) blank(set *approval.RequirementSet, name string) (*file, error) {
	id := d.free(catalogue.ToolID(cmp.Or(slug(name), "verktoy")))
	text := catalogue.Text{"nb": name}
	written, err := treeOf(approval.SelfDeclaration{Version: approval.DeclarationVersion, ID: string(id) + "-1", Set: set.Ref(),
		Tool: approval.ToolRef{ID: id, Name: text}, Vendor: vendor.Vendor{OrgNumber: vendorNumber, Name: vendorName}})
	if err != nil {
		return nil, err
	}
	entry, err := treeOf(catalogue.Tool{ID: id, Status: catalogue.StatusDraft, Name: text, Kind: catalogue.KindCourse,
		Vendor: &vendor.Vendor{OrgNumber: vendorNumber, Name: vendorName}, Access: catalogue.Access{National: true}})
	if err != nil {
		return nil, err
	}
	return d.add(&file{set: set, draft: written, listing: entry}), nil
}

// free is the id, with a number behind it if the catalogue or a file uses it already.
func (d *desk) free(id catalogue.ToolID) catalogue.ToolID {
	for n, try := 2, id; ; n++ {
		if !d.taken(try, nil) {
			return try
		}
		try = catalogue.ToolID(fmt.Sprintf("%s-%d", id, n))
	}
}

// taken says whether the catalogue or a file other than this one uses an id.
func (d *desk) taken(id catalogue.ToolID, but *file) bool {
	used := slices.ContainsFunc(d.files, func(f *file) bool { return f != but && f.draft.text("/tool/id") == string(id) })
	_, listed := d.catalogue.Get(id)
	return used || listed && (but == nil || but.life.Tool != id)
}

// slug makes an id of a name: small letters a–z, digits and hyphens.
func slug(name string) string {
	name = strings.NewReplacer("æ", "ae", "ø", "o", "å", "a").Replace(strings.ToLower(name))
	words := strings.FieldsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := strings.Join(words, "-")
	return strings.Trim(id[:min(len(id), 40)], "-")
}

func treeOf(v any) (tree, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return parseTree(data)
}
