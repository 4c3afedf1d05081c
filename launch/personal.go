package launch

import (
	"regexp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// personalClaims are the registered names for what says who somebody is
// (OpenID Connect Core, section 5.1) and Norwegian providers' name for the
// identity number.
var personalClaims = []string{"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "email",
	"phone_number", "birthdate", "address", "pid"}

// twoWords looks for the form of a name; few texts have what can stand between two words.
func twoWords(text string) bool {
	return (strings.ContainsAny(text, " ,%+") || strings.Contains(text, "\u00a0")) && words.MatchString(text)
}

// words finds two words with a space between, however it is written.
var words = regexp.MustCompile(`\pL( |\x{a0}|,|%20|\+)+\pL`)

// PersonalData says whether a text that should be a pseudonym or a reference
// may hold an identity number, an e-mail address, a web address or a name. It
// errs on the side of yes. It cannot know a name that is written as one word.
func PersonalData(text string) bool {
	return nationalid.Contains(text) || strings.Contains(text, "@") || strings.Contains(text, "://") || twoWords(text)
}

// personal looks through a whole payload but for iss and aud, which are agreed
// words. HTI 2.0, "Personal data": no name, e-mail account or social
// identification number. In claims that no profile reads, web addresses and
// sentences are let be.
func personal(payload *strictjson.Value) bool {
	return slices.ContainsFunc(payload.Members, func(m strictjson.Member) bool {
		switch m.Name {
		case "iss", "aud":
			return false
		case "sub", "patient", "resource":
			return PersonalData(m.Value.Text)
		case "definition":
			return nationalid.Contains(m.Value.Text)
		}
		return slices.Contains(personalClaims, m.Name) || traceable(m)
	})
}

// traceable looks for identity numbers and e-mail addresses at any depth.
func traceable(m strictjson.Member) bool {
	v := m.Value
	if nationalid.Contains(m.Name) || nationalid.Contains(v.Text) || strings.Contains(v.Text, "@") {
		return true
	}
	for _, item := range v.Items {
		if traceable(strictjson.Member{Value: item}) {
			return true
		}
	}
	return slices.ContainsFunc(v.Members, traceable)
}
