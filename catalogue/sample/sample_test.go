package sample_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

func ExampleIndex() {
	tools, err := sample.Index()
	if err != nil {
		fmt.Println(err)
		return
	}
	tool, found := tools.Get("sovn-steg-for-steg")
	fmt.Println(found, tool.Name.In("nb"), tool.Access.Mode())
	// Output: true Søvn steg for steg prescribed
}

func TestTheSampleShowsTheWholeModel(t *testing.T) {
	d, err := sample.Document()
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(d.Tools), 60)
	seen := map[string]int{}
	for _, tool := range d.Tools {
		seen["kind "+string(tool.Kind)]++
		seen["mode "+string(tool.Access.Mode())]++
		seen["status "+string(tool.Status)]++
		seen["identifier"] += len(tool.Identifiers)
		if tool.Listing != nil {
			seen["listing"]++
		}
		for _, e := range tool.Evidence {
			seen["evidence "+string(e.Kind)]++
			if e.Overdue(sample.Today()) {
				seen["overdue"]++
			}
		}
		for _, a := range tool.Audiences {
			seen["audience "+string(a)]++
		}
		for _, a := range tool.Areas {
			seen["area "+string(a)]++
		}
	}
	for _, want := range []string{"kind treatment-room", "kind course", "kind triage", "kind directory", "kind questionnaire",
		"kind video-consultation", "kind collaboration", "kind forum", "kind app", "kind video", "kind home-follow-up",
		"mode open", "mode login", "mode prescribed", "status listed", "status paused", "status withdrawn",
		"identifier", "listing", "evidence study", "evidence guideline", "evidence assessment", "evidence certification", "overdue",
		"audience children", "audience youth", "audience adults", "audience elderly", "audience relatives",
		"area sleep", "area anxiety", "area depression", "area psychosis", "area pain"} {
		assert.NotZero(t, seen[want], want)
	}
}

func TestEveryTextIsThereInThreeLanguages(t *testing.T) {
	d, err := sample.Document()
	require.NoError(t, err)
	require.NotEmpty(t, d.Tools)
	for _, tool := range d.Tools {
		texts := map[string]catalogue.Text{"name": tool.Name, "summary": tool.Summary, "description": tool.Description}
		for _, u := range tool.Units {
			texts["title of "+string(u.ID)], texts["letter of "+string(u.ID)] = u.Title, u.PatientText
		}
		for _, e := range tool.Evidence {
			texts["evidence "+string(e.Kind)] = e.Title
		}
		if len(tool.AcuteNotice) > 0 {
			texts["acute notice"] = tool.AcuteNotice
		}
		for name, text := range texts {
			for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
				assert.NotEmpty(t, text[lang], "%s: %s in %s", tool.ID, name, lang)
			}
		}
	}
}

// A newcomer who starts a listed tool of the sample must not meet an ended approval.
func TestListedToolsAreApprovedToday(t *testing.T) {
	d, err := sample.Document()
	require.NoError(t, err)
	listed := 0
	for _, tool := range d.Tools {
		if tool.Status == catalogue.StatusListed {
			listed++
			assert.NoError(t, tool.CheckStart(sample.Today()), tool.ID)
			require.NotNil(t, tool.Approval, tool.ID)
		}
	}
	assert.NotZero(t, listed)
}
