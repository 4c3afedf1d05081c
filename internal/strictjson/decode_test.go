package strictjson_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

type colour string

func (c *colour) UnmarshalText(text []byte) error {
	if string(text) != "red" && string(text) != "blue" {
		return errors.New("red or blue")
	}
	*c = colour(text)
	return nil
}

type Base struct {
	ID string `json:"id"`
}

type thing struct {
	Base
	Name   map[colour]string `json:"name,omitempty"`
	Colour colour            `json:"colour"`
	Age    *int              `json:"age"`
	Small  int8              `json:"small"`
	Count  uint16            `json:"count"`
	Score  float64           `json:"score"`
	On     bool              `json:"on"`
	Parts  []thing           `json:"parts"`
	Raw    any               `json:"raw"`
	Number json.Number       `json:"number"`
	Hidden string            `json:"-"`
	Plain  string
}

func TestUnmarshalFillsEverything(t *testing.T) {
	var got thing
	text := `{"id":"x","name":{"red":"r"},"colour":"blue","age":7,"small":-128,"count":65535,"score":0.5,"on":true,
		"parts":[{"id":"y"}],"raw":[1,{}],"number":12.30,"Plain":"p"}`
	require.NoError(t, strictjson.Unmarshal([]byte(text), &got, strictjson.Document()))
	seven := 7
	assert.Equal(t, thing{Base: Base{ID: "x"}, Name: map[colour]string{"red": "r"}, Colour: "blue", Age: &seven, Small: -128,
		Count: 65535, Score: 0.5, On: true, Parts: []thing{{Base: Base{ID: "y"}}}, Raw: []any{json.Number("1"), map[string]any{}},
		Number: "12.30", Plain: "p"}, got)
}

func TestUnmarshalReportsEveryMistake(t *testing.T) {
	var got thing
	text := `{"ID":"x","name":{"green":"r","red":1},"colour":"00000000000","age":"7","small":128,"count":-1,"score":"1",
		"on":1,"parts":[{"idd":"y"},3,null],"number":"1","Hidden":"h","-":"h"}`
	err := strictjson.Unmarshal([]byte(text), &got, strictjson.Document())
	assert.Equal(t, []string{"/- unknown-member", "/Hidden unknown-member", "/ID unknown-member", "/age wrong-type",
		"/colour bad-format", "/count out-of-range", "/name/green bad-format", "/name/red wrong-type", "/number wrong-type",
		"/on wrong-type", "/parts/0/idd unknown-member", "/parts/1 wrong-type", "/parts/2 wrong-type", "/score wrong-type",
		"/small out-of-range"}, problems(t, err))
	assert.NotContains(t, err.Error(), "00000000000", "the value is not in the error")
	assert.ErrorContains(t, err, "/colour: the value does not have the right form, want red or blue")
}

// encoding/json takes these for "sub" and "kind"; a signed message must not have two spellings.
func TestNamesAreExact(t *testing.T) {
	for _, text := range []string{`{"Sub":"a"}`, `{"SUB":"a"}`, `{"ſub":"a"}`} {
		var got struct {
			Sub string `json:"sub"`
		}
		err := strictjson.Unmarshal([]byte(text), &got, strictjson.Message())
		require.Len(t, problems(t, err), 1, text)
		assert.Contains(t, problems(t, err)[0], "unknown-member")
		assert.Empty(t, got.Sub)
	}
}

func TestIntegersTakeNoFraction(t *testing.T) {
	var got struct {
		N int `json:"n"`
	}
	for _, text := range []string{`{"n":1.0}`, `{"n":1e2}`, `{"n":"1"}`, `{"n":null}`} {
		err := strictjson.Unmarshal([]byte(text), &got, strictjson.Document())
		assert.Equal(t, []string{"/n wrong-type"}, problems(t, err), text)
	}
}

func TestNullOnlyIntoPointers(t *testing.T) {
	seven := 7
	got := thing{Age: &seven}
	require.NoError(t, strictjson.Unmarshal([]byte(`{"age":null,"raw":null}`), &got, strictjson.Document()))
	assert.Nil(t, got.Age)
	err := strictjson.Unmarshal([]byte(`{"id":null,"parts":null,"name":null}`), &got, strictjson.Document())
	assert.Equal(t, []string{"/id wrong-type", "/name wrong-type", "/parts wrong-type"}, problems(t, err))
}

func TestAtMostAHundredProblems(t *testing.T) {
	items := make([]int, 5000)
	text, err := json.Marshal(items)
	require.NoError(t, err)
	var got []string
	assert.Len(t, problems(t, strictjson.Unmarshal(text, &got, strictjson.Document())), 100)
}

// The standard library's errors about times hold the text, which may hold anything after the seconds.
func TestErrorsOfTimesHoldNoValue(t *testing.T) {
	var got struct {
		At time.Time `json:"at"`
	}
	for _, text := range []string{`{"at":"15819000000"}`, `{"at":"2026-06-30T23:59:60.15819000000Z"}`} {
		err := strictjson.Unmarshal([]byte(text), &got, strictjson.Document())
		assert.Equal(t, []string{"/at bad-format"}, problems(t, err))
		assert.NotContains(t, err.Error(), "15819000000")
		assert.Contains(t, err.Error(), "YYYY-MM-DDThh:mm:ssZ")
	}
	require.NoError(t, strictjson.Unmarshal([]byte(`{"at":"2026-06-30T23:59:59Z"}`), &got, strictjson.Document()))
}

func TestDecodeNeedsAPointer(t *testing.T) {
	v, err := strictjson.Parse([]byte(`{}`), strictjson.Document())
	require.NoError(t, err)
	assert.EqualError(t, v.Decode(thing{}), "json: Decode needs a pointer that is not nil")
}
