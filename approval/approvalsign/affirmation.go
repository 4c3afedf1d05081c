package approvalsign

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Affirmation is what a person affirms by signing. The zero Affirmation is refused.
type Affirmation struct {
	// Statement is the sentence that the person saw and agreed to, in the
	// language in which it was shown; at most 1000 characters. See [Statement].
	Statement string
	// SignedBy is who affirms: the same as the declaration's signedBy. No
	// identity number.
	SignedBy approval.Signatory
	// At is when, in whole seconds; what is less is cut off. Required.
	At time.Time
}

// Statement is a sentence to be shown before signing: nb, nn and en. It is this
// project's proposal, not a text from a law.
func Statement() catalogue.Text {
	return catalogue.Text{
		"nb": "Jeg bekrefter at opplysningene i selvdeklarasjonen er riktige og fullstendige så langt jeg vet, og at jeg kan svare for leverandøren.",
		"nn": "Eg stadfestar at opplysningane i sjølvdeklarasjonen er rette og fullstendige så langt eg veit, og at eg kan svare for leverandøren.",
		"en": "I confirm that the information in the self-declaration is correct and complete as far as I know, and that I can answer for the vendor.",
	}
}

// Bounds of an affirmation, in characters.
const (
	mostStatement = 1000
	mostName      = 200
)

// form is the form of the time: RFC 3339 in UTC.
const form = "2006-01-02T15:04:05Z"

// written is an affirmation as the header has it.
type written struct {
	Statement string             `json:"statement"`
	SignedBy  approval.Signatory `json:"signedBy"`
	At        string             `json:"at"`
}

func (a Affirmation) written() written {
	return written{a.Statement, a.SignedBy, a.At.UTC().Format(form)}
}

// check says what is wrong, without saying what was found.
func (a Affirmation) check() error {
	switch {
	case !readable(a.Statement, mostStatement):
		return fmt.Errorf("%w, want a statement of at most %d characters without control characters or identity numbers", ErrAffirmation, mostStatement)
	case !readable(a.SignedBy.Name, mostName) || a.SignedBy.Title != "" && !readable(a.SignedBy.Title, mostName):
		return fmt.Errorf("%w, want a name of at most %d characters, and a title of as many or none, without control characters or identity numbers",
			ErrAffirmation, mostName)
	case a.At.IsZero() || a.At.UTC().Year() < 2000 || a.At.UTC().Year() > 9999:
		return fmt.Errorf("%w, want the time of signing", ErrAffirmation)
	}
	return nil
}

func readable(text string, most int) bool {
	return strings.TrimSpace(text) != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= most &&
		!strings.ContainsFunc(text, steers) && !nationalid.Contains(text)
}

// steers finds control characters, and those that turn the direction of what follows.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// readAffirmation reads the header's member.
func readAffirmation(v *strictjson.Value, there bool) (Affirmation, error) {
	var w written
	if !there || v.Decode(&w) != nil {
		return Affirmation{}, fmt.Errorf("%w, want statement, signedBy and at", ErrAffirmation)
	}
	at, err := time.Parse(form, w.At)
	if err != nil || at.Format(form) != w.At {
		return Affirmation{}, fmt.Errorf("%w, want the time of signing as %s", ErrAffirmation, form)
	}
	a := Affirmation{w.Statement, w.SignedBy, at}
	return a, a.check()
}
