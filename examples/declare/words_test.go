package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

// A declaration to a set or a version that is not here is not judged by another one.
func TestAnUnknownSetIsNotJudgedByAnother(t *testing.T) {
	all := "baseline@1.0.0, baseline@1.1.0, web-baseline@1.0.0"
	for at, edit := range map[string]func(object){
		"/set/version": func(d object) { d["set"].(object)["version"] = "77.0.0" },
		"/set/id":      func(d object) { d["set"].(object)["id"] = "annet-sett" },
	} {
		other := edited(t, complete, edit)
		for _, lang := range []string{"nb", "nn", "en"} {
			code, out, _ := call("check", "-lang", lang, other)
			assert.Equal(t, 2, code)
			assert.Contains(t, out, at+": ")
			assert.Contains(t, out, all)
			assert.NotContains(t, out, "annet-sett", "what was found may be anything")
			code, _, errs := call("decide", "-lang", lang, other)
			assert.Equal(t, 2, code)
			assert.Contains(t, errs, at+": ")
		}
		code, _, _ := call("check", "-set", "baseline", other)
		assert.Equal(t, 1, code, "a set that is named is the one to answer")
	}
}

func TestFileErrorsAreInTheReadersLanguage(t *testing.T) {
	for lang, want := range map[string]string{"nb": "Finner ikke", "nn": "Finn ikkje", "en": "There is no"} {
		_, _, errs := call("decide", "-lang", lang, "none.json")
		assert.Equal(t, "declare: "+want+` "none.json"`, errs[:len("declare: "+want+` "none.json"`)])
		code, out, _ := call("check", "-lang", lang, "none.json")
		assert.Equal(t, 2, code)
		assert.Contains(t, out, want)
	}
}

func TestStandardInputIsReadOnce(t *testing.T) {
	for _, args := range [][]string{{"check", "-", "-"}, {"diff", "-", "-"}, {"decide", "-waivers", "-", "-"}, {"check", "-set", "-", "-"}} {
		code, out, errs := call(args...)
		assert.Equal(t, 2, code, args)
		assert.Empty(t, out)
		assert.Contains(t, errs, "bare leses én gang")
	}
}

func TestOneMistakeIsNotSeveral(t *testing.T) {
	one := edited(t, complete, func(d object) { d["extra"] = 1 })
	_, out, _ := call("check", "-lang", "en", one)
	assert.Contains(t, out, ": 1 mistake to correct:\n")
}

func TestSchemaOfEveryForm(t *testing.T) {
	set, err := requirement.GetVersion("baseline", "1.1.0")
	require.NoError(t, err)
	data, err := json.Marshal(set)
	require.NoError(t, err)
	own := file(t, "set.json", data)
	for _, c := range []struct {
		args []string
		want func() ([]byte, error)
	}{{nil, set.Schema}, {[]string{"-draft"}, set.DraftSchema}, {[]string{"-vendor"}, set.VendorSchema}} {
		want, err := c.want()
		require.NoError(t, err)
		for _, name := range []string{"baseline@1.1.0", own} {
			code, out, errs := call(append([]string{"schema", "-set", name}, c.args...)...)
			require.Equal(t, 0, code, errs)
			assert.Equal(t, string(want), out)
		}
	}
	code, _, errs := call("schema", "-draft", "-vendor")
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "want one of them")
	code, _, errs = call("schema", "baseline")
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "want none")
	code, _, errs = call("questionnaire", "-set", "baseline@1.1.0")
	assert.Equal(t, 0, code, errs)
	code, _, errs = call("export", "-format", "oscal", "-set", "baseline@1.1.0", complete)
	assert.Equal(t, 0, code, errs)
}

// A draft gets the same help as what is submitted.
func TestDraftsAreRead(t *testing.T) {
	code, _, errs := call("decide", draft)
	assert.Equal(t, 1, code, "without the option a draft has mistakes")
	assert.NotEmpty(t, errs)
	d := decision(t, "-draft", draft)
	assert.Equal(t, approval.Incomplete, d.Outcome)
	assert.Less(t, len(d.Missing), 40)

	blocked := edited(t, complete, func(d object) {
		delete(d, "submitted")
		d["answers"].(object)["GEN-01"].(object)["status"] = "no"
	})
	assert.Equal(t, []approval.Outcome{approval.Rejected}, decision(t, "-draft", blocked).Possible)
	code, _, errs = call("whynot", "-draft", "-want", "approved-without-therapist", draft)
	assert.Equal(t, 0, code, errs)
	code, _, errs = call("diff", "-draft", draft, draft)
	assert.Equal(t, 0, code, errs)
	out := t.TempDir() + "/moved.json"
	code, _, errs = call("migrate", "-draft", "-to", "baseline@1.0.0", "-out", out, draft)
	assert.Equal(t, 1, code, errs)
	moved, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.NotContains(t, string(moved), `"submitted"`)
	assert.NotEmpty(t, decision(t, "-draft", out).Missing)
}

// What is valid and not complete says which requirements and facts are open.
func TestCheckNamesWhatIsOpen(t *testing.T) {
	openFile := edited(t, complete, func(d object) {
		delete(d["answers"].(object), "GEN-01")
		delete(d["facts"].(object), "mdClass")
	})
	code, out, _ := call("check", "-lang", "en", openFile)
	assert.Equal(t, 0, code)
	assert.Regexp(t, `This is about mdClass, GEN-01`, out)
}
