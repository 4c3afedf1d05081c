package guard_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/guard"
)

func TestAPanicIsAnErrorThatNamesItsPlaceAndNothingElse(t *testing.T) {
	var none *struct{ name string }
	tests := map[string]func() error{
		"a text":        func() error { panic("canary") },
		"an error":      func() error { panic(errors.New("canary")) },
		"nil":           func() error { panic(nil) },
		"a nil pointer": func() error { return errors.New(none.name) },
	}
	require.NotEmpty(t, tests)
	for name, call := range tests {
		err := guard.Call(call)
		var p *guard.Panic
		require.ErrorAs(t, err, &p, name)
		assert.Equal(t, "panic", p.Code(), name)
		assert.Contains(t, p.Stack, "guard_test.go:", name)
		assert.NotContains(t, err.Error()+p.Stack, "canary", name)
		assert.False(t, strings.HasPrefix(p.Stack, "github.com/verktoykatalog/verktoy/internal/guard.Call"), "%s: %s", name, p.Stack)
	}
}

func TestWithoutAPanicItIsTheCallsOwn(t *testing.T) {
	want := errors.New("own")
	assert.Equal(t, want, guard.Call(func() error { return want }))
	assert.NoError(t, guard.Call(func() error { return nil }))
}
