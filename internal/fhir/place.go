package fhir

import (
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// Place turns a JSON Pointer into a place as FHIRPath writes it, under the name of the resource that it begins in:
// "Bundle.entry[0].resource.title". What stands beside a primitive value under "_title" is title's, as in FHIRPath. It is for people and
// logs: what would break a line is escaped, and a long place is cut.
func Place(resource, pointer string) string {
	var b strings.Builder
	b.WriteString(resource)
	for _, part := range strings.Split(pointer, "/")[1:] {
		part = unescape.Replace(part)
		if part != "" && strings.Trim(part, "0123456789") == "" {
			b.WriteString("[" + part + "]")
			continue
		}
		b.WriteString("." + delimited(strings.TrimPrefix(part, "_")))
	}
	return problem.Place(b.String())
}

// delimited writes what is not a plain name as FHIRPath's delimited identifier.
func delimited(name string) string {
	plain := strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
	if name != "" && plain == "" {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "\\`") + "`"
}
