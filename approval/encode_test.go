package approval_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// filled puts something into every field, so that a new one cannot be forgotten.
func filled(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0), text)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		for _, key := range []string{"nn", "en", text} {
			one := reflect.New(v.Type().Elem()).Elem()
			filled(one, text+key)
			m.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), one)
		}
		v.Set(m)
	case reflect.Interface:
		v.Set(reflect.ValueOf(text))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(decided))
			return
		}
		for i := range v.NumField() {
			filled(v.Field(i), text)
		}
	}
}

var hardTexts = []string{"nb", "exactly8", "long enough for two rounds and <b> in the second", "long enough, with \"quotes\"", "long enough & more", "long enough \x7f more", "longer than eight ‘’ \u2029", "", "a\"b\\", "<b>&amp;", "\u2028 \u2029 \x00\n\t", "æøå – “x” 🙂", "\xff\xfe", `"reasons":null`, `"answers":{}`}

// Both digests are those of what encoding/json writes.
func TestDigestsAreOfJSON(t *testing.T) {
	for _, text := range hardTexts {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) {
			var dec approval.Decision
			filled(reflect.ValueOf(&dec).Elem(), text)
			dec.ID = ""
			data, err := json.Marshal(dec)
			require.NoError(t, err)
			assert.Equal(t, string(data), string(approval.EncodedDecision(&dec)))
			var d declaration
			filled(reflect.ValueOf(&d).Elem(), text)
			d.Version = approval.DeclarationVersion
			data, err = json.Marshal(d)
			require.NoError(t, err)
			assert.Equal(t, approval.DigestOf(data), d.Digest())
		})
	}
	for name, d := range map[string]declaration{"nothing": {}, "no answers": {Evidence: make([]approval.Evidence, 1)}, "one": {Answers: map[string]approval.Answer{"A": {}}}} {
		d.Version, d.Facts = approval.DeclarationVersion, map[string]approval.FactValue{}
		if d.Answers == nil {
			d.Answers = map[string]approval.Answer{}
		}
		data, err := json.Marshal(d)
		require.NoError(t, err)
		assert.Equal(t, approval.DigestOf(data), d.Digest(), name)
	}
	assert.Equal(t, encode(t, approval.Decision{}), string(approval.EncodedDecision(&approval.Decision{})))
	assert.Equal(t, encode(t, approval.Decision{Reasons: []approval.Reason{}}), string(approval.EncodedDecision(&approval.Decision{Reasons: []approval.Reason{}})))
}

// The id that an evaluation gives is the one that everybody else computes.
func TestEvaluatedDecisionsAreIntact(t *testing.T) {
	for _, edit := range []func(*declaration){nil, forPanel, guided, drop("A-1"), answer("A-1", no)} {
		dec := evaluate(t, edit)
		read, err := approval.ParseDecision([]byte(encode(t, dec)))
		require.NoError(t, err)
		assert.Equal(t, encode(t, dec), encode(t, read))
	}
}
