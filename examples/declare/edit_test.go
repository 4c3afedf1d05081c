package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

type object = map[string]any

// edited is a copy of a document with a change.
func edited(t *testing.T, name string, edit func(object)) string {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var document object
	require.NoError(t, json.Unmarshal(data, &document))
	edit(document)
	data, err = json.Marshal(document)
	require.NoError(t, err)
	return file(t, "edited.json", data)
}

// withAnswer gives another answer to one requirement of a declaration, without evidence.
func withAnswer(t *testing.T, declaration, id string, change object) string {
	t.Helper()
	return edited(t, declaration, func(d object) {
		answer := d["answers"].(object)[id].(object)
		delete(answer, "evidence")
		for name, v := range change {
			answer[name] = v
		}
	})
}
