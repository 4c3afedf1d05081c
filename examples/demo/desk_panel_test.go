package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// event is one that the one who is logged in brings about, in the version that the case has.
func (v *deskVisitor) event(id, what string, fields ...string) (string, int) {
	v.t.Helper()
	f, err := v.desk.file(id)
	require.NoError(v.t, err)
	return v.post("/panel/"+id+"/event", append(fields, "event", what, "version", fmt.Sprint(f.life.Version))...)
}

// inReview opens the example, submits it and starts the review.
func (v *deskVisitor) inReview() *file {
	v.t.Helper()
	v.as(vendorPerson)
	v.must("/vendor", "what", "good")
	f := v.desk.files[len(v.desk.files)-1]
	v.must("/vendor/"+f.id+"/submit", "version", "0", "sure", "yes")
	v.as(secretary)
	page, code := v.event(f.id, "start-review")
	require.Equal(v.t, http.StatusOK, code, page)
	require.Equal(v.t, approval.NeedsReview, f.basis.Outcome)
	return f
}

func (v *deskVisitor) votes(f *file, outcome approval.Outcome, by ...official) {
	v.t.Helper()
	for _, o := range by {
		v.as(o)
		v.must("/panel/"+f.id+"/vote", "outcome", string(outcome), "rationale", "Godt begrunnet.")
	}
}

// found says whether the clinician's search finds a tool.
func (v *deskVisitor) found(tool catalogue.ToolID) bool {
	v.t.Helper()
	page, err := v.open(v.t.Context(), http.StatusOK, v.clinician.url+"/search?q=rolige+kvelder")
	require.NoError(v.t, err)
	return strings.Contains(page, `"/tools/`+string(tool))
}

func TestDeskFromDraftToCatalogueAndOut(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	assert.False(t, v.found(secondTool))
	v.votes(f, approval.ApprovedWithTherapist, psychology, medicine)
	v.votes(f, approval.NeedsReview, experience)
	page := v.must("/panel/"+f.id+"/decide", "until", "2027-11-01", "version", fmt.Sprint(f.life.Version))
	assert.Contains(t, page, "Stemte for noe annet: Aisha Erfaring.")
	assert.False(t, v.found(secondTool), "decided is not published")

	v.as(lister)
	page, code := v.event(f.id, "publish")
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, v.clinician.url+"/tools/rolige-kvelder")
	assert.True(t, v.found(secondTool))

	for _, step := range []struct {
		by        official
		what      string
		code      int
		found     bool
		says      string
		reasonFor string
	}{
		{secretary, "suspend", http.StatusOK, false, "borte fra søket", "safety"},
		{psychology, "resume", http.StatusOK, true, "i søket", ""},
		{lister, "suspend", http.StatusOK, false, "borte fra søket", "complaint"},
		{lister, "resume", http.StatusUnprocessableEntity, false, "En annen må gjøre det.", ""},
		{psychology, "resume", http.StatusOK, true, "i søket", ""},
		{secretary, "withdraw", http.StatusUnprocessableEntity, true, "kan ikke gjøre dette", "safety"},
		{lister, "withdraw", http.StatusOK, false, "borte fra søket", "safety"},
		{lister, "publish", http.StatusUnprocessableEntity, false, "Dette går ikke nå", ""},
	} {
		v.as(step.by)
		var fields []string
		if step.reasonFor != "" {
			fields = []string{"reason", step.reasonFor}
		}
		page, code := v.event(f.id, step.what, fields...)
		assert.Equal(t, step.code, code, step.what)
		assert.Contains(t, page, step.says, step.what)
		assert.Equal(t, step.found, v.found(secondTool), step.what)
	}
	page, _ = v.get("/panel/" + f.id)
	assert.Contains(t, page, "Loggen er hel.")
}

