package prescription_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

func TestNewServiceReportsAllFaultsAtOnce(t *testing.T) {
	_, err := prescription.NewService(prescription.Config{Days: -1, Reasons: []string{"Ola Nordmann"}})
	require.EqualError(t, err, "prescription: invalid Config: field Tools is nil; field Days: want 0 to 3650; "+
		"field Reasons: want 1 to 40 letters a-z and hyphens in each")
}

func TestPrescribe(t *testing.T) {
	w := newWorld(t)
	_, id := complete(t, "158190")
	r := request("visit-1")
	r.Patient.NationalID = id
	p := w.prescribe(t, r)
	assert.Equal(t, prescription.Prescription{ID: p.ID, Version: 1, Tenant: "999999999", Key: "visit-1", Tool: "sleep", Unit: "eight-weeks",
		Patient: r.Patient, Prescriber: therapist, Text: "Øv litt kvar kveld.", State: prescription.Sent,
		Issued: noon, Sent: noon, Updated: noon, Expires: noon.Add(56 * 24 * time.Hour)}, p)
	got, err := w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, err)
	assert.Equal(t, p, got)
}

func TestHowLongAPrescriptionLasts(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name string
		unit catalogue.UnitID
		days int
		want int
	}{
		{"as the unit says", "eight-weeks", 0, 56},
		{"as the request says", "eight-weeks", 7, 7},
		{"the default", "no-days", 0, prescription.DefaultDays},
		{"the longest", "no-days", prescription.MaxDays, prescription.MaxDays},
	}
	require.NotEmpty(t, tests)
	for i, tt := range tests {
		r := request(fmt.Sprint("visit-", i))
		r.Unit, r.Days = tt.unit, tt.days
		assert.Equal(t, noon.Add(time.Duration(tt.want)*24*time.Hour), w.prescribe(t, r).Expires, tt.name)
	}
}

func TestAPrescriptionThatMayNotBe(t *testing.T) {
	tests := []struct {
		name string
		edit func(*catalogue.Tool, *prescription.Request)
		want error
	}{
		{"unknown tool", func(_ *catalogue.Tool, r *prescription.Request) { r.Tool = "other" }, prescription.ErrUnknownTool},
		{"unknown unit", func(_ *catalogue.Tool, r *prescription.Request) { r.Unit = "other" }, catalogue.ErrUnknownUnit},
		{"no unit", func(tool *catalogue.Tool, _ *prescription.Request) { tool.Units = nil }, catalogue.ErrNotPrescribable},
		{"withdrawn", func(tool *catalogue.Tool, _ *prescription.Request) { tool.Status = catalogue.StatusWithdrawn }, catalogue.ErrWithdrawn},
		{"paused", func(tool *catalogue.Tool, _ *prescription.Request) { tool.Status = catalogue.StatusPaused }, catalogue.ErrPaused},
		{"draft", func(tool *catalogue.Tool, _ *prescription.Request) { tool.Status = catalogue.StatusDraft }, catalogue.ErrNotPublished},
		{"no start", func(tool *catalogue.Tool, _ *prescription.Request) { tool.Start = nil }, catalogue.ErrNoStart},
		{"approval has ended", func(tool *catalogue.Tool, _ *prescription.Request) {
			tool.Approval = &catalogue.Approval{Decision: "d-1", ValidUntil: "2026-10-31"}
		}, catalogue.ErrApprovalEnded},
		{"exclusions not read", func(_ *catalogue.Tool, r *prescription.Request) { r.Unit = "not-for-all" }, prescription.ErrRequest},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			changed, r := sleepTool(), request("visit-1")
			tt.edit(&changed, &r)
			w.tools["sleep"] = changed
			_, err := w.Prescribe(t.Context(), w.store, r)
			require.ErrorIs(t, err, tt.want)
			w.tools["sleep"] = sleepTool()
			again := request("visit-1")
			w.prescribe(t, again) // the key is still free
		})
	}
}

func TestExclusionsThatWereRead(t *testing.T) {
	w := newWorld(t)
	r := request("visit-1")
	r.Unit, r.AcknowledgedExclusions = "not-for-all", true
	assert.Equal(t, prescription.Sent, w.prescribe(t, r).State)
}

