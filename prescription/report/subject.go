package report

import (
	"fmt"
	"regexp"

	"github.com/verktoykatalog/verktoy/internal/launchform"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Subject is how a tool knows what was prescribed, from the message that opened
// it (package launch). Portal, and Task or Launch, are required. None may hold what
// can be an identity number.
//
// What only goes along makes no report impossible: a Definition, and a Launch
// beside a Task, that are not as they must be are left out. All that a launch was
// accepted with goes along.
type Subject struct {
	// Portal is who is told: a name of the tool's own choice, such as "helsenorge",
	// or the issuer of the launch. [Routes] finds the [Sender] by it. 1 to 200
	// letters, digits and . _ : / | ~ -
	Portal string
	// Task is the reference or id of the task or prescription, such as "Task/7f3a":
	// at most 200 letters, digits and . _ : / | ~ -
	Task string
	// Launch is the id of the launch message. It names the subject if there is no
	// Task; otherwise it only goes along. At most 255 visible characters of ASCII.
	Launch string
	// Definition is the canonical address of what is to be done; it only goes along.
	// At most 1,024 bytes that can be shown, without space.
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

const longestName = 200

const wantName = "1 to 200 letters, digits and . _ : / | ~ - that are no identity number"

// kept is the subject without what only goes along and is not as it must be.
func (s Subject) kept() Subject {
	if s.Task != "" && !isLaunch(s.Launch) {
		s.Launch = ""
	}
	if !launchform.Definition(s.Definition) || nationalid.Contains(s.Definition) {
		s.Definition = ""
	}
	return s
}

func isLaunch(s string) bool { return launchform.ID(s) && !nationalid.Contains(s) }

func (s Subject) check() error {
	if !isForm(s.Portal, longestName) {
		return wanted("Portal", wantName)
	}
	return s.checkNames()
}

// checkNames is what a receiver checks, which needs no portal.
func (s Subject) checkNames() error {
	switch {
	case s.Task == "" && s.Launch == "":
		return fmt.Errorf("%w: want a Task or a Launch", ErrSubject)
	case s.Task != "" && !isForm(s.Task, longestName):
		return wanted("Task", wantName)
	case s.Launch != "" && !isLaunch(s.Launch):
		return wanted("Launch", "1 to 255 visible characters of ASCII that are no identity number")
	}
	return nil
}

func wanted(field, want string) error {
	return fmt.Errorf("%w: field %s: want %s", ErrSubject, field, want)
}
