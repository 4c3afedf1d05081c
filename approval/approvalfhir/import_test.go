package approvalfhir_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
)

// reply sets the one answer to a question of the response.
func reply(id string, value object) func(object) {
	return func(r object) {
		each(r, func(i object) {
			if i["linkId"] == id {
				i["answer"] = []any{value}
			}
		})
	}
}

func set(name string, v any) func(object) { return func(r object) { r[name] = v } }

func without(id string) func(object) {
	return func(r object) {
		drop(r, id)
		each(r, func(i object) { drop(i, id) })
	}
}

func drop(in object, id string) {
	items, _ := in["item"].([]any)
	kept := []any{}
	for _, i := range items {
		if i.(object)["linkId"] != id {
			kept = append(kept, i)
		}
	}
	if len(kept) > 0 {
		in["item"] = kept
	} else {
		delete(in, "item")
	}
}

func TestImportRefuses(t *testing.T) {
	status := object{"system": approvalfhir.SystemStatus, "code": "yes"}
	cases := []struct {
		name, want string
		edit       func(object)
	}{
		{"another resource", "bad-value  QuestionnaireResponse.resourceType", set("resourceType", "Questionnaire")},
		{"another form", "other-form  QuestionnaireResponse.questionnaire", set("questionnaire", approvalfhir.Namespace+"Questionnaire/other-nb|1.0.0")},
		{"another version", "other-form  QuestionnaireResponse.questionnaire", set("questionnaire", approvalfhir.Namespace+"Questionnaire/form-nb|1.0.1")},
		{"no version", "other-form  QuestionnaireResponse.questionnaire", set("questionnaire", approvalfhir.Namespace+"Questionnaire/form-nb")},
		{"no form", "other-form  QuestionnaireResponse.questionnaire", func(r object) { delete(r, "questionnaire") }},
		{"entered in error", "not-allowed  QuestionnaireResponse.status", set("status", "entered-in-error")},
		{"no status", "not-allowed  QuestionnaireResponse.status", func(r object) { delete(r, "status") }},
		{"implicit rules", "bad-value  QuestionnaireResponse.implicitRules", set("implicitRules", "https://rules.example")},
		{"a modifier", "bad-value  QuestionnaireResponse.modifierExtension", set("modifierExtension", []any{object{"url": "x"}})},
		{"text for a choice", "wrong-type status.A-1 ", reply("status.A-1", object{"valueString": "yes"})},
		{"a code for a boolean", "wrong-type fact.login ", reply("fact.login", object{"valueCoding": status})},
		{"text for a number", "wrong-type fact.minimumAge ", reply("fact.minimumAge", object{"valueString": "15"})},
		{"a decimal for a number", "wrong-type fact.minimumAge ", reply("fact.minimumAge", object{"valueDecimal": 15})},
		{"half a year", "wrong-type fact.minimumAge ", reply("fact.minimumAge", object{"valueInteger": 15.5})},
		{"a number for text", "wrong-type signed.name ", reply("signed.name", object{"valueString": 7})},
		{"a moment for a day", "wrong-type submitted ", reply("submitted", object{"valueDateTime": "2026-11-01T10:00:00Z"})},
		{"a year for a day", "bad-format submitted ", reply("submitted", object{"valueDate": "2026"})},
		{"an answer without a value", "missing-member fact.login ", reply("fact.login", object{"id": "x"})},
		{"a choice that is not there", "not-allowed fact.guidance ", reply("fact.guidance", object{"valueCoding": object{"system": approvalfhir.Namespace + "fact/form/guidance", "code": "some"}})},
		{"a choice of another question", "not-allowed fact.guidance ", reply("fact.guidance", object{"valueCoding": status})},
		{"a choice without a system", "not-allowed fact.guidance ", reply("fact.guidance", object{"valueCoding": object{"code": "guided"}})},
		{"a status that is not allowed", "not-allowed status.A-1 ", reply("status.A-1", object{"valueCoding": object{"system": approvalfhir.SystemStatus, "code": "planned"}})},
		{"a kind that is not there", "not-allowed document.kind ", reply("document.kind", object{"valueCoding": object{"system": approvalfhir.SystemKind, "code": "song"}})},
		{"out of bounds", "out-of-range fact.minimumAge ", reply("fact.minimumAge", object{"valueInteger": 121})},
		{"more than FHIR's integer", "out-of-range declaration.revision ", reply("declaration.revision", object{"valueInteger": 1 << 40})},
		{"an organisation number of eight digits", "bad-format vendor.orgNumber ", reply("vendor.orgNumber", object{"valueString": "99999999"})},
		{"an identity number", "personal-data signed.name ", reply("signed.name", object{"valueString": "Kari 13097248022"})},
		{"an identity number for an id", "personal-data evidence.A-2 ", reply("evidence.A-2", object{"valueString": "13097248022"})},
		{"two answers", "too-many fact.guidance ", func(r object) {
			each(r, func(i object) {
				if i["linkId"] == "fact.guidance" {
					i["answer"] = append(i["answer"].([]any), i["answer"].([]any)...)
				}
			})
		}},
		{"the same question twice", "repeated fact.login ", func(r object) {
			each(r, func(i object) {
				if i["linkId"] == "facts" {
					i["item"] = append(i["item"].([]any), object{"linkId": "fact.login", "answer": []any{object{"valueBoolean": true}}})
				}
			})
		}},
		{"a form of a file that is not taken", "not-allowed document.file ", attach(object{"url": "https://example.no/a", "contentType": "text/html", "size": 1})},
		{"a file that is too large", "out-of-range document.file ", attach(object{"url": "https://example.no/a", "contentType": "image/png", "size": 20<<20 + 1})},
		{"files that are too large together", "out-of-range document.file ", attach(object{"url": "https://example.no/a", "contentType": "image/png", "size": 13 << 20})},
		{"a file without an address", "missing-member document.file ", attach(object{"data": "eHg=", "contentType": "image/png"})},
		{"completed without a signature", "missing-member signed.name QuestionnaireResponse.item[0]", without("signed.name")},
		{"completed without an answer", "missing-member status.A-1 ", without("status.A-1")},
		{"completed without a group", "missing-member fact.guidance QuestionnaireResponse", without("facts")},
		{"completed without an explanation", "missing-member explanation.A-2 ", without("explanation.A-2")},
		{"completed without a reason", "missing-member reason.D-1 ", without("reason.D-1")},
		{"completed without a due day", "missing-member due.A-2 ", without("due.A-2")},
		{"a document without a title", "missing-member document.title QuestionnaireResponse.item[5].item[0]", without("document.title")},
		{"a wording that is no digest", "bad-format requirement.A-1 ", carried("requirement.A-1", 0, "wording", "valueString", "abc")},
		{"a moment that is none", "bad-format requirement.A-1 ", carried("requirement.A-1", 0, "at", "valueDateTime", "yesterday")},
		{"an identity number of who answered", "personal-data requirement.A-1 ", carried("requirement.A-1", 0, "by", "valueString", "13097248022")},
		{"a last day that is none", "bad-format requirement.V1.1 ", carried("requirement.V1.1", 1, "until", "valueDate", "2027-02-30")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approvalfhir.Import(edited(t, c.edit), testSet(t), approvalfhir.Options{})
			found := list(refused(t, err))
			assert.True(t, strings.HasPrefix(found[0], c.want), "%s, want %s", found, c.want)
			assert.NotContains(t, err.Error(), "13097248022")
		})
	}
}

