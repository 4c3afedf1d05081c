package norwegian_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestAgeOfWhomATextIsAbout(t *testing.T) {
	const oldest = 150
	for text, want := range map[string][2]int{
		"er 14 og redd": {14, 14}, "14 år": {14, 14}, "10-åring": {10, 10}, "diabetes hos femåring": {5, 5}, "tiåringane": {10, 10},
		"syvåringen": {7, 7}, "toåringen": {2, 2}, "14-årig gutt": {14, 14}, "sekstenårig jente": {16, 16}, "fem år gammel": {5, 5},
		"angst hos barn": {0, 17}, "hjelp for ungar": {0, 17}, "anxiety in children": {0, 17}, "tips til ungdommer": {13, 17},
		"tenåringen sover ikke": {13, 17}, "depresjon hos vaksne": {18, oldest}, "fall blant eldre": {65, oldest},
		"eldre på 80 år og barn på 8 år": {80, 80},
	} {
		got, told := norwegian.Age(norwegian.Words(text))
		assert.True(t, told, text)
		assert.Equal(t, norwegian.Years{From: want[0], To: want[1]}, got, text)
	}
	for _, text := range []string{"", "sorg", "barnet gråter", "voksne barn", "hos legen", "8 timer", "årene går", "tiår", "200-åring", "røykt i 14 år",
		"etter 20 år", "skilt for 5 år siden", "åring", "tretti år gammel"} {
		_, told := norwegian.Age(norwegian.Words(text))
		assert.False(t, told, text)
	}
}
