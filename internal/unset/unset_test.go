package unset_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/unset"
)

type table map[string]string

func (table) Read([]byte) (int, error) { return 0, io.EOF }

type function func()

func (function) Read([]byte) (int, error) { return 0, io.EOF }

func TestIs(t *testing.T) {
	var none io.Reader
	var pointer *http.Client
	for _, v := range []any{nil, none, pointer, function(nil)} {
		assert.True(t, unset.Is(v), "%T", v)
	}
	for _, v := range []any{&http.Client{}, http.Client{}, function(func() {}), table(nil), 0, "", struct{}{}} {
		assert.False(t, unset.Is(v), "%T", v)
	}
}
