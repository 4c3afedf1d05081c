package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func decision(t *testing.T, args ...string) approval.Decision {
	t.Helper()
	code, out, errs := call(append([]string{"decide", "-json"}, args...)...)
	require.Equal(t, 0, code, errs)
	var d approval.Decision
	require.NoError(t, json.Unmarshal([]byte(out), &d))
	return d
}

func TestDecideApprovesTheCompleteDeclaration(t *testing.T) {
	d := decision(t, complete)
	assert.Equal(t, approval.ApprovedWithoutTherapist, d.Outcome)
	assert.Empty(t, d.Missing)
	assert.NotEmpty(t, d.NextReview)
}

// A clinical claim is for the panel, however well it is documented.
func TestDecideLeavesClinicalClaimsToThePanel(t *testing.T) {
	set, err := requirement.Get(requirement.Baseline)
	require.NoError(t, err)
	facts := baselineFacts()
	facts["purpose"] = "coping"
	data, err := json.Marshal(answeredWith(set, facts))
	require.NoError(t, err)
	d := decision(t, file(t, "coping.json", data))
	assert.Equal(t, approval.NeedsReview, d.Outcome)
	assert.Equal(t, []approval.Outcome{approval.NeedsReview}, d.Possible)
}

func TestDecideSaysWhatIsOpen(t *testing.T) {
	open := edited(t, complete, func(d object) {
		delete(d["answers"].(object), "GEN-01")
		delete(d["facts"].(object), "mdClass")
	})
	code, out, errs := call("decide", "-lang", "en", open)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "\n## Possible outcomes\n\n- Not approved\n")
	assert.Contains(t, out, "\n## What is missing\n\n- Answer the question “Is the tool a medical device, and in which risk class?”.\n- GEN-01 ",
		"first what decides more")

	planned := withAnswer(t, complete, "GEN-05", object{"status": "planned", "due": "2026-12-31", "explanation": "Rutinen er under arbeid."})
	code, out, errs = call("decide", "-lang", "nn", planned)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "\n## Vilkår\n\n- GEN-05 ")
	assert.Contains(t, out, "- Neste vurdering: ")
}

func TestDecideAt(t *testing.T) {
	assert.Equal(t, "2027-01-31", string(decision(t, "-at", "2027-01-31", complete).Day))
	assert.Equal(t, approval.Incomplete, decision(t, "-at", "2030-01-01", complete).Outcome, "the declaration is too old")
}

func TestDecideByASetFromAFile(t *testing.T) {
	d := decision(t, "-set", nextSet(t), changed(t, `"version": "1.0.0"`, `"version": "9.0.0"`))
	assert.Equal(t, "9.0.0", d.Set.Version)
	assert.Equal(t, approval.Incomplete, d.Outcome)
}

const aWaiver = `[{"id": "disp-1", "tool": "rolig-natt", "requirement": "UU-04", "justification": "Testen er bestilt.",
	"by": "Per Hansen", "approvedBy": "Anne Olsen", "from": "2026-11-01", "until": "2027-01-31"}]`

func TestDecideWithWaivers(t *testing.T) {
	untested := withAnswer(t, complete, "UU-04", object{"status": "no"})
	assert.Equal(t, approval.ApprovedWithTherapist, decision(t, untested).Outcome)
	waivers := file(t, "waivers.json", []byte(aWaiver))
	d := decision(t, "-waivers", waivers, untested)
	assert.Equal(t, approval.ApprovedWithoutTherapist, d.Outcome)
	assert.Equal(t, "2027-01-31", string(d.ValidUntil))
	assert.Equal(t, "disp-1", d.Waivers[0].ID)

	code, _, errs := call("decide", "-waivers", waivers, untested)
	assert.Equal(t, 0, code)
	assert.Empty(t, errs, "what was used needs no word")
	code, _, errs = call("decide", "-lang", "en", "-at", "2027-02-01", "-waivers", waivers, untested)
	assert.Equal(t, 0, code)
	assert.Contains(t, errs, "The waiver disp-1 was not used.")
	assert.Contains(t, errs, "\n  /until: The waiver is over.")
	_, _, errs = call("decide", "-waivers", waivers, complete)
	assert.Contains(t, errs, "Dispensasjonen disp-1 ble ikke brukt.", "the requirement is met")

	_, out, _ := call("decide", "-explain", "-waivers", waivers, untested)
	assert.Contains(t, out, "- Dispensasjon disp-1, gitt av Anne Olsen, ")
}

