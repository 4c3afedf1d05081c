package oppgave_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
)

func TestTaskLinkNamesThePrescription(t *testing.T) {
	tests := map[string]string{
		"https://a.example/start":                     "https://a.example/start?task=p-1%2F2",
		"https://a.example":                           "https://a.example?task=p-1%2F2",
		"https://a.example/?z=1&a=%20#x":              "https://a.example/?z=1&a=%20&task=p-1%2F2#x",
		"https://a.example/?task=other&a=1&task=more": "https://a.example/?a=1&task=p-1%2F2",
		"":     "",
		"%":    "",
		"text": "",
	}
	require.NotEmpty(t, tests)
	for address, want := range tests {
		tool := catalogue.Tool{Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: address}}}
		assert.Equal(t, want, oppgave.TaskLink(prescription.Prescription{ID: "p-1/2"}, tool), address)
	}
	assert.Empty(t, oppgave.TaskLink(prescription.Prescription{ID: "p-1"}, catalogue.Tool{}), "no web address")
}

func TestTaskLinkIsSent(t *testing.T) {
	w := begin(t, func(c *oppgave.Config) { c.Link = oppgave.TaskLink })
	p := w.prescribe()
	w.drained(1)
	assert.Equal(t, "https://sleep.example/start?secret="+canary+"&task="+string(p.ID), w.task().Link)
	assert.NotContains(t, w.to.Assumptions(), "Link")
}
