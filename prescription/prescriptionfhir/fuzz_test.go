package prescriptionfhir_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

// What is read is written, and what is written is read again as the same with nothing lost; what is refused says where.
func FuzzRead(f *testing.F) {
	m := mapper(f)
	helsenorge, err := m.HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(f, err)
	f.Add(helsenorge)
	f.Fuzz(func(t *testing.T, data []byte) {
		if task, err := m.ReadTask(data); taken(t, err) {
			text := nothingLost(t, data, task)
			again, err := m.ReadTask(text)
			require.NoError(t, err)
			assert.Empty(t, codes(again.NotKept()))
			same, err := again.JSON()
			require.NoError(t, err)
			assert.Equal(t, string(text), string(same))
			_, err = task.Reports("fuzz", noon)
			taken(t, err)
		}
		if order, err := m.ReadServiceRequest(data); taken(t, err) {
			text := nothingLost(t, data, order)
			again, err := m.ReadServiceRequest(text)
			require.NoError(t, err)
			assert.Empty(t, codes(again.NotKept()))
		}
		if got, err := m.Prescription(data); taken(t, err) {
			writtenAgain(t, got)
		}
		_, err := m.Request(data)
		taken(t, err)
		if h, _, err := m.ReadHelsenorge(data); taken(t, err) {
			text, err := m.HelsenorgeTaskWithNationalIDUnsafe(h, "test")
			require.NoError(t, err)
			again, notKept, err := m.ReadHelsenorge(text)
			require.NoError(t, err)
			assert.Empty(t, codes(notKept))
			sameAtHelsenorge(t, h, again)
		}
	})
}

// nothingLost is accounted, but for a part that is named as a whole although something of it is kept.
func nothingLost(t *testing.T, data []byte, r kept) []byte {
	t.Helper()
	text, before, after := values(t, data, r)
	assert.Empty(t, without(before, after), "neither kept nor told of")
	assert.Empty(t, without(after, leaves(t, data, func(string) bool { return false })), "made up")
	return text
}

// without takes b's items out of a, each as often as it is there.
func without(a, b []string) []string {
	count := map[string]int{}
	for _, item := range b {
		count[item]++
	}
	return slices.DeleteFunc(a, func(item string) bool { count[item]--; return count[item] >= 0 })
}

// taken says that there is no error; one that there is must say where.
func taken(t *testing.T, err error) (ok bool) {
	t.Helper()
	if err != nil {
		found := problems(t, err)
		require.NotEmpty(t, found)
		require.LessOrEqual(t, len(found), 100)
	}
	return err == nil
}

func writtenAgain(t *testing.T, got prescriptionfhir.Stored) {
	t.Helper()
	o := prescriptionfhir.Options{At: got.Prescription.Expires, Notes: got.Notes}
	if got.State != prescription.Expired {
		o.At = o.At.Add(-time.Microsecond)
	}
	if !got.Prescription.Patient.NationalID.IsZero() {
		o.NationalIDInClearUnsafe = "test"
	}
	text, err := mapper(t).Task(got.Prescription, o)
	require.NoError(t, err)
	again, err := mapper(t).Prescription(text)
	require.NoError(t, err)
	assert.Empty(t, codes(again.NotKept))
	assert.Equal(t, got.State, again.State)
	assert.Equal(t, got.Notes, again.Notes)
	same(t, got.Prescription, again.Prescription)
}