// A set from a file is not checked for what steers terminals.
func TestHostileSetIsPrintedHarmlessly(t *testing.T) {
	hostile := edited(t, newest, func(set object) {
		set["requirements"].([]any)[0].(object)["title"].(object)["nb"] = "a\x1b[2J\u202e\nb"
	})
	for _, args := range [][]string{{"decide"}, {"decide", "-explain"}} {
		code, out, errs := call(append(args, "-set", hostile, complete)...)
		require.Equal(t, 0, code, errs)
		assert.Contains(t, out, "a\uFFFD")
		assert.NotContains(t, out, "\x1b")
		assert.NotContains(t, out, "\u202e")
	}
}

func TestDecideExplains(t *testing.T) {
	code, out, errs := call("decide", "-explain", "-lang", "nn", complete)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "- Godkjent for bruk utan behandlar: ")
	assert.Contains(t, out, "\n      - Svaret frå leverandøren: ja\n")

	code, out, errs = call("decide", "-explain", "-json", complete)
	require.Equal(t, 0, code, errs)
	var tree approval.Node
	require.NoError(t, json.Unmarshal([]byte(out), &tree))
	assert.NotEmpty(t, tree.Children)
}

func TestBasisRefuses(t *testing.T) {
	list := func(text string) string { return file(t, "waivers.json", []byte(text)) }
	number := `{"id": "disp-1", "tool": "rolig-natt", "justification": 12345678901}`
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no day", []string{"-at", "i morgen", complete}, "want a day such as"},
		{"a day that does not exist", []string{"-at", "2026-02-30", complete}, "want a day such as"},
		{"before the set is in force", []string{"-at", "2026-10-01", complete}, "not in force yet"},
		{"no such waivers", []string{"-waivers", "none.json", complete}, "none.json"},
		{"waivers that are no list", []string{"-waivers", list(number), complete}, "want a JSON list"},
		{"no JSON", []string{"-waivers", "main.go", complete}, "want a JSON list"},
		{"a waiver in another form", []string{"-waivers", list("[" + number + "]"), complete}, "/0/justification"},
		{"an unknown member", []string{"-waivers", list(`[{"grund": "x"}]`), complete}, "/0/grund"},
		{"a waiver that ends twice", []string{"-waivers", list(strings.Replace(aWaiver, `"until"`, `"until": "2026-11-01", "until"`, 1)), complete}, "/0/until"},
		{"a name in capitals", []string{"-waivers", list(strings.Replace(aWaiver, `"until"`, `"Until"`, 1)), complete}, "/0/Until"},
		{"a set that is none", []string{"-set", complete, complete}, "invalid requirement set"},
		{"no declaration", []string{"none.json"}, "none.json"},
		{"two declarations", []string{complete, complete}, "2 files, want one"},
		{"an unknown language", []string{"-lang", "se", complete}, `-lang "se"`},
	}
	for _, c := range cases {
		for _, command := range [][]string{{"decide"}, {"whynot", "-want", "rejected"}} {
			t.Run(command[0]+" "+c.name, func(t *testing.T) {
				code, out, errs := call(append(command, c.args...)...)
				assert.Equal(t, 2, code)
				assert.Empty(t, out)
				assert.Contains(t, errs, c.want)
				assert.NotContains(t, errs, "12345678901")
			})
		}
	}
}
