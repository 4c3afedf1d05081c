package report_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// Whatever comes in, the answer is one of those documented and holds no identity
// number, nothing gives 500 or 503, and a prescription changes only when the
// answer says so, to where the table leads.
func FuzzHandler(f *testing.F) {
	for _, body := range []string{good, "", "{}", "[]", strings.Replace(good, `"start"`, `"progress","progress":40`, 1), strings.Replace(good, "start", "complete", 1)} {
		f.Add(http.MethodPost, "application/json", "r1", body)
	}
	f.Fuzz(func(t *testing.T, method, kind, key, body string) {
		if !plainMethod(method) {
			return
		}
		e := newEPR(t, nil)
		send := func() (int, string) {
			w := post(e.handler, body, func(r *http.Request) {
				r.Method = method
				r.Header["Content-Type"], r.Header["Idempotency-Key"] = []string{kind}, []string{key}
			})
			if w.Code != http.StatusOK {
				decode(t, w)
				require.Contains(t, []int{400, 404, 405, 413, 415}, w.Code)
				return w.Code, ""
			}
			var answer struct{ Applied string }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
			return w.Code, answer.Applied
		}
		status, applied := send()
		state := e.state(t)
		assert.Equal(t, applied == "changed", state != prescription.Sent)
		reachable := slices.ContainsFunc(prescription.Transitions(), func(row prescription.Transition) bool {
			return row.To == state && slices.Contains(row.Roles, prescription.RoleTool) && slices.Contains(row.From, prescription.Sent) && slices.Contains(report.Events(), row.Event)
		})
		assert.True(t, state == prescription.Sent || reachable, state)
		if again, then := send(); status == http.StatusOK {
			assert.Equal(t, http.StatusOK, again)
			assert.NotEqual(t, "changed", then, "a second time changes nothing")
		}
		assert.Equal(t, state, e.state(t))
		assert.Empty(t, e.log.String())
	})
}

func plainMethod(m string) bool {
	return m != "" && !strings.ContainsFunc(m, func(r rune) bool { return r < 'A' || r > 'Z' })
}
