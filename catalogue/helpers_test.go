package catalogue_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

//go:embed testdata/small.json
var small []byte

var noon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)

func index(t testing.TB) *catalogue.Index {
	t.Helper()
	d, err := catalogue.Parse(small)
	require.NoError(t, err)
	x, err := catalogue.NewIndex(d.Tools)
	require.NoError(t, err)
	return x
}

func get(t testing.TB, id catalogue.ToolID) catalogue.Tool {
	t.Helper()
	tool, known := index(t).Get(id)
	require.True(t, known)
	return tool
}

// edited gives the small catalogue as JSON after its generic form was edited.
func edited(t testing.TB, edit func(d, tool map[string]any)) []byte {
	t.Helper()
	var d map[string]any
	r := json.NewDecoder(bytes.NewReader(small))
	r.UseNumber()
	require.NoError(t, r.Decode(&d))
	edit(d, d["tools"].([]any)[0].(map[string]any))
	data, err := json.Marshal(d)
	require.NoError(t, err)
	return data
}

// problems gives pointer and code of each problem of a document.
func problems(t testing.TB, err error) []string {
	t.Helper()
	require.ErrorIs(t, err, catalogue.ErrInvalid)
	var bad *catalogue.DocumentError
	require.ErrorAs(t, err, &bad)
	var out []string
	for _, p := range bad.Problems {
		out = append(out, p.Pointer+" "+p.Code)
	}
	return out
}

// replaceAll is strings.ReplaceAll for a text that must be there.
func replaceAll(s, old, with string) string {
	if !strings.Contains(s, old) {
		panic(old + " is not there")
	}
	return strings.ReplaceAll(s, old, with)
}
