package approval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func BenchmarkCheckDeclaration(b *testing.B) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(b, err)
	d := complete(set)(func(d *declaration) {
		d.Tool.Name, d.Vendor.Name = catalogue.Text{"nb": "x"}, "x"
	})
	data := []byte(encode(b, d))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := approval.CheckDeclaration(data, set); err != nil {
			b.Fatal(err)
		}
	}
}

// sixty is the released set, filled up to 60 requirements, with rules of its own.
func sixty(t testing.TB) *approval.RequirementSet {
	t.Helper()
	data, err := os.ReadFile("requirement/web-baseline@1.0.0.json")
	require.NoError(t, err)
	var doc document
	require.NoError(t, json.Unmarshal(data, &doc))
	for i := len(doc["requirements"].([]any)); i < 60; i++ {
		var r document
		require.NoError(t, json.Unmarshal([]byte(encode(t, item(doc, "requirements", i-5))), &r))
		r["id"] = fmt.Sprintf("NEW-%02d", i)
		doc["requirements"] = append(doc["requirements"].([]any), r)
	}
	doc["version"] = "60.0.0"
	doc["rules"] = []any{
		rule("blocker", reject, counts(document{"results": []any{"not-met"}, "severities": []any{"blocker"}, "atLeast": 1})),
		rule("panel", unclear, counts(document{"results": []any{"needs-panel"}, "atLeast": 1})),
		rule("major", unclear, counts(document{"results": []any{"not-met"}, "severities": []any{"major"}, "atLeast": 1})),
		rule("guided", with, document{"fact": "guidance", "in": []any{"guided"}}),
		rule("free", alone, counts(document{"results": []any{"met", "not-applicable", "planned", "waived"}, "atLeast": 60})),
	}
	set, err := approval.ParseRequirementSet([]byte(encode(t, doc)))
	require.NoError(t, err)
	require.Len(t, set.Requirements, 60)
	return set
}

// BenchmarkEvaluate evaluates 60 requirements with every reason in three
// languages and both digests: of the baseline set, in which it is said of each
// answer who gave it, and of the other released one, filled up. Its yardstick is
// what the JSON Schema validator needs for the same declaration: both take turns,
// twenty at a time, and the medians are compared, so that a busy machine disturbs
// them less.
func BenchmarkEvaluate(b *testing.B) {
	b.Run("baseline", func(b *testing.B) {
		set, err := requirement.Get(requirement.Baseline)
		require.NoError(b, err)
		data, err := os.ReadFile("../examples/declare/testdata/baseline.json")
		require.NoError(b, err)
		d, err := approval.CheckDeclaration(data, set)
		require.NoError(b, err)
		benchmarkEvaluate(b, set, d)
	})
	b.Run("filled up", func(b *testing.B) {
		set := sixty(b)
		benchmarkEvaluate(b, set, complete(set)(func(d *declaration) { d.Tool.Name, d.Vendor.Name = catalogue.Text{"nb": "x"}, "x" }))
	})
}

// BenchmarkExplain is the same with every condition and rule told, in one language.
func BenchmarkExplain(b *testing.B) {
	set := sixty(b)
	d := complete(set)(func(d *declaration) { d.Tool.Name, d.Vendor.Name = catalogue.Text{"nb": "x"}, "x" })
	benchmarkBesideSchema(b, set, d, func() error { _, err := approval.Explain(d, set, decided, "nb"); return err })
}

func benchmarkEvaluate(b *testing.B, set *approval.RequirementSet, d *declaration) {
	benchmarkBesideSchema(b, set, d, func() error { _, err := approval.Evaluate(d, set, decided); return err })
}

func benchmarkBesideSchema(b *testing.B, set *approval.RequirementSet, d *declaration, evaluate func() error) {
	validate := validation(b, set, d)
	var ours, schema []time.Duration
	for b.Loop() {
		ours, schema = append(ours, twenty(b, evaluate)), append(schema, twenty(b, validate))
	}
	slices.Sort(ours)
	slices.Sort(schema)
	median := len(ours) / 2
	b.ReportMetric(float64(ours[median]), "ns/evaluation")
	b.ReportMetric(float64(ours[median])/float64(schema[median]), "of-schema")
}

// twenty is the mean time of one run among twenty.
func twenty(b *testing.B, run func() error) time.Duration {
	begin := time.Now()
	for range 20 {
		if err := run(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begin) / 20
}

// validation is the schema validation of a declaration that is read already.
func validation(b *testing.B, set *approval.RequirementSet, d *declaration) func() error {
	text, err := set.Schema()
	require.NoError(b, err)
	parsed, err := validator.UnmarshalJSON(strings.NewReader(string(text)))
	require.NoError(b, err)
	c := validator.NewCompiler()
	c.AssertFormat()
	require.NoError(b, c.AddResource("set.json", parsed))
	schema, err := c.Compile("set.json")
	require.NoError(b, err)
	document, err := validator.UnmarshalJSON(strings.NewReader(encode(b, d)))
	require.NoError(b, err)
	return func() error { return schema.Validate(document) }
}
