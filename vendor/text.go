package vendor

// Text is a text for people, in Bokmål, Nynorsk and English.
type Text struct {
	NB string `json:"nb"`
	NN string `json:"nn"`
	EN string `json:"en"`
}

// In gives the text in lang: "nb" or "nn"; English otherwise.
func (t Text) In(lang string) string {
	switch lang {
	case "nb":
		return t.NB
	case "nn":
		return t.NN
	}
	return t.EN
}

// complete says that there is a text in every language.
func (t Text) complete() bool { return t.NB != "" && t.NN != "" && t.EN != "" }
