package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// The tool is withdrawn while no program runs that could be told.
func TestWhatGoesOnWithAWithdrawnTool(t *testing.T) {
	file := catalogueWith(t, "sovn-steg-for-steg", catalogue.StatusWithdrawn)
	onEach(t, func(t *testing.T, r *rig) {
		id := r.prescribe(t)
		assert.Equal(t, "none\n", r.run(t, 0, "stopped"))
		said := r.run(t, 0, "stopped", "-catalogue", file)
		assert.Contains(t, said, id+"  version 1  sent  sovn-steg-for-steg  until 2026-12-28  "+patient+", catalogue: tool cannot be started: it is withdrawn")
		r.run(t, 0, "cancel", "-id", id, "-version", "1", "-reason", "no-longer-needed")
		assert.Equal(t, "none\n", r.run(t, 0, "stopped", "-catalogue", file))
	})
}

// catalogueWith is the sample, in which a tool has another status.
func catalogueWith(t *testing.T, id catalogue.ToolID, status catalogue.Status) string {
	t.Helper()
	d, err := sample.Document()
	require.NoError(t, err)
	for i := range d.Tools {
		if d.Tools[i].ID == id {
			d.Tools[i].Status = status
		}
	}
	text, err := catalogue.Marshal(d)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "catalogue.json")
	require.NoError(t, os.WriteFile(file, text, 0o600))
	return file
}