// Every refusal is said on the page that the form is on, with what to do, and changes nothing.
func TestDeskRefuses(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	v.as(vendorPerson)
	v.must("/vendor", "what", "bad")
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	case2, bad, blank := f.id, v.desk.files[2].id, v.desk.files[3].id
	cases := []struct {
		name   string
		by     official
		path   string
		fields []string
		code   int
		says   string
	}{
		{"a tool without a name", vendorPerson, "/vendor", []string{"what", "blank", "name", " "}, 422, "Skriv hva verktøyet heter"},
		{"a case that is not there", vendorPerson, "/vendor/case-99/facts", nil, 404, "Vi finner ikke denne saken"},
		{"a draft that the panel may not see", lister, "/panel/" + bad + "/vote", nil, 404, "ikke sendt inn"},
		{"what is submitted is not changed", vendorPerson, "/vendor/" + case2 + "/facts", nil, 409, "kan ikke endres nå"},
		{"a part that does not apply", vendorPerson, "/vendor/" + blank + "/group-none", nil, 409, "gjelder ikke lenger"},
		{"submitted without a tick", vendorPerson, "/vendor/" + blank + "/submit", []string{"version", "0"}, 422, "Kryss av"},
		{"submitted incomplete", vendorPerson, "/vendor/" + blank + "/submit", []string{"version", "0", "sure", "yes"}, 422, "Skriv hvem som signerer"},
		{"submitted with mistakes", vendorPerson, "/vendor/" + bad + "/submit", []string{"version", "0", "sure", "yes"}, 422, "Organisasjonsnummer"},
		{"nobody", lister, "/who", []string{"person", "x"}, 400, "Velg hvem du er"},
		{"a vote for nothing", psychology, "/panel/" + case2 + "/vote", []string{"rationale", "Fordi."}, 422, "Velg hva du stemmer for."},
		{"a vote without a reason", psychology, "/panel/" + case2 + "/vote", []string{"outcome", "rejected"}, 422, "Skriv hvorfor du stemmer slik."},
		{"alone though meant for guidance", psychology, "/panel/" + case2 + "/vote", []string{"outcome", "approved-without-therapist", "rationale", "Fordi."}, 422, "bare ment for bruk sammen med behandler"},
		{"a number in a reason", psychology, "/panel/" + case2 + "/vote", []string{"outcome", "rejected", "rationale", "Se " + v.clinician.people[0].nationalID.Reveal("try whether a reason takes it")}, 422, "fødselsnummer"},
		{"a vote by somebody else", lister, "/panel/" + case2 + "/vote", []string{"outcome", "rejected", "rationale", "Fordi."}, 422, "ikke et medlem"},
		{"aside without a reason", kin, "/panel/" + case2 + "/aside", nil, 422, "Velg hvorfor du er inhabil."},
		{"decided without a quorum", psychology, "/panel/" + case2 + "/decide", []string{"version", "2", "until", "2027-11-01"}, 422, "for få stemmer"},
		{"a waiver without an end", secretary, "/panel/" + case2 + "/waiver", []string{"requirement", "UU-05", "justification", "Kommer."}, 422, "Velg siste dag."},
		{"a waiver that lasts too long", secretary, "/panel/" + case2 + "/waiver", []string{"requirement", "UU-05", "justification", "Kommer.", "until", "2028-01-01"}, 422, "varer for lenge"},
		{"a waiver of what is met", secretary, "/panel/" + case2 + "/waiver", []string{"requirement", "GEN-01", "justification", "Kommer.", "until", "2027-01-01"}, 422, "ingenting å gi dispensasjon fra"},
		{"a waiver that nobody asked for", lister, "/panel/" + case2 + "/grant", []string{"waiver", "x"}, 422, "ingenting å gi dispensasjon fra"},
		{"the panel publishes", psychology, "/panel/" + case2 + "/event", []string{"version", "2", "event", "publish"}, 422, "kan ikke gjøre dette"},
		{"an event that there is not", lister, "/panel/" + case2 + "/event", []string{"version", "2", "event", "burn"}, 422, "Se på dette først"},
		{"returned for no reason", secretary, "/panel/" + case2 + "/event", []string{"version", "2", "event", "return"}, 422, "Velg hva leverandøren skal se på."},
		{"an old page", secretary, "/panel/" + case2 + "/event", []string{"version", "1", "event", "return", "missing", "UU-05"}, 422, "Noen andre har endret saken"},
		{"no version", secretary, "/panel/" + case2 + "/event", []string{"event", "return", "missing", "UU-05"}, 422, "Noen andre har endret saken"},
		{"withdrawn for no reason", vendorPerson, "/vendor/" + case2 + "/event", []string{"version", "2", "event", "withdraw"}, 422, "Velg hvorfor."},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v.as(c.by)
			before := f.life
			page, code := v.post(c.path, c.fields...)
			assert.Equal(t, c.code, code)
			assert.Contains(t, page, c.says)
			assert.Contains(t, page, `<html lang="nb">`)
			assert.Regexp(t, `href="/(panel)?"`, page, "there is a way on")
			assert.Equal(t, before, f.life)
			assert.Empty(t, f.votes)
			assert.Empty(t, f.asked)
		})
	}
}

// Who stands aside has no part in the case any more, and a vote that was given is gone.
func TestDeskStandsAside(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	v.votes(f, approval.Rejected, kin)
	require.Len(t, f.votes, 1)
	page := v.must("/panel/"+f.id+"/aside", "why", "related")
	assert.Contains(t, page, "Du er inhabil i denne saken")
	assert.NotContains(t, page, `action="/panel/`+f.id+`/vote"`)
	assert.Empty(t, f.votes)
	for _, path := range []string{"vote", "aside", "waiver", "grant", "decide", "event"} {
		page, code := v.post("/panel/"+f.id+"/"+path, "outcome", "rejected", "rationale", "x", "event", "return")
		assert.Equal(t, http.StatusUnprocessableEntity, code, path)
		assert.Contains(t, page, "La noen andre gjøre dette.", path)
	}
	v.votes(f, approval.ApprovedWithTherapist, psychology, medicine)
	v.must("/panel/"+f.id+"/decide", "until", "2027-11-01", "version", fmt.Sprint(f.life.Version))
	assert.Equal(t, []approval.Conflict{{Member: kin.ID, Case: f.id, Why: approval.InterestRelated}}, f.decision.Panel.Conflicts)
}

