package approvalfhir_test

// renderer shows and hides items by the letter of FHIR R4 (hl7.org/fhir/R4/questionnaire-definitions.html, enableWhen and
// enableBehavior; codesystem-questionnaire-enable-operator.html). It knows the JSON of a Questionnaire and nothing of how we write it. What
// is hidden has no answer, as in Helsenorge's refero.
type renderer struct {
	form    object
	answers map[string][]any // by linkId: the values of answer, each as JSON
}

// settle takes away the answers of hidden items until nothing more is hidden, and gives the linkIds that are shown.
func (r renderer) settle() map[string]bool {
	for {
		shown := map[string]bool{}
		r.show(r.form, shown)
		gone := false
		for id := range r.answers {
			if !shown[id] {
				delete(r.answers, id)
				gone = true
			}
		}
		if !gone {
			return shown
		}
	}
}

func (r renderer) show(in object, shown map[string]bool) {
	items, _ := in["item"].([]any)
	for _, each := range items {
		item := each.(object)
		if r.enabled(item) {
			shown[item["linkId"].(string)] = true
			r.show(item, shown)
		}
	}
}

func (r renderer) enabled(item object) bool {
	conditions, has := item["enableWhen"].([]any)
	if !has {
		return true
	}
	every, some := true, false
	for _, c := range conditions {
		holds := r.holds(c.(object))
		every, some = every && holds, some || holds
	}
	if item["enableBehavior"] == "any" {
		return some
	}
	return every
}

// holds when at least one answer to the question fits.
func (r renderer) holds(c object) bool {
	for _, given := range r.answers[c["question"].(string)] {
		if fits(given, c) {
			return true
		}
	}
	return false
}

func fits(given any, c object) bool {
	switch c["operator"] {
	case "=":
		if coding, is := c["answerCoding"].(object); is {
			one, is := given.(object)
			return is && one["system"] == coding["system"] && one["code"] == coding["code"]
		}
		return given == c["answerBoolean"] || given == c["answerInteger"]
	case ">=":
		return given.(float64) >= c["answerInteger"].(float64)
	case "<":
		return given.(float64) < c["answerInteger"].(float64)
	}
	panic(c["operator"])
}
