package report

import (
	"fmt"
	"regexp"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Subject is how a tool knows what was prescribed, from the message that opened
// it (package launch). Each field holds letters, digits and . _ : / | ~ - and is
// no identity number; an address is given without a query. Portal, and Task or
// Launch, are required.
type Subject struct {
	// Portal is who is told: a name of the tool's own choice, such as "helsenorge",
	// or the issuer of the launch. [Routes] finds the [Sender] by it. At most 200
	// characters.
	Portal string
	// Task is the reference or id of the task or prescription, such as "Task/7f3a".
	// At most 200 characters.
	Task string
	// Launch is the id of the launch message. It names the subject if there is no
	// Task; otherwise it only goes along. At most 200 characters.
	Launch string
	// Definition is the canonical address of what is to be done; it only goes along.
	// At most 400 characters.
	Definition string
}

// Key is what makes subjects the same: the portal with the task, or with the
// launch if there is no task. For those who write a [Store].
func (s Subject) Key() string {
	if s.Task != "" {
		return s.Portal + " task " + s.Task
	}
	return s.Portal + " launch " + s.Launch
}

var form = regexp.MustCompile(`^[0-9A-Za-z._:/|~-]+$`)

func isForm(s string, longest int) bool {
	return len(s) <= longest && form.MatchString(s) && !nationalid.Contains(s)
}

const (
	longestName       = 200
	longestDefinition = 400
)

func (s Subject) check() error {
	if !isForm(s.Portal, longestName) {
		return wanted("Portal", longestName)
	}
	return s.checkNames()
}

// checkNames is what a receiver checks, which needs no portal.
func (s Subject) checkNames() error {
	switch {
	case s.Task == "" && s.Launch == "":
		return fmt.Errorf("%w: want a Task or a Launch", ErrSubject)
	case s.Task != "" && !isForm(s.Task, longestName):
		return wanted("Task", longestName)
	case s.Launch != "" && !isForm(s.Launch, longestName):
		return wanted("Launch", longestName)
	case s.Definition != "" && !isForm(s.Definition, longestDefinition):
		return wanted("Definition", longestDefinition)
	}
	return nil
}

func wanted(field string, longest int) error {
	return fmt.Errorf("%w: field %s: want 1 to %d letters, digits and . _ : / | ~ - that are no identity number", ErrSubject, field, longest)
}