// attach gives each document the same file.
func attach(file object) func(object) {
	return func(r object) {
		each(r, func(i object) {
			if i["linkId"] == "document" {
				i["item"] = append(i["item"].([]any), object{"linkId": "document.file", "answer": []any{object{"valueAttachment": file}}})
			}
		})
	}
}

// carried changes one value within an extension of an item.
func carried(id string, place int, part, member, value string) func(object) {
	return func(r object) {
		each(r, func(i object) {
			if i["linkId"] == id {
				for _, p := range i["extension"].([]any)[place].(object)["extension"].([]any) {
					if p.(object)["url"] == part {
						p.(object)[member] = value
					}
				}
			}
		})
	}
}

func TestImportTellsOfWhatIsLeftOut(t *testing.T) {
	cases := []struct {
		name string
		want []string
		edit func(object)
	}{
		{"nothing", []string{}, func(object) {}},
		{"who sent it", []string{"not-kept  QuestionnaireResponse.author"}, set("author", object{"reference": "Practitioner/1"})},
		{"an unknown question", []string{"unknown-question  QuestionnaireResponse.item[0].item[0]"}, func(r object) {
			group := r["item"].([]any)[0].(object)
			group["item"] = append([]any{object{"linkId": "declaration.colour", "answer": []any{object{"valueString": "red"}}}}, group["item"].([]any)...)
		}},
		{"a question in another group", []string{"unknown-question  QuestionnaireResponse.item[6]"}, func(r object) {
			r["item"] = append(r["item"].([]any), object{"linkId": "document.title", "answer": []any{object{"valueString": "x"}}})
		}},
		{"a reason with a yes, and answers to what asks for the reason", []string{"not-shown reason.D-1 QuestionnaireResponse.item[3].item[0].item[1]",
			"not-shown status.D-4 QuestionnaireResponse.item[3].item[3].item[0]", "not-shown status.D-5 QuestionnaireResponse.item[3].item[4].item[0]"},
			reply("status.D-1", object{"valueCoding": object{"system": approvalfhir.SystemStatus, "code": "yes"}})},
		{"an extension of others", []string{"not-kept status.A-1 QuestionnaireResponse.item[2].item[0].item[0].extension[0]"}, func(r object) {
			each(r, func(i object) {
				if i["linkId"] == "status.A-1" {
					i["extension"] = []any{object{"url": "https://other.example", "valueString": "x"}}
				}
			})
		}},
		{"a help item without an answer", []string{}, func(r object) {
			each(r, func(i object) {
				if i["linkId"] == "status.A-1" {
					i["answer"].([]any)[0].(object)["item"] = []any{object{"linkId": "help.A-1"}}
				}
			})
		}},
		{"none of these and some", []string{"contradiction fact.platforms QuestionnaireResponse.item[1].item[2]"}, func(r object) {
			each(r, func(i object) {
				if i["linkId"] == "fact.platforms" {
					i["answer"] = append(i["answer"].([]any), object{"valueCoding": object{"system": approvalfhir.SystemNone, "code": "none"}})
				}
			})
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := imported(t, edited(t, c.edit), testSet(t))
			assert.Equal(t, c.want, list(got.Notes))
			for _, n := range got.Notes {
				assert.Len(t, n.Text, 3)
			}
		})
	}
}

