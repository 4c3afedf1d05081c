package strictjson_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

type outer struct {
	Name  string           `json:"name"`
	Parts []outer          `json:"parts"`
	By    map[string]outer `json:"by"`
}

func TestDecodeKnownTellsWhatItLeavesOut(t *testing.T) {
	tree, err := strictjson.Parse([]byte(`{"new":1,"name":"a","parts":[{"name":"b","Name":{"x":2}}],"by":{"k":{"15819000000":3}}}`), strictjson.Message())
	require.NoError(t, err)
	var got outer
	unknown, err := tree.DecodeKnown(&got)
	require.NoError(t, err)
	assert.Equal(t, []string{"/new", "/parts/0/Name", "/by/k/[redacted]"}, unknown)
	assert.Equal(t, outer{Name: "a", Parts: []outer{{Name: "b"}}, By: map[string]outer{"k": {}}}, got)
}

func TestDecodeKnownReportsEveryOtherMistake(t *testing.T) {
	var many strings.Builder
	for i := range problem.Most + 5 {
		fmt.Fprintf(&many, `"m%d":0,`, i)
	}
	tree, err := strictjson.Parse([]byte(`{`+many.String()+`"name":1}`), strictjson.Document())
	require.NoError(t, err)
	_, err = tree.DecodeKnown(&outer{})
	var bad *strictjson.Error
	require.ErrorAs(t, err, &bad, "not hidden behind the unknown members")
	assert.Equal(t, []problem.Problem{{Pointer: "/name", Code: problem.WrongType, Want: "string"}}, bad.Problems)

	_, err = tree.DecodeKnown(outer{})
	require.EqualError(t, err, "json: DecodeKnown needs a pointer that is not nil")
}
