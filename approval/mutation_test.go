package approval_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// mutation is a document with one change.
type mutation struct {
	what string
	data []byte
}

// wrong are values that hardly any place takes, each for a reason of its own.
var wrong = map[string]any{
	"true": true, "null": nil, "a fraction": 12.5, "a list": []any{}, "a blank": " ", "a control character": "a\u0001b",
	"a number too large": 1e300, "a list of lists": []any{[]any{}}, "an unknown word": "Unknown word", "a long word": strings.Repeat("x", 9000),
}

// mutations replaces each value of a document, adds a member to each object and
// takes each member away. It empties nothing: what then is missing is more than one thing.
// Of all of them, in order, it writes those that wanted says; it tells how many there are.
func mutations(t testing.TB, base []byte, wanted func(int) bool) (out []mutation, n int) {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal(base, &root))
	add := func(what string) {
		if n++; !wanted(n - 1) {
			return
		}
		data, err := json.Marshal(root)
		require.NoError(t, err)
		out = append(out, mutation{what, data})
	}
	visit(root, "", func(at string, old any, set func(any), remove func()) {
		for _, name := range slices.Sorted(maps.Keys(wrong)) {
			if _, lists := old.([]any); name != "a list" || !lists {
				set(wrong[name])
				add(at + " is " + name)
			}
		}
		set(old)
		if _, lists := old.([]any); remove != nil && !lists {
			remove()
			add(at + " is not there")
			set(old)
		}
		if o, ok := old.(document); ok {
			for _, name := range []string{"strange", "Status", "nb "} {
				o[name] = "x"
				add(at + " has a member more")
				delete(o, name)
			}
		}
	})
	return out, n
}

// visit goes to every place below the root, the members in order.
func visit(v any, at string, do func(at string, old any, set func(any), remove func())) {
	switch v := v.(type) {
	case document:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			old := v[name]
			do(at+strictjson.Pointer(name), old, func(x any) { v[name] = x }, func() { delete(v, name) })
			visit(old, at+strictjson.Pointer(name), do)
		}
	case []any:
		for i, old := range v {
			do(at+strictjson.Pointer(i), old, func(x any) { v[i] = x }, nil)
			visit(old, at+strictjson.Pointer(i), do)
		}
	}
}

// subject is a good document, its set and the check of one form.
type subject struct {
	name string
	form int
	set  *approval.RequirementSet
	good []byte
}

func (s subject) check(data []byte) (err error) {
	switch s.form {
	case 0:
		_, err = approval.CheckDeclaration(data, s.set)
	case 1:
		_, err = approval.CheckDraft(data, s.set)
	default:
		_, err = approval.CheckVendorDeclaration(data, s.set)
	}
	return err
}

func (s subject) schema() ([]byte, error) {
	return [...]func() ([]byte, error){s.set.Schema, s.set.DraftSchema, s.set.VendorSchema}[s.form]()
}

func subjects(t testing.TB) []subject {
	t.Helper()
	web, err := requirement.Get(requirement.WebBaseline)
	require.NoError(t, err)
	full := []byte(encode(t, complete(web)(func(d *declaration) {
		d.Tool.Name, d.Vendor.Name = catalogue.Text{"nb": "Søvn", "nn": "Søvn"}, "Søvnhjelp AS"
	})))
	own := tracked(t)
	base, err := requirement.Get(requirement.Baseline)
	require.NoError(t, err)
	calm, err := os.ReadFile("../examples/declare/testdata/baseline.json")
	require.NoError(t, err)
	return []subject{
		{"baseline", 0, base, calm}, {"baseline, draft", 1, base, calm},
		{"web-baseline", 0, web, full}, {"web-baseline, draft", 1, web, full},
		{"tracked", 0, own, edited(t, "tracked.json", nil)}, {"tracked, draft", 1, own, edited(t, "tracked.json", nil)},
		{"tracked, vendor", 2, own, edited(t, "vendor.json", nil)},
	}
}

// One wrong value is one problem, wherever it stands and whatever is wrong with it.
func TestOneWrongValueIsOneProblem(t *testing.T) {
	for _, s := range subjects(t) {
		t.Run(s.name, func(t *testing.T) {
			require.NoError(t, s.check(s.good))
			refused, all := 0, sampled(t, s.good)
			for _, m := range all {
				err := s.check(m.data)
				if err == nil {
					continue
				}
				refused++
				at, _, _ := strings.Cut(m.what, " ")
				if ps := places(problems(t, err)); len(ps) != 1 || !related(at, ps[0].pointer) {
					t.Errorf("%s: %v", m.what, ps)
				}
			}
			t.Logf("%d of %d refused", refused, len(all))
			assert.Greater(t, refused, underrace.Cases(400))
		})
	}
}

// sampled are at most 600 of them, a tenth under the race detector, so that the large set takes no longer than the small one.
func sampled(t testing.TB, base []byte) []mutation {
	_, n := mutations(t, base, func(int) bool { return false })
	chosen := map[int]bool{}
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n)[:min(n, underrace.Cases(600))] {
		chosen[i] = true
	}
	all, _ := mutations(t, base, func(i int) bool { return chosen[i] })
	return all
}

// related: the problem is told at, in or right around the place, or where the requirement that hangs on it has its answer.
func related(changed, told string) bool {
	return strings.HasPrefix(told, changed) || strings.HasPrefix(changed, told) ||
		strings.HasPrefix(changed, "/evidence/") && (strings.HasPrefix(told, "/answers/") || strings.HasPrefix(told, "/evidence/")) ||
		strings.HasPrefix(changed, "/facts/") && strings.HasPrefix(told, "/answers/")
}
