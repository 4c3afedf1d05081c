package approvaloscal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Namespace is that of the props of this project.
const Namespace = "https://github.com/verktoykatalog/verktoy/oscal"

const oscalVersion = "1.2.2"

func own(name, value string) prop { return prop{Name: name, NS: Namespace, Value: line(value)} }

// token makes an OSCAL token of an id: it begins with a letter or "_".
func token(id string) string {
	if first := []rune(id + "_")[0]; !unicode.IsLetter(first) && first != '_' {
		return "_" + id
	}
	return id
}

// statement is the id of a control's statement in the catalog.
func statement(id string) string { return token(id) + "_smt" }

// line puts a text on one line, without space at its ends, as OSCAL's strings and titles must be; "-" stands for none.
func line(s string) string {
	if out := strings.Join(strings.Fields(s), " "); out != "" {
		return out
	}
	return "-"
}

// midnight UTC when a day begins, some days later; "" if there is no such day.
func midnight(d catalogue.Date, later int) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, later).Format(time.RFC3339)
}

// encode gives equal bytes for equal documents.
func encode(name string, v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(map[string]any{name: v}); err != nil {
		return nil, fmt.Errorf("approvaloscal: %w", err)
	}
	return out.Bytes(), nil
}
