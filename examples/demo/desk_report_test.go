package main

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestDeskShowsWhatWasDeclared(t *testing.T) {
	v := visit(t)
	page, code := v.get("/cases/case-1/declaration")
	require.Equal(t, http.StatusOK, code)
	for _, says := range []string{"<dd>18</dd>", "<dd>Behandle en sykdom eller en helseplage</dd>", "<dd>Ja</dd>", "Leverandøren svarer ja.", "Ikke aktuelt: Ingen kan laste opp filer i verktøyet.", `href="https://tryggeresteg.example/om"`} {
		assert.Contains(t, page, says)
	}
	assert.NotContains(t, page, "<dd></dd>")
}

func TestDeskDownloads(t *testing.T) {
	v := visit(t)
	page, code := v.get("/cases/case-1/report/json")
	require.Equal(t, http.StatusOK, code)
	var compact map[string]any
	require.NoError(t, json.Unmarshal([]byte(page), &compact))
	decision, err := approval.ParseDecision([]byte(page))
	require.NoError(t, err)
	assert.Equal(t, v.desk.files[0].decision.ID, decision.ID)
	page, _ = v.get("/cases/case-1/report/md?lang=nn")
	assert.Contains(t, page, "Godkjent for bruk saman med behandlar")
	assert.Contains(t, page, "Reglane i rekkjefølgje")
	assert.Contains(t, page, "# Vedtak om digitalt helseverktøy\n", "the case ended in it")
	assert.Contains(t, page, "ikkje offisielle krav")
	page, _ = v.get("/cases/case-1/report/html?lang=en")
	assert.Contains(t, page, "Approved for use together with a therapist")
	assert.Contains(t, page, "<h1>Decision on a digital health tool</h1>")
	_, code = v.get("/cases/case-1/report/pdf")
	assert.Equal(t, http.StatusNotFound, code)
}
