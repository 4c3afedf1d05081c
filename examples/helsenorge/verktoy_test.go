package main

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// national is catalogue/catalogueapi at the command, as a tool's vendor has it.
func national(t *testing.T, said map[string]string, tool catalogue.ToolID) *catalogueapi.Client {
	t.Helper()
	c, err := catalogueapi.New(catalogueapi.Config{Address: said["verktoy"], HTTP: client, Tool: tool, AllowLoopback: true})
	require.NoError(t, err)
	return c
}

func TestNationalCatalogue(t *testing.T) {
	said, _ := command(t)
	c := national(t, said, "")
	before, err := c.Document(t.Context())
	require.NoError(t, err)
	assert.Greater(t, len(before.Document.Tools), 50, "the sample")
	ordered(t, said, "verktoy/withdraw", `{"tool":"sovn-steg-for-steg"}`)
	after, err := c.Document(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, before.Tag, after.Tag)
	found, err := c.Get(t.Context(), "sovn-steg-for-steg")
	require.NoError(t, err)
	assert.Equal(t, catalogue.StatusWithdrawn, found.Tool.Status)
	ordered(t, said, "verktoy/fail", `{"operation":"list","status":503,"times":1}`)
	_, err = c.Document(t.Context())
	require.ErrorIs(t, err, catalogueapi.ErrUnavailable)
}

func TestInvitationFromATool(t *testing.T) {
	data, err := catalogue.Marshal(catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{cataloguetest.Tool("own", func(t *catalogue.Tool) {
		t.Start[0].URL = "http://localhost:4010/uthopp/start"
	})}})
	require.NoError(t, err)
	said, end := command(t, "-catalogue", write(t, string(data)))
	c := national(t, said, "own")
	number := launchtest.SyntheticNumber("098418")
	citizen, err := catalogueapi.ParseCitizen(number)
	require.NoError(t, err)
	invitation := catalogueapi.Invitation{ID: "0193a6f0-1234-4abc-8def-a1234567890b", Citizen: citizen, From: catalogueapi.Therapist{Name: "Kari"},
		Deadline: time.Now().AddDate(0, 0, 14)} // real time: the command's
	_, err = c.Invite(t.Context(), invitation)
	require.NoError(t, err)
	people, err := c.Therapists(t.Context(), citizen)
	require.NoError(t, err)
	require.Len(t, people, 1)
	assert.Equal(t, "Kari", people[0].Name)
	ordered(t, said, "verktoy/citizen", `{"citizen":"`+number+`","active":false}`)
	_, err = c.Invite(t.Context(), invitation)
	require.ErrorIs(t, err, catalogueapi.ErrNotActive)
	ordered(t, said, "verktoy/slow", `{"operation":"get","milliseconds":1}`)
	ordered(t, said, "clock", `{"seconds":1728000}`)
	_, err = c.Invite(t.Context(), invitation)
	require.ErrorIs(t, err, catalogueapi.ErrRefused, "20 days later the deadline is over")
	assert.NotContains(t, end(), number)
}

// The orders for all three come to the same address.
func TestOrdersAboutTheVerktoyAPIThatAreNoGood(t *testing.T) {
	_, published := systemKey(t)
	said, _ := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "s", "-organisation", "910000004")
	cases := []struct{ name, body, want string }{
		{"withdraw", `{}`, "the id of a tool in the catalogue"},
		{"withdraw", `{"tool":"missing"}`, "the id of a tool in the catalogue"},
		{"withdraw", `{"tool":"sovn-steg-for-steg","times":1}`, "the id of a tool in the catalogue"},
		{"withdraw", `{"action":"x"}`, "want one JSON object"},
		{"citizen", `{"citizen":"15819000000"}`, "whether that citizen is digitally active"},
		{"citizen", `{"citizen":"1","active":true}`, "a synthetic identity number"},
		{"fail", `{"operation":"token","status":503,"times":1}`, "an operation of list, search, get, invite, therapists"},
		{"fail", `{"operation":"list","status":200,"times":1}`, "400 to 599"},
		{"fail", `{"operation":"list","status":503,"times":1001}`, "1 to 1000"},
		{"slow", `{"operation":"list"}`, "0 to 600000"},
		{"slow", `{"operation":"list","milliseconds":600001}`, "0 to 600000"},
	}
	for _, c := range cases {
		status, answer := post(t, said["admin"]+"verktoy/"+c.name, "application/json", c.body)
		assert.Equal(t, http.StatusBadRequest, status, c)
		assert.Contains(t, answer["error"], c.want, c)
	}
	require.NotEmpty(t, cases)
	ordered(t, said, "helseid/expire", `{}`)
	ordered(t, said, "verktoy/withdraw", `{"tool":"sovn-steg-for-steg"}`)
}

func TestAPortForTheCatalogueThatThereIsNot(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, 1, run(t.Context(), []string{"-verktoy-addr", "127.0.0.1:99999"}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "99999")
	assert.Empty(t, stdout.String())
}
