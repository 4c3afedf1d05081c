package prescription_test

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

type holder struct {
	Shown  prescription.NationalID
	Ptr    *prescription.NationalID
	hidden prescription.NationalID
	deeper struct{ hidden *prescription.NationalID }
	any    any
}

// shapes are places in which a program may have a number when it prints.
func shapes(id prescription.NationalID) map[string]any {
	h := holder{Shown: id, Ptr: &id, hidden: id, any: id}
	h.deeper.hidden = &id
	return map[string]any{
		"value": id, "pointer": &id, "struct": h, "pointer to struct": &h, "slice": []prescription.NationalID{id},
		"array": [1]prescription.NationalID{id}, "slice of any": []any{id, &id, h}, "map": map[string]prescription.NationalID{"a": id},
		"map of any": map[string]any{"a": h}, "map key": map[any]string{id: "a"}, "patient": prescription.Patient{NationalID: id},
		"prescription": prescription.Prescription{Patient: prescription.Patient{NationalID: id}},
		"request":      &prescription.Request{Patient: prescription.Patient{NationalID: id}},
		"new":          prescription.New{Prescription: prescription.Prescription{Patient: prescription.Patient{NationalID: id}}},
		"slog group":   slog.GroupValue(slog.Any("id", id)), "error": fmt.Errorf("with %v and %w", id, errors.New("cause")),
		"func": id.Reveal, "channel": make(chan prescription.NationalID), "reflect value": reflect.ValueOf(h),
	}
}

var verbs = []string{"%v", "%+v", "%#v", "%s", "%d", "%q", "%x", "%X", "%b", "%o", "%c", "%U", "%e", "%t", "%p", "%10v", "%-20s", "%T", "%#x", "% x"}

// printings are the ways in which something gets out of a program.
func printings(v any) map[string]string {
	out := map[string]string{"Sprint": fmt.Sprint(v), "Sprintln": fmt.Sprintln(v), "Errorf": fmt.Errorf("x: %v", v).Error()}
	for _, verb := range verbs {
		out[verb] = fmt.Sprintf(verb, v)
	}
	var text, js, enc, tmpl bytes.Buffer
	slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug})).With("with", v).Debug("m", "v", v)
	slog.New(slog.NewJSONHandler(&js, &slog.HandlerOptions{Level: slog.LevelDebug})).WithGroup("g").With("with", v).Debug("m", "v", v)
	out["slog text"], out["slog json"] = text.String(), js.String()
	b, err := json.Marshal(v)
	out["json"] = string(b) + fmt.Sprint(err)
	b, err = json.MarshalIndent(map[string]any{"v": v}, "", " ")
	out["json indent"] = string(b) + fmt.Sprint(err)
	b, err = xml.Marshal(v)
	out["xml"] = string(b) + fmt.Sprint(err)
	out["gob"] = enc.String() + fmt.Sprint(gob.NewEncoder(&enc).Encode(v)) + enc.String()
	_ = template.Must(template.New("").Parse(`{{.}} {{printf "%v" .}} {{printf "%#v" .}}`)).Execute(&tmpl, v)
	out["template"] = tmpl.String()
	out["testify"] = testifyOutput(v)
	for way, text := range lessCommon(v) {
		out[way] = text
	}
	return out
}

// lessCommon are ways that a program may take without thinking of them as printing.
func lessCommon(v any) map[string]string {
	out := map[string]string{}
	var old, page, stream bytes.Buffer
	log.New(&old, "", 0).Print(v)
	_ = htmltemplate.Must(htmltemplate.New("").Parse(`<p title="{{.}}">{{.}}</p><script>x = {{.}}</script>`)).Execute(&page, v)
	err := json.NewEncoder(&stream).Encode([]any{v})
	out["log"], out["html template"], out["json stream"] = old.String(), page.String(), stream.String()+fmt.Sprint(err)
	out["append"] = string(fmt.Append(nil, v)) + string(fmt.Appendf(nil, "%v %s", v, v))
	out["joined errors"] = errors.Join(fmt.Errorf("one: %v", v), fmt.Errorf("two: %+v", v)).Error()
	out["context"] = fmt.Sprint(context.WithValue(context.Background(), key{}, v))
	out["slog attribute"] = slog.Any("id", v).String()
	arg, err := driver.DefaultParameterConverter.ConvertValue(v)
	out["sql argument"] = fmt.Sprint(arg, err)
	out["panic"] = recovered(func() { panic(v) })
	return out
}

