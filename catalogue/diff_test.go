package catalogue_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// after is the small catalogue after the tool was edited; nil takes it away.
func after(t testing.TB, id catalogue.ToolID, edit func(*catalogue.Tool)) []catalogue.Tool {
	t.Helper()
	var list []catalogue.Tool
	for _, tool := range index(t).Tools() {
		if tool.ID == id && edit == nil {
			continue
		}
		if tool.ID == id {
			edit(&tool)
		}
		list = append(list, tool)
	}
	return list
}

func indexOf(t testing.TB, tools []catalogue.Tool) *catalogue.Index {
	t.Helper()
	x, err := catalogue.NewIndex(tools)
	require.NoError(t, err)
	return x
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

// One thing is edited, and the JSON of the change is what hosts read.
func TestDiffSaysWhatChanged(t *testing.T) {
	type tool = catalogue.Tool
	cases := []struct {
		name string
		id   catalogue.ToolID
		edit func(*tool)
		want string
	}{
		{"nothing", "sov-godt", func(*tool) {}, ""},
		{"an empty list is none", "pust", func(x *tool) { x.Units = []catalogue.Unit{} }, ""},
		{"gone", "pust", nil, `{"id":"pust","kind":"removed","status":{"from":"listed"}}`},
		{"paused", "pust", func(x *tool) { x.Status = "paused" }, `{"id":"pust","kind":"changed","status":{"from":"listed","to":"paused"}}`},
		{"withdrawn", "pust", func(x *tool) { x.Status = "withdrawn" }, `{"id":"pust","kind":"changed","status":{"from":"listed","to":"withdrawn"}}`},
		{"revived", "nattro", func(x *tool) { x.Status = "listed" }, `{"id":"nattro","kind":"revived","status":{"from":"withdrawn","to":"listed"}}`},
		{"access", "pust", func(x *tool) { x.Access.RequiresPrescription = true },
			`{"id":"pust","kind":"changed","access":{"from":{"withoutLogin":true},"to":{"withoutLogin":true,"requiresPrescription":true}}}`},
		{"approval longer", "sov-godt", func(x *tool) { x.Approval.ValidUntil = "2028-01-01" },
			`{"id":"sov-godt","kind":"changed","approval":{"from":{"decision":"d-0123456789abcdef","validUntil":"2027-11-01"},"to":{"decision":"d-0123456789abcdef","validUntil":"2028-01-01"}}}`},
		{"approval gone", "sov-godt", func(x *tool) { x.Approval = nil },
			`{"id":"sov-godt","kind":"changed","approval":{"from":{"decision":"d-0123456789abcdef","validUntil":"2027-11-01"},"to":null}}`},
		{"listing", "pust", func(x *tool) { x.Listing = &catalogue.Listing{To: "2026-12-31"} },
			`{"id":"pust","kind":"changed","listing":{"from":null,"to":{"to":"2026-12-31"}}}`},
		{"no start", "pust", func(x *tool) { x.Start = nil }, `{"id":"pust","kind":"changed","noStart":true,"members":["/start"]}`},
		{"texts", "sov-godt", func(x *tool) {
			x.Name["nn"], x.Summary["se"] = "Sov betre", "x"
			delete(x.Summary, "en")
			x.AcuteNotice, x.Keywords["nb"] = nil, []string{"søvn"}
		}, `{"id":"sov-godt","kind":"changed","members":["/acuteNotice","/keywords/nb","/name/nn","/summary/en","/summary/se"]}`},
		{"other members", "sov-godt", func(x *tool) {
			x.Vendor.OrgNumber, x.Ages.Min, x.Areas = "974760673", nil, nil
		}, `{"id":"sov-godt","kind":"changed","members":["/ages/min","/areas","/vendor/orgNumber"]}`},
		{"unit removed", "sov-godt", func(x *tool) { x.Units = nil }, `{"id":"sov-godt","kind":"changed","units":[{"id":"standard","kind":"removed"}]}`},
		{"unit added and changed", "sov-godt", func(x *tool) {
			x.Units[0].Days, x.Units[0].PatientText["nb"] = 28, "x"
			x.Units = append(x.Units, catalogue.Unit{ID: "kort", Title: catalogue.Text{"nb": "x"}})
		}, `{"id":"sov-godt","kind":"changed","units":[{"id":"kort","kind":"added"},{"id":"standard","kind":"changed","members":["/days","/patientText/nb"]}]}`},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			changes := catalogue.Diff(index(t), indexOf(t, after(t, c.id, c.edit)))
			assert.Equal(t, `{"tools":[`+c.want+`]}`, readBack(t, changes))
			assert.Equal(t, c.want == "", changes.Empty())
			_, changed := changes.Tool(c.id)
			assert.Equal(t, c.want != "", changed)
		})
	}
}

