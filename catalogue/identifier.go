package catalogue

import (
	"errors"
	"regexp"
	"slices"
	"strconv"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Identifier is what a tool is called in another system, such as a register or the shop that sells it. It stands once in a catalogue and
// resolves for ever, as a [ToolID] does. Both members are required.
type Identifier struct {
	// System says whose identifier it is: an absolute URI, at most 2,000 characters, compared letter for letter.
	System string `json:"system"`
	// Value is at most 200 characters, without blanks at its ends, compared letter for letter.
	Value string `json:"value"`
}

// ErrIdentifierLost is what [Index.With] gives for a tool that lacks an identifier which it had before.
var ErrIdentifierLost = errors.New("catalogue: an identifier that was given out must stay with its tool")

// ByIdentifier gives the tool that another system calls so, whatever its status, as [Index.Get] does.
func (x *Index) ByIdentifier(system, value string) (Tool, bool) {
	i, known := x.called[Identifier{system, value}]
	if !known {
		return Tool{}, false
	}
	return x.tools[i].clone(), true
}

// systemForm and valueForm are what the published schema has too.
var (
	systemForm = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:\S+$`)
	valueForm  = regexp.MustCompile(`^\S(.*\S)?$`)
)

func (c *checker) identifiers(at string, list []Identifier, first map[string]string) {
	for i, id := range list {
		place := at + strictjson.Pointer(i)
		if required(c, place+"/system", id.System) {
			c.form(place+"/system", id.System, maxURL, systemForm, "an absolute URI that begins with its scheme in lower case")
		}
		if required(c, place+"/value", id.Value) {
			c.form(place+"/value", id.Value, maxName, valueForm, "a text without blanks at its ends")
		}
		if id.System != "" && id.Value != "" {
			once(c, first, id.System+" "+id.Value, place)
		}
	}
}

// form checks a text, and then its form if there is nothing else wrong with it.
func (c *checker) form(at, s string, most int, form *regexp.Regexp, want string) {
	before := len(c.found)
	c.words(at, s, most)
	if len(c.found) == before && !form.MatchString(s) {
		c.add(at, problem.BadFormat, want)
	}
}

// taken finds identifiers of t that belong to another tool.
func (x *Index) taken(t Tool) []problem.Problem {
	c := &checker{}
	for i, id := range t.Identifiers {
		if owner, known := x.called[id]; known && x.tools[owner].ID != t.ID {
			c.add("/tools/0/identifiers/"+strconv.Itoa(i), problem.Repeated, "")
		}
	}
	return c.found
}

// loses says that t takes the place of old without an identifier that old had. Those of a draft have not been given out.
func (t Tool) loses(old Tool) bool {
	return old.Status != StatusDraft && slices.ContainsFunc(old.Identifiers, func(id Identifier) bool {
		return !slices.Contains(t.Identifiers, id)
	})
}

// called finds tools by identifier.
func called(tools []Tool) map[Identifier]int {
	at := map[Identifier]int{}
	for i, t := range tools {
		for _, id := range t.Identifiers {
			at[id] = i
		}
	}
	return at
}