type key struct{}

func recovered(do func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	do()
	return ""
}

// testifyOutput is what a failing assertion of the adopter's prints: it follows
// pointers and unexported fields.
func testifyOutput(v any) string {
	var r recorder
	other := reflect.Zero(reflect.TypeOf(v))
	if other.Kind() == reflect.Pointer {
		other = reflect.New(other.Type().Elem())
	}
	assert.Equal(&r, v, other.Interface())
	return r.text
}

type recorder struct{ text string }

func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

func TestANationalIDNeverPrints(t *testing.T) {
	digits, id := complete(t, "158190")
	spellings := []string{digits, digits[:6] + " " + digits[6:], fmt.Sprintf("%x", digits), fmt.Sprintf("%X", digits), fmt.Sprintf("% x", digits)}
	routes, ways := 0, map[string]bool{}
	for shape, v := range shapes(id) {
		for way, text := range printings(v) {
			routes++
			ways[way] = true
			for _, s := range spellings {
				assert.NotContains(t, text, s, "%s printed by %s", shape, way)
			}
		}
	}
	assert.GreaterOrEqual(t, len(ways), 37, "ways of printing")
	assert.Greater(t, routes, 700, "routes looked at")
	t.Logf("%d routes", routes)
}

func TestTheTestAboveSeesALeak(t *testing.T) {
	digits, _ := complete(t, "158190")
	type plain struct{ number *string }
	for way, text := range printings(struct{ Number string }{digits}) {
		if way == "%d" || way == "%v" || way == "json" || way == "slog text" || way == "testify" ||
			way == "log" || way == "html template" || way == "json stream" || way == "append" || way == "joined errors" || way == "slog attribute" || way == "panic" {
			assert.Contains(t, text, digits, way)
		}
	}
	assert.Contains(t, testifyOutput(plain{&digits}), digits, "pointers are followed")
}

func TestNationalIDPrintsRedacted(t *testing.T) {
	_, id := complete(t, "158190")
	assert.Equal(t, "[redacted]", fmt.Sprint(id))
	b, err := json.Marshal(map[string]any{"id": id, "none": prescription.NationalID{}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":"[redacted]","none":""}`, string(b))
}

func TestReveal(t *testing.T) {
	digits, id := complete(t, "158190")
	assert.Equal(t, digits, id.Reveal("show it to the therapist"))
	assert.Empty(t, id.Reveal(""), "no purpose, no number")
	assert.Empty(t, prescription.NationalID{}.Reveal("anything"))
}

func TestParseNationalID(t *testing.T) {
	good, id := complete(t, "158190")
	assert.True(t, id.Synthetic())
	assert.False(t, id.IsZero())
	_, dNumber := complete(t, "558190")
	assert.True(t, dNumber.Synthetic())
	_, again := complete(t, "158190")
	assert.True(t, id.Equal(again))
	assert.False(t, id.Equal(dNumber))
	assert.False(t, id.Equal(prescription.NationalID{}))
	assert.True(t, prescription.NationalID{}.Equal(prescription.NationalID{}))
	for _, bad := range []string{"", good[:10], good + "0", good[:10] + "x", " " + good, good[:6] + " " + good[6:]} {
		got, err := prescription.ParseNationalID(bad)
		require.ErrorIs(t, err, prescription.ErrNationalID)
		assert.True(t, got.IsZero())
		assert.NotContains(t, err.Error(), "158190")
	}
}

func TestNationalIDFromJSON(t *testing.T) {
	digits, id := complete(t, "158190")
	var got struct{ ID prescription.NationalID }
	require.NoError(t, json.Unmarshal([]byte(`{"ID":"`+digits+`"}`), &got))
	assert.True(t, got.ID.Equal(id))
	require.NoError(t, json.Unmarshal([]byte(`{"ID":""}`), &got))
	assert.True(t, got.ID.IsZero())
	err := json.Unmarshal([]byte(`{"ID":"`+digits[:10]+`x"}`), &got)
	require.ErrorIs(t, err, prescription.ErrNationalID)
	assert.False(t, strings.Contains(err.Error(), digits[:10]))
}