// readBack is the JSON of the changes, which can be read again.
func readBack(t testing.TB, c catalogue.Changes) string {
	t.Helper()
	text := asJSON(t, c)
	var back catalogue.Changes
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Equal(t, text, asJSON(t, back))
	return text
}

func TestDiffOrderOfUnits(t *testing.T) {
	second := func(first, second catalogue.UnitID) func(*catalogue.Tool) {
		return func(x *catalogue.Tool) {
			title := catalogue.Text{"nb": "x"}
			x.Units = []catalogue.Unit{{ID: first, Title: title}, {ID: second, Title: title}}
		}
	}
	changes := catalogue.Diff(indexOf(t, after(t, "pust", second("a", "b"))), indexOf(t, after(t, "pust", second("b", "a"))))
	assert.Equal(t, `{"tools":[{"id":"pust","kind":"changed","members":["/units"]}]}`, asJSON(t, changes))
}

func TestDiffOfNothing(t *testing.T) {
	assert.Equal(t, `{"tools":[]}`, asJSON(t, catalogue.Diff(nil, nil)))
	x := indexOf(t, []catalogue.Tool{get(t, "pust"), get(t, "nattro")})
	assert.Equal(t, `{"tools":[{"id":"nattro","kind":"added","status":{"to":"withdrawn"}},{"id":"pust","kind":"added","status":{"to":"listed"}}]}`,
		asJSON(t, catalogue.Diff(nil, x)))
	assert.Len(t, catalogue.Diff(x, nil).Tools, 2)
	assert.True(t, catalogue.Diff(x, x).Empty())
}

// What Stopped gives is exactly what could be prescribed before and cannot be now, whatever two versions of a tool look like.
func TestStoppedAgreesWithCheckPrescribe(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	stopped, reasons := 0, map[string]bool{}
	for range 4000 {
		old, now := randomTool(r), randomTool(r)
		changes := catalogue.Diff(indexOf(t, old), indexOf(t, now))
		found := map[catalogue.UnitID]error{}
		for _, s := range changes.Stopped(noon) {
			found[s.Unit] = s.Reason
		}
		for _, unit := range []catalogue.UnitID{"a", "b"} {
			before, after := prescribable(old, unit), prescribable(now, unit)
			if before && !after {
				assert.True(t, found[""] != nil || found[unit] != nil, "%s of %s is missing in %s", unit, asJSON(t, old), asJSON(t, changes))
				stopped++
			}
			if after {
				assert.NoError(t, found[""], asJSON(t, changes))
				assert.NoError(t, found[unit], asJSON(t, changes))
			}
		}
		for _, reason := range found {
			reasons[reason.Error()] = true
		}
	}
	assert.Greater(t, stopped, 200)
	assert.Len(t, reasons, 8, "every reason there is: %v", reasons)
}

func prescribable(tools []catalogue.Tool, unit catalogue.UnitID) bool {
	return len(tools) > 0 && tools[0].CheckPrescribe(unit, noon) == nil
}

// randomTool is one version of a tool, or none.
func randomTool(r *rand.Rand) []catalogue.Tool {
	if r.IntN(8) == 0 {
		return nil
	}
	statuses := []catalogue.Status{"listed", "listed", "listed", "listed", "listed", "paused", "withdrawn", "draft"}
	x := catalogue.Tool{ID: "x", Status: statuses[r.IntN(len(statuses))], Name: catalogue.Text{"nb": "x"}}
	if r.IntN(4) > 0 {
		x.Start = []catalogue.Start{{Platform: "web", URL: "https://x.example.no/", Profile: "link"}}
	}
	if r.IntN(2) > 0 {
		x.Approval = &catalogue.Approval{Decision: "d", ValidUntil: catalogue.DateOf(noon.AddDate(0, 0, r.IntN(4)-1))}
	}
	day := func() catalogue.Date { return catalogue.DateOf(noon.AddDate(0, 0, r.IntN(3)-1)) }
	switch r.IntN(6) {
	case 0:
		x.Listing = &catalogue.Listing{From: day()}
	case 1:
		x.Listing = &catalogue.Listing{To: day()}
	}
	for _, id := range []catalogue.UnitID{"a", "b"} {
		if r.IntN(3) > 0 {
			x.Units = append(x.Units, catalogue.Unit{ID: id, Title: catalogue.Text{"nb": "x"}})
		}
	}
	return []catalogue.Tool{x}
}

