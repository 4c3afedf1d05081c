package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTree(t *testing.T) {
	start := `{"a":{"b":1,"c":["x","y"]},"d":true}`
	cases := []struct {
		name, at string
		put      any
		want     string
	}{
		{"replace", "/a/b", "2", `{"a":{"b":"2","c":["x","y"]},"d":true}`},
		{"take away", "/a/b", nil, `{"a":{"c":["x","y"]},"d":true}`},
		{"take away what is not there", "/q/r", nil, start},
		{"take away an item where there is no list", "/l/0/t/u", nil, start},
		{"make the way", "/q/r/s", "1", `{"a":{"b":1,"c":["x","y"]},"d":true,"q":{"r":{"s":"1"}}}`},
		{"an item", "/a/c/1", "z", `{"a":{"b":1,"c":["x","z"]},"d":true}`},
		{"an item at the end", "/a/c/2", "z", `{"a":{"b":1,"c":["x","y","z"]},"d":true}`},
		{"an item beyond the end", "/a/c/9", "z", start},
		{"a first item", "/l/0/t", "z", `{"a":{"b":1,"c":["x","y"]},"d":true,"l":[{"t":"z"}]}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := parseTree([]byte(start))
			require.NoError(t, err)
			d.put(c.at, c.put)
			assert.JSONEq(t, c.want, string(d.json()))
		})
	}
}
