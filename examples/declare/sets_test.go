package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func TestSets(t *testing.T) {
	all, err := requirement.All()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	code, out, errs := call("sets", "-lang", "nn")
	require.Equal(t, 0, code, errs)
	for _, s := range all {
		assert.Regexp(t, `(?m)^`+s.ID+`@`+s.Version+` .* `+string(s.Digest())+`  `+s.Title.In("nn")+`$`, out)
	}

	code, out, errs = call("sets", "-json")
	require.Equal(t, 0, code, errs)
	var list []releasedSet
	require.NoError(t, json.Unmarshal([]byte(out), &list))
	require.Len(t, list, len(all))
	assert.Equal(t, all[0].Digest(), list[0].SHA256)
	assert.Equal(t, len(all[0].Requirements), list[0].Requirements)

	code, out, errs = call("sets", "baseline")
	assert.Equal(t, 2, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "no name")
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestWhatIsNotWrittenIsNoSuccess(t *testing.T) {
	for _, args := range [][]string{{"sets"}, {"sets", "-json"}, {"schema"}, {"decide", complete}, {"inherit", draft, own}} {
		var errs bytes.Buffer
		assert.Equal(t, 2, run(args, day, full{}, &errs), args)
		assert.Contains(t, errs.String(), "no room")
	}
}

func TestDaysOfASet(t *testing.T) {
	assert.Equal(t, "2026-11-01", days(releasedSet{ValidFrom: "2026-11-01"}))
	assert.Equal(t, "2026-11-01/2027-10-31", days(releasedSet{ValidFrom: "2026-11-01", ValidTo: "2027-10-31"}))
}