// Whoever repeats a request gets the same answer, also when the tool could no
// longer be prescribed.
func TestARepeatedRequestGivesThePrescriptionAsItIsNow(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	w.clock.at = noon.Add(time.Hour)
	cancelled, err := w.Cancel(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
	require.NoError(t, err)
	assert.Equal(t, cancelled, w.prescribe(t, request("visit-1")))
	withdrawn := sleepTool()
	withdrawn.Status = catalogue.StatusWithdrawn
	for _, tools := range []map[catalogue.ToolID]catalogue.Tool{{"sleep": withdrawn}, {}} {
		w.tools = tools
		assert.Equal(t, cancelled, w.prescribe(t, request("visit-1")))
	}
	_, err = w.Prescribe(t.Context(), w.store, request("visit-2"))
	assert.ErrorIs(t, err, prescription.ErrUnknownTool)
}

func TestAKeyIsForOneRequest(t *testing.T) {
	edits := map[string]func(*prescription.Request){
		"unit":       func(r *prescription.Request) { r.Unit = "no-days" },
		"days":       func(r *prescription.Request) { r.Days = 7 },
		"pseudonym":  func(r *prescription.Request) { r.Patient.Pseudonym = "patient-other" },
		"language":   func(r *prescription.Request) { r.Patient.Lang = "nb" },
		"prescriber": func(r *prescription.Request) { r.Prescriber.ID = "hpr/1" },
		"exclusions": func(r *prescription.Request) { r.AcknowledgedExclusions = true },
		"number":     func(r *prescription.Request) { _, r.Patient.NationalID = complete(t, "158190") },
	}
	require.NotEmpty(t, edits)
	w := newWorld(t)
	w.prescribe(t, request("visit-1"))
	for name, edit := range edits {
		r := request("visit-1")
		edit(&r)
		_, err := w.Prescribe(t.Context(), w.store, r)
		assert.ErrorIs(t, err, prescription.ErrKeyReused, name)
	}
}

func TestFaultsOfARequest(t *testing.T) {
	digits, real := unassigned(t)
	_, synthetic := complete(t, "158190")
	long := strings.Repeat("a", 129)
	tests := []struct {
		field string
		edit  func(*prescription.Request)
	}{
		{"Tenant", func(r *prescription.Request) { r.Tenant = "" }},
		{"Tenant", func(r *prescription.Request) { r.Tenant = "Oslo legesenter" }},
		{"Key", func(r *prescription.Request) { r.Key = "" }},
		{"Key", func(r *prescription.Request) { r.Key = long }},
		{"Key", func(r *prescription.Request) { r.Key = "visit:" + digits }},
		{"Tool", func(r *prescription.Request) { r.Tool = "" }},
		{"Unit", func(r *prescription.Request) { r.Unit = "" }},
		{"Patient.Pseudonym", func(r *prescription.Request) { r.Patient.Pseudonym = "" }},
		{"Patient.Pseudonym", func(r *prescription.Request) { r.Patient.Pseudonym = "short" }},
		{"Patient.Pseudonym", func(r *prescription.Request) { r.Patient.Pseudonym = "123456789" }},
		{"Patient.Pseudonym", func(r *prescription.Request) { r.Patient.Pseudonym = "ola@example.org" }},
		{"Patient.Pseudonym", func(r *prescription.Request) { r.Patient.Pseudonym = "p" + digits }},
		{"Patient.NationalID", func(r *prescription.Request) { r.Patient.NationalID = real }},
		{"Patient.Lang", func(r *prescription.Request) { r.Patient.Lang = "norsk bokmål" }},
		{"Patient.Lang", func(r *prescription.Request) { r.Patient.Lang = "no" }},
		{"Prescriber.Role", func(r *prescription.Request) { r.Prescriber.Role = prescription.RoleCitizen }},
		{"Prescriber.ID", func(r *prescription.Request) { r.Prescriber.ID = digits }},
		{"Prescriber.ID", func(r *prescription.Request) { r.Prescriber.ID = "Kari Nordmann" }},
		{"Days", func(r *prescription.Request) { r.Days = -1 }},
		{"Days", func(r *prescription.Request) { r.Days = prescription.MaxDays + 1 }},
	}
	require.NotEmpty(t, tests)
	w := newWorld(t)
	for _, tt := range tests {
		r := request("visit-1")
		r.Patient.NationalID = synthetic
		tt.edit(&r)
		_, err := w.Prescribe(t.Context(), w.store, r)
		var refused *prescription.RequestError
		require.ErrorAs(t, err, &refused, tt.field)
		require.Len(t, refused.Faults, 1, tt.field)
		assert.Equal(t, tt.field, refused.Faults[0].Field)
		assert.NotContains(t, err.Error(), digits)
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := newWorld(t).Prescribe(t.Context(), prescription.NewMemory(), prescription.Request{})
	assert.Equal(t, []string{"Tenant", "Key", "Tool", "Unit", "Patient.Pseudonym", "Prescriber.Role", "Prescriber.ID"}, faulty(t, err))
	assert.ErrorContains(t, err, "field Prescriber.Role: want therapist;")
}

// faulty are the fields of a request's faults.
func faulty(t *testing.T, err error) []string {
	t.Helper()
	var refused *prescription.RequestError
	require.ErrorAs(t, err, &refused)
	var fields []string
	for _, f := range refused.Faults {
		fields = append(fields, f.Field)
	}
	return fields
}

func TestFaultsComeInTheOrderOfTheFields(t *testing.T) {
	w, age, digits := newWorld(t), 200, strings.Repeat("1", 6)+strings.Repeat("2", 5)
	_, err := w.Prescribe(t.Context(), w.store, prescription.Request{Patient: prescription.Patient{Lang: "no"}, Days: -1, Age: &age, Second: digits})
	assert.Equal(t, []string{"Tenant", "Key", "Tool", "Unit", "Patient.Pseudonym", "Patient.Lang", "Prescriber.Role", "Prescriber.ID",
		"Days", "Age", "Second"}, faulty(t, err))

	adults, age := w.tools["sleep"], 12
	least := 18
	adults.Ages = &catalogue.Ages{Min: &least}
	w.tools["sleep"] = adults
	r := request("visit-1")
	r.Unit, r.Age = "not-for-all", &age
	_, err = w.Prescribe(t.Context(), w.store, r)
	assert.Equal(t, []string{"AcknowledgedExclusions", "Age"}, faulty(t, err), "what the tool and the unit ask for")
}

// Who names no role hears which would do, once.
func TestOnlyTheRolesThatAreTakenAreNamed(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.Apply(t.Context(), w.store, prescription.Report{})
	require.ErrorContains(t, err, "field By.Role: want citizen, tool or system;")
	p := w.prescribe(t, request("visit-1"))
	_, err = w.Transfer(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.Actor{}, "")
	assert.Equal(t, []string{"Therapist.Role", "Therapist.ID"}, faulty(t, err))
	require.ErrorContains(t, err, "field Therapist.Role: want therapist;")
}

// Synthetic numbers have no place in production, and real ones none in tests.
func TestProductionTakesRealNumbersOnly(t *testing.T) {
	w := newWorld(t)
	s, err := prescription.NewService(prescription.Config{Now: w.clock.now,
		Tools: func(catalogue.ToolID) (catalogue.Tool, bool) { return sleepTool(), true }})
	require.NoError(t, err)
	r := request("visit-1")
	_, r.Patient.NationalID = complete(t, "158190")
	_, err = s.Prescribe(t.Context(), w.store, r)
	require.ErrorIs(t, err, prescription.ErrRequest)
	require.ErrorContains(t, err, "Config.Synthetic")
	w.prescribe(t, r)
	r = request("visit-2")
	_, r.Patient.NationalID = unassigned(t)
	_, err = s.Prescribe(t.Context(), w.store, r)
	require.NoError(t, err)
}

func TestIDs(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	digitRun := regexp.MustCompile(`[0-9]{11}`)
	w, seen := newWorld(t), map[prescription.ID]bool{}
	for i := range 2000 {
		id := w.prescribe(t, request(fmt.Sprint("visit-", i))).ID
		assert.Regexp(t, form, id)
		assert.NotRegexp(t, digitRun, id, "could be taken for an identity number")
		seen[id] = true
	}
	assert.Len(t, seen, 2000)
	first := w.prescribe(t, request("earlier")).ID
	w.clock.at = noon.Add(time.Millisecond)
	assert.Less(t, first, w.prescribe(t, request("later")).ID, "sorted by time")
}

func TestAnIDOfTheHostsIsChecked(t *testing.T) {
	digits, _ := complete(t, "158190")
	s, err := prescription.NewService(prescription.Config{NewID: func() prescription.ID { return prescription.ID(digits) },
		Now:   func() time.Time { return noon },
		Tools: func(catalogue.ToolID) (catalogue.Tool, bool) { return sleepTool(), true }})
	require.NoError(t, err)
	_, err = s.Prescribe(t.Context(), prescription.NewMemory(), request("visit-1"))
	require.ErrorContains(t, err, "Config.NewID")
	assert.NotContains(t, err.Error(), digits)
}

// The form of codes, byte for byte, as the expression in the documentation says it.
func TestCodesTakeTheseBytesOnly(t *testing.T) {
	form := regexp.MustCompile(`^[0-9A-Za-z._:/-]+$`)
	w, taken := newWorld(t), 0
	for b := range 256 {
		r := request("visit" + string([]byte{byte(b)}) + "1")
		_, err := w.Prescribe(t.Context(), prescription.NewMemory(), r)
		if form.MatchString(r.Key) {
			taken++
			require.NoError(t, err, r.Key)
		} else {
			require.ErrorContains(t, err, "Key: want 1 to 128 letters", "%q", r.Key)
		}
	}
	require.Equal(t, 26+26+10+5, taken)
	r := request("")
	_, err := w.Prescribe(t.Context(), w.store, r)
	require.ErrorContains(t, err, "Key: want 1 to 128 letters")
}
