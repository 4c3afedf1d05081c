package norwegian_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestAgeOfWhomATextIsAbout(t *testing.T) {
	const oldest = 150
	for text, want := range map[string][2]int{
		"er 14 og redd": {14, 14}, "14 år": {14, 14}, "10-åring": {10, 10}, "diabetes hos femåring": {5, 5}, "tiåringane": {10, 10},
		"syvåringen": {7, 7}, "toåringen": {2, 2}, "14-årig gutt": {14, 14}, "sekstenårig jente": {16, 16}, "fem år gammel": {5, 5},
		"angst hos barn": {0, 17}, "hjelp for ungar": {0, 17}, "anxiety in children": {0, 17}, "tips for ungdommer": {13, 17},
		"tenåringen sover ikke": {13, 17}, "depresjon hos vaksne": {18, oldest}, "fall blant eldre": {65, oldest},
		"eldre på 80 år og barn på 8 år": {80, 80}, "15 year old girl": {15, 15}, "8 years old": {8, 8},
	} {
		got, told := norwegian.Age(norwegian.Words(text))
		assert.True(t, told, text)
		assert.Equal(t, norwegian.Years{From: want[0], To: want[1]}, got, text)
	}
	for _, text := range []string{"", "sorg", "barnet gråter", "voksne barn", "hos legen", "8 timer", "årene går", "tiår", "200-åring", "roper til ungene", "siden jeg var 8 år", "when i was 8 years old", "røykt i 14 år",
		"etter 20 år", "skilt for 5 år siden", "kurs på 8 uker", "det er 14 dager siden", "åring", "tretti år gammel"} {
		_, told := norwegian.Age(norwegian.Words(text))
		assert.False(t, told, text)
	}
}

func TestAnAgeTellsNothingElse(t *testing.T) {
	for text, want := range map[string]string{
		"15 år gammel jente med depresjon": "jente med depresjon", "angst 8-åring": "angst", "8-årig gutt med uro": "gutt med uro", "er 14 og redd": "er og redd",
		"45 år gammel mann med sorg": "med sorg", "mann på 45 år med sorg": "på med sorg", "mannen min er 45 år": "mannen min er", "fem år gammel": "",
		"15 year old girl": "girl", "fireåringen er sint": "fireåringen er sint", "røykt i 14 år": "røykt i 14 år", "kurs på 8 uker": "kurs på 8 uker", "": "",
	} {
		assert.Equal(t, want, strings.Join(norwegian.WithoutAge(norwegian.Words(text)), " "), text)
	}
}

func TestPeopleOfAnAge(t *testing.T) {
	for text, want := range map[string][]string{
		"15 år gammel jente": {"parents", "young-adults", "youth"}, "depresjon hos 15-åring": {"parents", "young-adults", "youth"}, "19 år": {"young-adults", "youth"}, "8 år gammel gutt": {"children", "parents"},
		"45 år gammel mann": nil, "mannen min": {"carers", "family", "next-of-kin", "relatives"}, "gammel og alene": {"elderly", "seniors"},
		"70 år gammel": {"elderly", "seniors"}, "ensom mamma": {"parents"}, "sliten mamma min": {"carers", "family", "next-of-kin", "relatives"}, "en sønn på 15": {"children", "parents", "young-adults", "youth"},
	} {
		assert.Equal(t, want, norwegian.People(norwegian.Words(text)), text)
	}
}

// A compound may begin with those whom it is for; a word that only begins alike does not.
func TestForWhom(t *testing.T) {
	for word, want := range map[string]string{"ungdomsdepresjon": "youth", "barneangst": "children", "småbarnssøvn": "children", "foreldreveiledning": "parents", "studentstress": "students", "eldremobbing": "elderly"} {
		assert.Contains(t, norwegian.ForWhom(word), want, word)
	}
	for _, word := range []string{"depresjon", "ungdom", "barn", "studie", "aldri", "", "søvn"} {
		assert.Empty(t, norwegian.ForWhom(word), word)
	}
}
