package launch_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

func TestTaskID(t *testing.T) {
	number := strings.Repeat("1", 6) + strings.Repeat("2", 5)
	guid := "018f6b2e-7c3a-7d41-9a5b-0c1d2e3f4a5b"
	tests := map[string]struct {
		l    launch.Launch
		want string
	}{
		"none":                   {launch.Launch{}, ""},
		"signed":                 {launch.Launch{Task: launch.Party{Type: "Task", ID: "58c1"}}, "58c1"},
		"signed, and an address": {launch.Launch{Task: launch.Party{ID: "58c1"}, Context: url.Values{"task": {"other"}}}, "58c1"},
		"address":                {launch.Launch{Context: url.Values{"task": {guid}, "x": {"1"}}}, guid},
		"another parameter":      {launch.Launch{Context: url.Values{"id": {guid}}}, ""},
		"no id":                  {launch.Launch{Context: url.Values{"task": {"a b"}}}, ""},
		"a path":                 {launch.Launch{Context: url.Values{"task": {"../x"}}}, ""},
		"too long":               {launch.Launch{Context: url.Values{"task": {strings.Repeat("a", 65)}}}, ""},
		"an identity number":     {launch.Launch{Context: url.Values{"task": {number}}}, ""},
	}
	require.NotEmpty(t, tests)
	for name, tt := range tests {
		assert.Equal(t, tt.want, tt.l.TaskID(), name)
	}
}
