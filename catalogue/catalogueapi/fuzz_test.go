package catalogueapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Whatever is answered, what the caller gets is whole or nothing, and no error holds an identity number.
func FuzzAnswers(f *testing.F) {
	number := cataloguetest.Number("158190")
	for _, body := range []string{goodTool, `{"verktoy":[` + goodTool + `],"totalt":1}`, `{"verktoy":[` + goodTool + `],"totalt":2,"neste":"b"}`,
		`{"oppgaveId":"x","frist":"2026-11-30T00:00:00Z"}`, `{"behandlere":[{"navn":"Kari","hprNummer":"1","sendt":"2026-11-01T00:00:00+01:00"}]}`,
		`{"code":"2118"}`, `{"verktoyId":"` + number + `"}`, `{"` + number + `":1}`, `{"oppgaveId":"` + number + `"}`, `[null]`, `{"tillegg":null}`} {
		for _, status := range []int{200, 201, 400, 500} {
			f.Add(status, body)
		}
	}
	citizen, err := catalogueapi.ParseCitizen(number)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, status int, body string) {
		client := answering(t, answers(status, "application/json", body))
		found, err := client.Get(t.Context(), "sovn")
		right(t, err, found.Tool.ID == "", found.Tool)
		list, err := client.List(t.Context(), catalogueapi.Filter{})
		right(t, err, list.Tools == nil && list.Notes == nil, list.Tools...)
		for _, n := range append(found.Notes, list.Notes...) {
			assert.False(t, nationalid.Contains(n.Code+" "+n.Place+" "+n.What), "note")
		}
		people, err := client.Therapists(t.Context(), citizen)
		right(t, err, people == nil)
		for _, p := range people {
			assert.False(t, nationalid.Contains(p.Name) || nationalid.Contains(p.HPR), "therapist")
			assert.NotEqual(t, catalogueapi.Therapist{At: p.At, OrganisationName: p.OrganisationName}, p, "somebody")
		}
		invited, err := client.Invite(t.Context(), catalogueapi.Invitation{ID: invitationID, Citizen: citizen, From: catalogueapi.Therapist{HPR: "1"}, Deadline: noon.AddDate(0, 0, 1)})
		right(t, err, invited == catalogueapi.Invited{})
		assert.Equal(t, err != nil, invited.Task == "")
	})
}

// right looks at what came of an answer: an error and nothing, or tools that are right.
func right(t *testing.T, err error, nothing bool, tools ...catalogue.Tool) {
	t.Helper()
	if err != nil {
		assert.True(t, nothing, "nothing comes with an error")
		assert.False(t, nationalid.Contains(err.Error()), "number in an error")
		assert.True(t, strings.HasPrefix(err.Error(), "catalogueapi: "))
		return
	}
	assert.Empty(t, (catalogue.Document{Version: catalogue.DocumentVersion, Tools: tools}).Check())
}
