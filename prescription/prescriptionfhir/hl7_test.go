package prescriptionfhir_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

// kept is what both kinds of resources that were read have.
type kept interface {
	JSON() ([]byte, error)
	NotKept() []prescriptionfhir.Problem
}

func examples(t *testing.T, name string, count int) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(nodeDir(t), "fhir-examples", name+"-*.json"))
	require.NoError(t, err)
	require.Len(t, files, count)
	out := map[string][]byte{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		out[filepath.Base(file)] = data
	}
	return out
}

// HL7's own Tasks have nothing to do with tools: each is read, what is kept comes back as it was, and all else is told of. None is taken for
// a prescription.
func TestHL7sTasks(t *testing.T) {
	var written [][]byte
	for file, data := range examples(t, "Task", 12) {
		task, err := mapper(t).ReadTask(data)
		require.NoError(t, err, file)
		written = append(written, accounted(t, file, data, task))
		_, err = task.Prescription()
		assert.Contains(t, problems(t, err), "Task.identifier bad-value", file)
		_, err = task.Reports("hl7", noon)
		assert.NotEmpty(t, problems(t, err), file)
	}
	for i, found := range judge(t, written...) {
		assert.Empty(t, found, string(written[i]))
	}
}

func TestHL7sServiceRequests(t *testing.T) {
	var written [][]byte
	for file, data := range examples(t, "ServiceRequest", 20) {
		order, err := mapper(t).ReadServiceRequest(data)
		if file == "ServiceRequest-do-not-turn.json" {
			assert.Equal(t, []string{"ServiceRequest.doNotPerform bad-value"}, problems(t, err))
			continue
		}
		require.NoError(t, err, file)
		written = append(written, accounted(t, file, data, order))
		_, err = order.Request()
		assert.Contains(t, problems(t, err), "ServiceRequest.code bad-value", file)
	}
	require.Len(t, written, 19)
	for i, found := range judge(t, written...) {
		assert.Empty(t, found, string(written[i]))
	}
}

// accounted checks, without the library's own comparison, that each value of data is in what is written, or else in a part that NotKept
// names, and that what is written has nothing else.
func accounted(t *testing.T, file string, data []byte, r kept) []byte {
	t.Helper()
	text, before, after := values(t, data, r)
	assert.Equal(t, before, after, file)
	assert.NotEmpty(t, after, file)
	t.Logf("%s: %d values kept, not kept: %s", file, len(after), strings.Join(codes(r.NotKept()), ", "))
	return text
}

// values are those of data that NotKept does not name, and those of what is written.
func values(t *testing.T, data []byte, r kept) (text []byte, before, after []string) {
	t.Helper()
	text, err := r.JSON()
	require.NoError(t, err)
	var named []string
	for _, p := range r.NotKept() {
		assert.Equal(t, prescriptionfhir.NotKept, p.Code)
		named = append(named, p.Pointer)
	}
	told := func(pointer string) bool {
		return slices.ContainsFunc(named, func(n string) bool { return pointer == n || strings.HasPrefix(pointer, n+"/") })
	}
	return text, leaves(t, data, told), leaves(t, text, func(string) bool { return false })
}

// leaves are the values of a document, without those that skip names, each under its path without the places in lists: what is dropped moves
// the rest.
func leaves(t *testing.T, data []byte, skip func(pointer string) bool) []string {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal(data, &root))
	out := []string{}
	var walk func(v any, pointer, path string)
	walk = func(v any, pointer, path string) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				walk(member, pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), path+"."+name)
			}
		case []any:
			for i, item := range v {
				walk(item, pointer+"/"+strconv.Itoa(i), path)
			}
		default:
			if !skip(pointer) {
				text, err := json.Marshal(v)
				require.NoError(t, err)
				out = append(out, path+" "+string(text))
			}
		}
	}
	walk(root, "", "")
	slices.Sort(out)
	return out
}
