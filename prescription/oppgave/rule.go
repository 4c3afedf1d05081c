package oppgave

import (
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Rule is a rule of Helsenorge's that a task or a change of one would break. It
// wraps [prescription.ErrUndeliverable], since sending it again would not help,
// unless it is [ErrSender] or [ErrToolNotNow]: those are mended by whoever runs the
// system or the catalogue, and what they hold up is sent again.
type Rule struct {
	code, want string
	passing    bool
}

func lasting(code, want string) *Rule { return &Rule{code: code, want: want} }

func passing(code, want string) *Rule { return &Rule{code: code, want: want, passing: true} }

// Error says what was wanted, never what was found.
func (r *Rule) Error() string { return "oppgave: want " + r.want }

// Code is the rule's name, which [prescription.Service.Drain] keeps.
func (r *Rule) Code() string { return r.code }

// Text says what to do, in the language.
func (r *Rule) Text(lang catalogue.Lang) string { return Text(r.code).In(lang) }

// Unwrap gives [prescription.ErrUndeliverable], or nil if it may be otherwise the
// next time.
func (r *Rule) Unwrap() error {
	if r.passing {
		return nil
	}
	return prescription.ErrUndeliverable
}

// The rules for a task. Helsenorge's own codes for some of them are 2147 and 2174.
var (
	ErrIdentifier      = lasting("identifier", "an identifier that is a GUID in lower case")
	ErrCitizen         = lasting("citizen", "a citizen with an identity number")
	ErrTool            = lasting("tool", "a tool that is not withdrawn")
	ErrToolNotNow      = passing("tool-not-now", "a tool and unit that the catalogue has and that may be prescribed now")
	ErrSender          = passing("sender", "a sender with a name of 1 to 200 characters and a valid organisation number")
	ErrArea            = lasting("service-area", "a service area, always")
	ErrSensitiveSender = lasting("sensitive-sender", "a sensitive sender, or one whose name reveals nothing")
	ErrPriority        = lasting("priority", "priority routine, urgent, asap or stat")
	ErrTitle           = lasting("title", "a title, and not a longer one than Helsenorge takes")
	ErrDescription     = lasting("description", "a text for the citizen, and not a longer one than Helsenorge takes")
	ErrPersonal        = lasting("personal", "texts and a link without an identity number")
	ErrLink            = lasting("link", "a start link that is https, of at most 2,000 characters")
	ErrDeadline        = lasting("deadline", "a deadline that is ahead")
)

// The rules for deadlines and changes.
var (
	ErrDeadlineSoon      = lasting("deadline-soon", "a new deadline at least a day ahead")
	ErrDeadlineOrder     = lasting("deadline-order", "hn-task-deadline later than restriction.period.end")
	ErrDeadlinesTogether = lasting("deadlines-together", "both deadlines in every change, since both were used")
	ErrReasonAlone       = lasting("reason-alone", "a statusReason only together with a status")
	ErrStatus            = lasting("status", "a status that a sender may set: in-progress, completed or cancelled")
	ErrEnded             = lasting("ended", "a task that is not completed, cancelled or entered in error")
	ErrClosed            = lasting("closed", "a task whose later deadline has not passed")
	ErrNoChange          = lasting("no-change", "a change of something")
)
