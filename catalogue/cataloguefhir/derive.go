package cataloguefhir

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// unitResource is the id of a unit's resource. It is not read back.
func unitResource(tool catalogue.ToolID, unit catalogue.UnitID) string {
	return fhir.UnitDefinition(string(tool), string(unit))
}

func (w *Writer) url(id string) string { return fhir.DefinitionURL(w.base, id) }

// digest is the same for tools that say the same.
func digest(t catalogue.Tool) string {
	text, err := json.Marshal(t)
	if err != nil {
		return "" // cannot happen: a tool has only texts, numbers and booleans
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// machineName makes a name for generated code of an id, as the invariant adf-0 wants it: [A-Z]([A-Za-z0-9_]){0,254}.
func machineName(id string) string {
	var b strings.Builder
	for _, part := range strings.Split(id, "-") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	if name := b.String(); name[0] > '9' {
		return name
	}
	return "T" + b.String()
}

// language is that of the resource: the first of nb, nn, en and se that it has its title in, otherwise the first in the alphabet.
func language(title catalogue.Text) catalogue.Lang {
	for _, lang := range []catalogue.Lang{catalogue.Bokmaal, catalogue.Nynorsk, catalogue.English, catalogue.NorthernSaami} {
		if title[lang] != "" {
			return lang
		}
	}
	return slices.Min(slices.Collect(maps.Keys(title)))
}

func texts(t catalogue.Text, d definition) (string, *fhir.Element) {
	return fhir.Texts(t, catalogue.Lang(d.Language))
}

// plain leaves out what is there but says nothing, so that it does not make a difference.
func plain(t catalogue.Tool) catalogue.Tool {
	if t.Ages != nil && t.Ages.Min == nil && t.Ages.Max == nil {
		t.Ages = nil
	}
	if t.Listing != nil && *t.Listing == (catalogue.Listing{}) {
		t.Listing = nil
	}
	t.Keywords = maps.Clone(t.Keywords)
	maps.DeleteFunc(t.Keywords, func(_ catalogue.Lang, words []string) bool { return len(words) == 0 })
	return t
}
