// Package report is the tool's side of a prescription: it tells the citizen's
// portal, or the system that prescribed, what has become of it, and loses nothing
// on the way.
//
// Most programs need two things of [Reporter]: the methods that say what has
// happened ([Reporter.Started], [Reporter.Progress], [Reporter.Completed] and
// their like), called in the transaction in which the tool stores the same thing
// for itself, and [Reporter.Drain], called from time to time, which delivers what
// was written. Where reports wait is a [Store]: [NewMemory] for tests, package
// reportsql for the tool's own SQLite or PostgreSQL database. How they travel is
// a [Sender]: [NewHTTPSender] with [EPRWire] for a system that runs [Handler],
// or with [StatusWire] for Helsenorge's simple status API.
//
// A report is written first and delivered later, at least once, and in the order
// in which it was written for each [Subject]. The receiver knows a report that
// comes again by [Report.ID]. What the table of [prescription.Transitions] does
// not let a tool say is refused before it is written: that something is completed
// twice, or goes on after its end. What is so already, such as a second start, is
// no error and writes nothing. Of progress that waits, only the newest is
// kept, so that a portal that is away for a week does not fill the tool's
// database; it never goes back.
//
// The caller must name the subject by codes that are no identity numbers, must
// keep one database for one tool, and must look at the [DeadLetters]: a report
// that the receiver refuses, or that was tried [Config.MaxAttempts] times, waits
// there until somebody releases it. After [ErrBusy] do the whole transaction
// again.
//
// Not checked: whether the portal agrees with the tool on where the prescription
// stands. What the tool does not know, such as that the therapist has ended it,
// the receiver finds out: for it such a report is late. Lines of subjects that
// have ended are kept until [Keeper.ForgetEnded] is called.
//
// What Helsenorge's endpoint looks like is not public: [StatusWire] says what is
// assumed. The key that makes a request safe to repeat is that of
// draft-ietf-httpapi-idempotency-key-header; problems follow RFC 9457.
//
// Before version 1 exported names may still change; changes are listed.
package report
