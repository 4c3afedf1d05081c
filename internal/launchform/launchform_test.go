package launchform_test

import (
	"strings"
	"testing"

	"github.com/verktoykatalog/verktoy/internal/launchform"
)

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		text           string
		id, definition bool
	}{
		{"", false, false},
		{"AAECAwQFBgcICQoLDA0OD+g==", true, true},
		{strings.Repeat("a", 255), true, true},
		{strings.Repeat("a", 256), false, true},
		{strings.Repeat("a", 1024), false, true},
		{strings.Repeat("a", 1025), false, false},
		{"https://tool.example.org/d|2?id=7#a", true, true},
		{"https://tool.example.org/søvn", false, true},
		{"a b", false, false},
		{"a\n", false, false},
		{"a\u00a0b", false, false},
		{"a\xff", false, false},
	} {
		if id, definition := launchform.ID(tt.text), launchform.Definition(tt.text); id != tt.id || definition != tt.definition {
			t.Errorf("%.40q: id %t, definition %t; want %t, %t", tt.text, id, definition, tt.id, tt.definition)
		}
	}
}