// One asks and another grants; what was voted on other ground counts no more.
func TestDeskWaives(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	v.votes(f, approval.ApprovedWithTherapist, psychology)
	v.as(secretary)
	v.must("/panel/"+f.id+"/waiver", "requirement", "UU-05", "justification", "Nynorsk kommer i april.", "compensating", "Tolk.", "until", "2027-04-30")
	page, code := v.post("/panel/"+f.id+"/grant", "waiver", f.asked[0].ID)
	assert.Equal(t, http.StatusUnprocessableEntity, code)
	assert.Contains(t, page, "En annen må godkjenne.")
	v.as(lister)
	page = v.must("/panel/"+f.id+"/grant", "waiver", f.asked[0].ID)
	assert.Contains(t, page, "Bedt om av Siri Saksbehandler, gitt av Mona Forvalter. Gjelder til og med: 30.04.2027.")
	assert.Equal(t, 1, count(f.basis, approval.ResultWaived))
	assert.Empty(t, f.votes)
	assert.Contains(t, page, "Seneste mulige dag er 30.04.2027", "an approval ends with what it relies on")
}

// Sent back, the vendor sees what to look at, and submits the next revision.
func TestDeskReturns(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	page, code := v.event(f.id, "return", "missing", "UU-05")
	require.Equal(t, http.StatusOK, code, page)
	v.as(vendorPerson)
	page, _ = v.get("/vendor/" + f.id)
	assert.Contains(t, page, `href="/vendor/`+f.id+`/group-accessibility#answers-UU-05-status-0"`)
	v.must("/vendor/"+f.id+"/group-accessibility", v.written(f, "group-accessibility", "/answers/UU-05/status", "yes", "/answers/UU-05/evidence", "skjermbilder")...)
	v.must("/vendor/"+f.id+"/submit", "version", fmt.Sprint(f.life.Version), "sure", "yes")
	assert.Equal(t, 1, f.declared.Revision)
	assert.Equal(t, approval.Yes, f.declared.Answers["UU-05"].Status)
	assert.Equal(t, approval.CaseSubmitted, f.life.State)
}

// A change is declared anew while the approval holds; another decision must be published before the tool is found again.
func TestDeskAmends(t *testing.T) {
	v := visit(t)
	f := v.desk.files[0]
	listed := func() bool { return v.desk.listed(f) }
	v.must("/vendor/"+f.id+"/event", "version", fmt.Sprint(f.life.Version), "event", "amend", "reason", "changed")
	assert.True(t, listed())
	v.must("/vendor/"+f.id+"/about", v.written(f, "about", "/tool/id", "another", "/tool/release", "3.0")...)
	assert.Equal(t, string(demoTool), f.draft.text("/tool/id"), "the id stays what it was")
	page, code := v.post("/vendor/"+f.id+"/submit", "version", "0", "sure", "yes")
	assert.Equal(t, http.StatusUnprocessableEntity, code)
	assert.Contains(t, page, "Noen andre har endret saken")
	v.must("/vendor/"+f.id+"/submit", "version", fmt.Sprint(f.life.Version), "sure", "yes")
	assert.Equal(t, "3.0", f.declared.Tool.Release)
	assert.Empty(t, f.votes, "those of the first time")
	v.as(secretary)
	v.event(f.id, "start-review")
	v.votes(f, approval.ApprovedWithTherapist, psychology, medicine)
	assert.True(t, listed())
	v.must("/panel/"+f.id+"/decide", "until", "2027-11-01", "version", fmt.Sprint(f.life.Version))
	assert.False(t, listed(), "it was listed on another decision")
	v.as(lister)
	v.event(f.id, "publish")
	assert.True(t, listed())
}

func TestDeskPagesInThreeLanguages(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	v.as(vendorPerson)
	v.must("/vendor", "what", "bad")
	both := []string{"/", "/who", "/cases/case-1/report", "/cases/case-1/declaration"}
	sides := map[official][]string{
		vendorPerson: {"/vendor/case-1", "/vendor/" + f.id, "/vendor/case-3", "/vendor/case-3/about", "/vendor/case-3/facts", "/vendor/case-3/documents",
			"/vendor/case-3/group-web", "/vendor/case-3/listing", "/vendor/case-3/why", "/cases/case-3/report", "/cases/case-3/declaration"},
		secretary: {"/panel", "/panel/case-1", "/panel/" + f.id},
	}
	for who, own := range sides {
		v.as(who)
		for _, lang := range languages {
			for _, path := range append(own, both...) {
				page, code := v.get(path + "?lang=" + string(lang))
				assert.Equal(t, http.StatusOK, code, path)
				assert.Contains(t, page, `<html lang="`+string(lang)+`">`, path)
				assert.Contains(t, page, "</html>", path)
				assert.Equal(t, 1, strings.Count(page, "<h1>"), path)
				assert.Contains(t, page, `<a class="skip" href="#main">`, path)
				assert.Contains(t, between(page, "<header>", "</header>"), deskTexts["you-are"].In(lang)+" <strong>"+who.Name+"</strong>", path)
			}
		}
	}
}
