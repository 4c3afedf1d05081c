package approvalfhir_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func sets(t testing.TB) []*approval.RequirementSet { return append(released(t), testSet(t)) }

// shape is all of an item but its words.
func shape(in object) []object {
	var out []object
	each(in, func(i object) {
		one := object{}
		for _, name := range []string{"linkId", "type", "enableWhen", "enableBehavior", "required", "repeats", "prefix"} {
			one[name] = i[name]
		}
		codes := []any{}
		options, _ := i["answerOption"].([]any)
		for _, o := range options {
			c := o.(object)["valueCoding"].(object)
			codes = append(codes, c["system"], c["code"])
		}
		one["codes"] = codes
		out = append(out, one)
	})
	return out
}

// Helsenorge's forms are one Questionnaire for each language, with the same linkIds, types and conditions.
func TestTheLanguagesDifferInWordsOnly(t *testing.T) {
	for _, set := range sets(t) {
		bundle, _ := exported(t, set)
		all := forms(t, bundle)
		require.Len(t, all, 3)
		first := shape(all[0])
		require.Greater(t, len(first), len(set.Requirements))
		titles := map[any]bool{}
		for i, tag := range []string{"nb-NO", "nn-NO", "en-GB"} {
			q := all[i]
			assert.Equal(t, first, shape(q))
			assert.Equal(t, tag, q["language"])
			assert.Equal(t, tag, q["meta"].(object)["tag"].([]any)[0].(object)["code"])
			assert.Equal(t, "urn:ietf:bcp:47", q["meta"].(object)["tag"].([]any)[0].(object)["system"])
			assert.NotEmpty(t, q["name"])
			assert.NotEmpty(t, q["title"])
			assert.Equal(t, set.Version, q["version"])
			titles[q["title"]] = true
		}
		assert.Len(t, titles, 3, "each has its own words")
	}
}

func TestEveryConditionSaysItsBehaviour(t *testing.T) {
	conditions := 0
	for _, set := range sets(t) {
		bundle, _ := exported(t, set)
		for _, q := range forms(t, bundle) {
			ids := map[any]bool{}
			each(q, func(i object) {
				assert.False(t, ids[i["linkId"]], "%v is there twice", i["linkId"])
				ids[i["linkId"]] = true
			})
			each(q, func(i object) {
				when, has := i["enableWhen"].([]any)
				assert.Equal(t, has, i["enableBehavior"] == "all" || i["enableBehavior"] == "any", i["linkId"])
				for _, w := range when {
					conditions++
					assert.Contains(t, []any{"=", ">=", "<"}, w.(object)["operator"])
					assert.True(t, ids[w.(object)["question"]], "%v asks about %v", i["linkId"], w.(object)["question"])
				}
			})
		}
	}
	assert.Greater(t, conditions, 1000)
}

// The invariants of Questionnaire that the validator does not know (hl7.org/fhir/R4/questionnaire.html#invs); que-2 and que-12 are above.
func TestInvariants(t *testing.T) {
	seen := map[any]int{}
	for _, set := range sets(t) {
		bundle, _ := exported(t, set)
		q := forms(t, bundle)[0]
		assert.Regexp(t, `^[A-Z]([A-Za-z0-9_]){0,254}$`, q["name"], "que-0")
		each(q, func(i object) {
			seen[i["type"]]++
			_, nested := i["item"]
			_, options := i["answerOption"]
			assert.False(t, i["type"] == "group" && !nested, "que-1: %v is empty", i["linkId"])
			assert.False(t, i["type"] == "display" && nested, "que-1: %v", i["linkId"])
			assert.False(t, options && i["type"] != "choice" && i["type"] != "open-choice", "que-5: %v", i["linkId"])
			for _, name := range []string{"required", "repeats", "readOnly"} {
				_, has := i[name]
				assert.False(t, has && i["type"] == "display", "que-6, que-9: %v", i["linkId"])
			}
		})
	}
	assert.Len(t, seen, 11, "kinds of items: %v", seen)
}