// A renderer that keeps the answers of hidden questions (medplum did) sends what does not apply.
func TestAnswersToWhatDoesNotApplyAreDropped(t *testing.T) {
	set := testSet(t)
	got := imported(t, edited(t, func(r object) {
		reply("fact.login", object{"valueBoolean": false})(r)
		r["status"] = "in-progress"
	}), set)
	want := full(t, set)
	want.Facts["login"] = false
	for _, id := range []string{"B-3", "B-9", "C-1", "C-3", "D-6"} { // B-9 asks about C-1; C-2 and so D-3 still apply: the tool is guided
		delete(want.Answers, id)
	}
	assert.Equal(t, []string{
		"not-shown status.B-3 QuestionnaireResponse.item[2].item[3].item[0]",
		"not-shown status.B-9 QuestionnaireResponse.item[2].item[7].item[0]",
		"not-shown status.C-1 QuestionnaireResponse.item[2].item[8].item[0]",
		"not-shown status.C-3 QuestionnaireResponse.item[2].item[10].item[0].item[0].item[0].item[0]",
		"not-shown status.D-6 QuestionnaireResponse.item[3].item[5].item[0].item[0]",
	}, list(got.Notes))
	assert.Equal(t, want, got.Declaration)
}

// What may apply is kept: nobody knows yet.
func TestAnswersToWhatMayApplyAreKept(t *testing.T) {
	set := testSet(t)
	got := imported(t, edited(t, func(r object) {
		without("fact.login")(r)
		reply("status.C-1", object{"valueCoding": object{"system": approvalfhir.SystemStatus, "code": "no"}})(r)
		r["status"] = "in-progress"
	}), set)
	assert.Contains(t, got.Declaration.Answers, "B-3")
	assert.Contains(t, got.Declaration.Answers, "B-9", "it asks about C-1, which may not apply whatever was answered to it")
	assert.Empty(t, got.Notes)
}

