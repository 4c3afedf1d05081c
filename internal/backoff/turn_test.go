package backoff_test

import (
	"fmt"
	"testing"

	"github.com/verktoykatalog/verktoy/internal/backoff"
)

type tried struct {
	name     string
	attempts int
}

func TestTurnBeginsWithTheFewestAttemptsAndAnotherOneEachTime(t *testing.T) {
	for _, tt := range []struct{ in, want []tried }{
		{nil, nil},
		{[]tried{{"a", 1}, {"b", 1}, {"c", 1}}, []tried{{"a", 1}, {"b", 1}, {"c", 1}}},
		{[]tried{{"a", 2}, {"b", 2}, {"c", 2}}, []tried{{"b", 2}, {"c", 2}, {"a", 2}}},
		{[]tried{{"a", 4}, {"b", 4}, {"c", 4}}, []tried{{"a", 4}, {"b", 4}, {"c", 4}}},
		{[]tried{{"a", 3}, {"b", 1}, {"c", 1}}, []tried{{"c", 1}, {"b", 1}, {"a", 3}}},
		{[]tried{{"a", 0}}, []tried{{"a", 0}}},
	} {
		got := append([]tried(nil), tt.in...)
		backoff.Turn(got, func(m tried) int { return m.attempts })
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%v: got %v, want %v", tt.in, got, tt.want)
		}
	}
}