func TestItemsAreAsHelsenorgeHasThem(t *testing.T) {
	bundle, _ := exported(t, testSet(t))
	q := forms(t, bundle)[0]
	help := find(t, q, "help.A-1")
	assert.Equal(t, "text", help["type"])
	assert.Equal(t, "Hjelp til A-1", help["text"])
	control := help["extension"].([]any)[0].(object)["valueCodeableConcept"].(object)["coding"].([]any)[0]
	assert.Equal(t, object{"system": "http://hl7.org/fhir/ValueSet/questionnaire-item-control", "code": "help"}, control)
	assert.Equal(t, "help.A-1", find(t, q, "status.A-1")["item"].([]any)[0].(object)["linkId"], "help is a child of its question")

	assert.Equal(t, "boolean", find(t, q, "fact.login")["type"])
	age := find(t, q, "fact.minimumAge")
	assert.Equal(t, "integer", age["type"])
	assert.Equal(t, []any{object{"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0.0},
		object{"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 120.0}}, age["extension"])
	platforms := find(t, q, "fact.platforms")
	assert.Equal(t, "choice", platforms["type"])
	assert.Equal(t, true, platforms["repeats"])
	assert.Len(t, platforms["answerOption"], 4, "three and none of them")

	nested := find(t, q, "when1.C-2")
	assert.Equal(t, "any", nested["enableBehavior"])
	assert.Equal(t, "requirement.C-2", nested["item"].([]any)[0].(object)["linkId"])

	file := find(t, q, "document.file")
	assert.Equal(t, "attachment", file["type"])
	var types []any
	for _, x := range file["extension"].([]any) {
		types = append(types, x.(object)["valueCode"], x.(object)["valueDecimal"])
	}
	assert.Equal(t, []any{"image/jpeg", nil, "image/png", nil, "application/pdf", nil, nil, 20.0}, types)
}

func TestLosses(t *testing.T) {
	_, losses := exported(t, testSet(t))
	var got []string
	for _, l := range losses {
		got = append(got, l.Requirement+" "+l.Code+" "+l.Pointer)
		assert.Len(t, l.Text, 3)
	}
	assert.Equal(t, []string{
		"A-2 condition-on-a-reason /requirements/1/notApplicable/0/when",
		"E-1 not-of-several /requirements/22/when",
		"E-2 never-applies /requirements/23/when",
		"E-4 question-not-in-form /requirements/25/when",
		"E-5 days-in-force /requirements/26",
		"E-6 question-not-in-form /requirements/27/when",
	}, got)
	for _, set := range released(t) {
		_, losses := exported(t, set)
		for _, l := range losses {
			assert.Equal(t, approvalfhir.LossReason, l.Code, "%s %s", set.ID, l.Pointer)
		}
	}
}

func TestWhatNeverAppliesOrIsWithdrawnIsNotAsked(t *testing.T) {
	bundle, _ := exported(t, testSet(t))
	each(forms(t, bundle)[0], func(i object) {
		assert.NotContains(t, []any{"requirement.E-2", "requirement.E-3"}, i["linkId"])
	})
}

func TestExportIsDeterministic(t *testing.T) {
	set := testSet(t)
	first, _ := exported(t, set)
	for range 20 {
		again, _ := exported(t, set)
		require.Equal(t, string(first), string(again))
	}
}

func TestExportRefuses(t *testing.T) {
	for _, set := range []*approval.RequirementSet{nil, {}} {
		_, _, err := approvalfhir.Export(set)
		assert.ErrorIs(t, err, approval.ErrSet)
		_, err = approvalfhir.Questionnaire(set, "nb")
		assert.ErrorIs(t, err, approval.ErrSet)
		_, err = approvalfhir.Import([]byte(`{}`), set, approvalfhir.Options{})
		assert.ErrorIs(t, err, approval.ErrSet)
	}
	for _, lang := range []catalogue.Lang{"", "se", "nb-NO"} {
		_, err := approvalfhir.Questionnaire(testSet(t), lang)
		assert.ErrorContains(t, err, "want nb, nn or en")
	}
}