// Tools that nobody could have are not stopped.
func TestStoppedLeavesOut(t *testing.T) {
	changes := catalogue.Diff(index(t), indexOf(t, after(t, "utkast", nil)))
	require.False(t, changes.Empty())
	assert.Empty(t, changes.Stopped(noon), "a draft")
	assert.Empty(t, catalogue.Diff(nil, index(t)).Stopped(noon), "tools that are new")
	soon := after(t, "sov-godt", func(x *catalogue.Tool) { x.Approval.ValidUntil = catalogue.DateOf(noon) })
	changes = catalogue.Diff(index(t), indexOf(t, soon))
	assert.Empty(t, changes.Stopped(noon), "the last day counts")
	assert.Equal(t, []catalogue.Stopped{{Tool: "sov-godt", Reason: catalogue.ErrApprovalEnded}}, changes.Stopped(noon.Add(24*time.Hour)))
}

// A listing that is ended, or put off, reaches whoever prescribed the tool.
func TestStoppedByListing(t *testing.T) {
	for reason, listing := range map[error]catalogue.Listing{
		catalogue.ErrListingEnded: {To: catalogue.DateOf(noon.AddDate(0, 0, -1))},
		catalogue.ErrNotYetListed: {From: catalogue.DateOf(noon.AddDate(0, 0, 1))},
	} {
		changes := catalogue.Diff(index(t), indexOf(t, after(t, "pust", func(x *catalogue.Tool) { x.Listing = &listing })))
		assert.Equal(t, []catalogue.Stopped{{Tool: "pust", Reason: reason}}, changes.Stopped(noon))
	}
}

// What ends because a day has passed is in no change, and told on the day after.
func TestEnded(t *testing.T) {
	last := noon.AddDate(0, 0, 2)
	x := indexOf(t, after(t, "pust", func(x *catalogue.Tool) { x.Listing = &catalogue.Listing{To: catalogue.DateOf(last)} }))
	assert.Empty(t, x.Ended(noon, last), "the last day counts")
	assert.Equal(t, []catalogue.Stopped{{Tool: "pust", Reason: catalogue.ErrListingEnded}}, x.Ended(last, last.AddDate(0, 0, 1)))
	assert.Empty(t, x.Ended(last.AddDate(0, 0, 1), last.AddDate(0, 0, 2)), "each once")
	approved := time.Date(2027, 11, 2, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, []catalogue.Stopped{{Tool: "sov-godt", Reason: catalogue.ErrApprovalEnded}}, x.Ended(approved.Add(-time.Second), approved))
	assert.Empty(t, new(catalogue.Index).Ended(noon, last))
}

// A withdrawal reaches the prescriptions that it concerns.
func ExampleDiff() {
	tool := catalogue.Tool{
		ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"},
		Vendor: &vendor.Vendor{OrgNumber: "999999999", Name: "Eksempel AS"},
	}
	before, err := catalogue.NewIndex([]catalogue.Tool{tool})
	if err != nil {
		fmt.Println(err)
		return
	}
	tool.Status, tool.Name = catalogue.StatusWithdrawn, catalogue.Text{"nb": "Sov godt (avsluttet)"}
	after, err := before.Replace([]catalogue.Tool{tool})
	if err != nil {
		fmt.Println(err)
		return
	}
	changes := catalogue.Diff(before, after)
	out, _ := json.Marshal(changes)
	fmt.Println(string(out))
	for _, s := range changes.Stopped(time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)) {
		fmt.Println(s.Tool, s.Reason)
	}
	// Output:
	// {"tools":[{"id":"sov-godt","kind":"changed","status":{"from":"listed","to":"withdrawn"},"members":["/name/nb"]}]}
	// sov-godt catalogue: tool cannot be started: it is withdrawn
}