func TestInProgressDemandsNothing(t *testing.T) {
	set := testSet(t)
	for _, status := range []string{"in-progress", "stopped"} {
		data := `{"resourceType":"QuestionnaireResponse","status":"` + status + `","questionnaire":"` + approvalfhir.URL(set.Ref(), "nn") + `|1.0.0"}`
		got := imported(t, []byte(data), set)
		assert.False(t, got.Completed)
		assert.Equal(t, set.Ref(), got.Declaration.Set)
		assert.Empty(t, got.Declaration.Answers)
	}
	data, err := json.Marshal(object{"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": approvalfhir.URL(set.Ref(), "nn") + "|1.0.0"})
	require.NoError(t, err)
	_, err = approvalfhir.Import(data, set, approvalfhir.Options{})
	for _, p := range refused(t, err) {
		assert.Equal(t, "missing-member", p.Code)
		assert.NotEmpty(t, p.Question)
	}
	assert.True(t, imported(t, edited(t, func(r object) { r["status"] = "amended" }), set).Completed)
}

func TestAttachmentsBecomeAddresses(t *testing.T) {
	set := testSet(t)
	got := imported(t, edited(t, func(r object) {
		without("document.url")(r)
		attach(object{"url": "https://example.no/a.pdf", "contentType": "application/pdf", "size": 12 << 20, "title": "A"})(r)
	}), set)
	assert.Empty(t, list(got.Notes))
	for _, e := range got.Declaration.Evidence {
		assert.Equal(t, "https://example.no/a.pdf", e.URL)
		assert.Equal(t, "application/pdf", e.MediaType)
		assert.Equal(t, int64(12<<20), e.Size)
	}
}

func TestWhoAnsweredCanBeGiven(t *testing.T) {
	set := testSet(t)
	plain := func(r object) { each(r, func(i object) { delete(i, "extension") }) }
	oslo := time.FixedZone("Oslo", 3600)
	got, err := approvalfhir.Import(edited(t, plain), set, approvalfhir.Options{By: "Ola Nordmann", At: time.Date(2026, 11, 2, 9, 0, 0, 1, oslo)})
	require.NoError(t, err)
	require.NotEmpty(t, got.Declaration.Answers)
	for id, a := range got.Declaration.Answers {
		r, _ := set.Requirement(id)
		assert.Equal(t, &approval.Answered{By: "Ola Nordmann", At: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC), Wording: r.Wording()}, a.Answered)
	}
	got, err = approvalfhir.Import(edited(t, func(object) {}), set, approvalfhir.Options{By: "Other", At: decided})
	require.NoError(t, err)
	assert.Equal(t, "Ola Nordmann", got.Declaration.Answers["A-1"].Answered.By, "what the response says holds")
	for _, o := range []approvalfhir.Options{{By: "Ola"}, {At: decided}, {By: "13097248022", At: decided}} {
		_, err := approvalfhir.Import(edited(t, func(object) {}), set, o)
		assert.ErrorContains(t, err, "invalid Options")
		assert.NotContains(t, err.Error(), "13097248022")
	}
}

func TestAFormUnderAnotherAddress(t *testing.T) {
	set := testSet(t)
	data := edited(t, func(r object) { r["questionnaire"] = "Questionnaire/250|1.0.0" })
	_, err := approvalfhir.Import(data, set, approvalfhir.Options{URL: "Questionnaire/250"})
	require.NoError(t, err)
	_, err = approvalfhir.Import(data, set, approvalfhir.Options{URL: "Questionnaire/251"})
	assert.Equal(t, []string{"other-form  QuestionnaireResponse.questionnaire"}, list(refused(t, err)))
	_, err = approvalfhir.Import(edited(t, func(object) {}), set, approvalfhir.Options{URL: "Questionnaire/250"})
	assert.Error(t, err)
}

func TestImportRefusesWhatIsNoJSON(t *testing.T) {
	for text, want := range map[string]string{"": "syntax", "{}": "too-few", `{"a":1,"a":2}`: "duplicate-member", `{"a":""}`: "too-short", "[]": "too-few"} {
		_, err := approvalfhir.Import([]byte(text), testSet(t), approvalfhir.Options{})
		codes := []string{}
		for _, p := range refused(t, err) {
			codes = append(codes, p.Code)
		}
		assert.Contains(t, codes, want, text)
	}
}
