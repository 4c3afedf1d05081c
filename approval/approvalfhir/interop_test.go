package approvalfhir_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
)

// judge lets npm's fhir validate resources: for each, its errors. VERKTOY_TEST_NODE names a folder whose node_modules has it.
func judge(t *testing.T, resources ...[]byte) [][]string {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/fhir")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	input := make([]json.RawMessage, len(resources))
	for i, r := range resources {
		input[i] = r
	}
	in, err := json.Marshal(input)
	require.NoError(t, err)
	file := t.TempDir() + "/input.json"
	require.NoError(t, os.WriteFile(file, in, 0o600))
	script, err := os.Open("../../catalogue/cataloguefhir/testdata/fhir.mjs")
	require.NoError(t, err)
	defer script.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--input-type=module")
	cmd.Dir, cmd.Stdin, cmd.Stderr, cmd.Env = dir, script, os.Stderr, append(os.Environ(), "INPUT="+file)
	out, err := cmd.Output()
	require.NoError(t, err)
	var verdicts [][]string
	require.NoError(t, json.Unmarshal(out, &verdicts))
	require.Len(t, verdicts, len(resources))
	return verdicts
}

func TestTheValidatorAcceptsWhatWeWrite(t *testing.T) {
	var resources [][]byte
	for _, set := range sets(t) {
		bundle, _ := exported(t, set)
		one, err := approvalfhir.Questionnaire(set, "en")
		require.NoError(t, err)
		resources = append(resources, bundle, one, flat(t, one, nil))
	}
	set := testSet(t)
	sent := response(t, full(t, set), set)
	resources = append(resources, sent, flat(t, sent, nil))
	for i, found := range judge(t, resources...) {
		assert.Empty(t, found, "resource %d", i)
	}
}

// flat is the resource with all its items on the first level: the validator looks at no others. It also takes answerBoolean for missing when
// it is false, which FHIR does not; so it gets true.
func flat(t *testing.T, resource []byte, edit func(object)) []byte {
	t.Helper()
	var r object
	require.NoError(t, json.Unmarshal(resource, &r))
	items := []any{}
	each(r, func(i object) {
		one := maps.Clone(i)
		delete(one, "item")
		conditions, _ := one["enableWhen"].([]any)
		for _, c := range conditions {
			if c.(object)["answerBoolean"] == false {
				c.(object)["answerBoolean"] = true
			}
		}
		items = append(items, one)
	})
	r["item"] = items
	if edit != nil {
		edit(r)
	}
	data, err := json.Marshal(r)
	require.NoError(t, err)
	return data
}

// The same resources with one thing broken: a judge that takes these takes anything.
func TestTheValidatorRefusesBrokenOnes(t *testing.T) {
	one, err := approvalfhir.Questionnaire(testSet(t), "nb")
	require.NoError(t, err)
	form := func(edit func(object)) []byte { return flat(t, one, edit) }
	sent := func(edit func(object)) []byte { return flat(t, edited(t, func(object) {}), edit) }
	cases := []struct {
		want string
		data []byte
	}{
		{"Questionnaire.titel: Unexpected property", form(func(q object) { q["titel"] = "x" })},
		{"Questionnaire.status: Missing property", form(func(q object) { delete(q, "status") })},
		{`Questionnaire.item[0].type: Code "heading" not found in value set`, form(func(q object) { q["item"].([]any)[0].(object)["type"] = "heading" })},
		{"Questionnaire.item[33].enableWhen[0].question: Missing property", form(func(q object) {
			delete(find(t, q, "requirement.B-1")["enableWhen"].([]any)[0].(object), "question")
		})},
		{`QuestionnaireResponse.status: Code "sent" not found in value set`, sent(func(r object) { r["status"] = "sent" })},
		{"QuestionnaireResponse.item[0].answers: Unexpected property", sent(func(r object) { r["item"].([]any)[0].(object)["answers"] = []any{} })},
	}
	var resources [][]byte
	for _, c := range cases {
		resources = append(resources, c.data)
	}
	for i, found := range judge(t, resources...) {
		assert.Equal(t, []string{cases[i].want}, found)
	}
}

// A real form of Helsenorge, to see that we read its shape rightly: what the three languages share, and how their items are built.
func TestHelsenorgesOwnFormHasThatShape(t *testing.T) {
	dir := os.Getenv("VERKTOY_TESTDATA")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TESTDATA is not set, and VERKTOY_REQUIRE_ALL is")
		}
		t.Skip("VERKTOY_TESTDATA names no folder with Helsenorge's form")
	}
	data, err := os.ReadFile(filepath.Join(dir, "helsenorge", "HSO_pakjenning-v2.0.7.json"))
	require.NoError(t, err)
	theirs := forms(t, data)
	require.Len(t, theirs, 3)
	bundle, _ := exported(t, testSet(t))
	ours := forms(t, bundle)
	for i, q := range theirs {
		assert.Equal(t, q["language"], ours[i]["language"])
		assert.Equal(t, q["meta"].(object)["tag"], ours[i]["meta"].(object)["tag"])
		for _, name := range []string{"name", "title", "version", "url", "status"} {
			assert.NotEmpty(t, q[name], name)
			assert.NotEmpty(t, ours[i][name], name)
		}
		assert.Len(t, skeleton(q), 191)
		assert.Equal(t, skeleton(theirs[0]), skeleton(q))
		assert.Equal(t, control(t, q), control(t, ours[i]))
	}
}

// skeleton is what the languages of a form of Helsenorge have in common.
func skeleton(q object) []object {
	var out []object
	each(q, func(i object) {
		when, _ := i["enableWhen"].([]any)
		out = append(out, object{"linkId": i["linkId"], "type": i["type"], "when": len(when)})
	})
	return out
}

// control is how a form marks its first help item, and that it is text below a question.
func control(t *testing.T, q object) any {
	t.Helper()
	var out any
	each(q, func(question object) {
		children, _ := question["item"].([]any)
		for _, c := range children {
			child := c.(object)
			if out != nil || child["type"] != "text" || question["type"] == "group" || child["extension"] == nil {
				continue
			}
			out = object{"readOnly": child["readOnly"], "extension": child["extension"]}
		}
	})
	require.NotNil(t, out)
	return out
}
