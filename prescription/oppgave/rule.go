package oppgave

import (
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Rule is a rule of Helsenorge's that a task or a change of one would break. It
// wraps [prescription.ErrUndeliverable]: sending it again would not help.
type Rule struct{ code, want string }

// Error says what was wanted, never what was found.
func (r *Rule) Error() string { return "oppgave: want " + r.want }

// Code is the rule's name, which [prescription.Service.Drain] keeps.
func (r *Rule) Code() string { return r.code }

// Text says what to do, in the language.
func (r *Rule) Text(lang catalogue.Lang) string { return Text(r.code).In(lang) }

// Unwrap gives [prescription.ErrUndeliverable].
func (r *Rule) Unwrap() error { return prescription.ErrUndeliverable }

// The rules for a task. Helsenorge's own codes for some of them are 2147 and 2174.
var (
	ErrIdentifier      = &Rule{"identifier", "an identifier that is a GUID in lower case"}
	ErrCitizen         = &Rule{"citizen", "a citizen with an identity number"}
	ErrTool            = &Rule{"tool", "a tool and unit of the catalogue that may be prescribed now"}
	ErrSender          = &Rule{"sender", "a sender with a name of 1 to 200 characters and a valid organisation number"}
	ErrArea            = &Rule{"service-area", "a service area, always"}
	ErrSensitiveSender = &Rule{"sensitive-sender", "a sensitive sender, or one whose name reveals nothing"}
	ErrPriority        = &Rule{"priority", "priority routine, urgent, asap or stat"}
	ErrTitle           = &Rule{"title", "a title, and not a longer one than Helsenorge takes"}
	ErrDescription     = &Rule{"description", "a text for the citizen, and not a longer one than Helsenorge takes"}
	ErrPersonal        = &Rule{"personal", "texts and a link without an identity number"}
	ErrLink            = &Rule{"link", "a start link that is https, of at most 2,000 characters"}
	ErrDeadline        = &Rule{"deadline", "a deadline that is ahead"}
)

// The rules for deadlines and changes.
var (
	ErrDeadlineSoon      = &Rule{"deadline-soon", "a new deadline at least a day ahead"}
	ErrDeadlineOrder     = &Rule{"deadline-order", "hn-task-deadline later than restriction.period.end"}
	ErrDeadlinesTogether = &Rule{"deadlines-together", "both deadlines in every change, since both were used"}
	ErrReasonAlone       = &Rule{"reason-alone", "a statusReason only together with a status"}
	ErrStatus            = &Rule{"status", "a status that a sender may set: in-progress, completed or cancelled"}
	ErrEnded             = &Rule{"ended", "a task that is not completed, cancelled or entered in error"}
	ErrClosed            = &Rule{"closed", "a task whose later deadline has not passed"}
	ErrNoChange          = &Rule{"no-change", "a change of something"}
)
