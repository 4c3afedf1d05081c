// Package oppgave delivers prescriptions to Helsenorge's task API: the citizen
// gets a task (oppgave) with a deadline and a link that starts the tool.
//
// Most programs need three functions. [New] makes a [Deliverer], which
// [prescription.Service.Drain] is given for the audience portal.
// [Deliverer.Policy] and [Deliverer.ChangePolicy] belong into
// [prescription.Config], so that what Helsenorge would refuse is refused before
// anything is queued. [Reports] reads what Helsenorge says of a task, for
// [prescription.Service.Apply].
//
// The caller gives an HTTP client that carries a HelseID token with the
// organisation's number, such as that of launch/helseid; one [Sender] for each
// tenant; and shows the therapist [Text] of a failed prescription's Reason. A
// citizen who is not digitally active ([ErrNotActive], code 2118) cannot be
// reached here: the prescription becomes [prescription.Failed] at once, with
// that code. [Deliverer.DigitallyActive] asks beforehand.
//
// A tool that has been withdrawn meanwhile ends a prescription too ([ErrTool]). One
// that is paused, or not in the catalogue for a moment ([ErrToolNotNow]), and a
// tenant without a [Sender] ([ErrSender]) do not: the message is tried again, and
// waits at last among the [prescription.DeadLetters].
//
// # What becomes of each event
//
//   - prescribe: a task with the prescription's id, in status ready. Sent again
//     it is the same task: Helsenorge knows its identifier.
//   - extend: the new deadline.
//   - cancel, supersede, enter in error: status cancelled, with a reason in the
//     citizen's words. A task that has ended already, or that never came, stays.
//   - A cancellation that is merely asked for ([prescription.CancelAsked]) leaves
//     the task as it is: Helsenorge has no such state, and a cancelled task cannot
//     come back. It is cancelled when the tool, the citizen or the therapist's
//     second cancellation has confirmed it. Nobody writes to the citizen about it:
//     that is the tool's to say.
//   - decline, fail: what [Config.Ends] says. Helsenorge has no word for them, and
//     a task that stays would remind the citizen of what has ended: it is taken back,
//     by the sender, as the rules allow, with a reason that tells nothing of the
//     citizen. That is assumed.
//   - complete: status completed, but only where [prescription.Config.TellPortal] is
//     set. Otherwise the tool reports it to Helsenorge itself, as that asks it to.
//   - pause, resume, note, transfer: nothing. Helsenorge has no such states, and a
//     note is between those who follow up. That a citizen has begun is the tool's to
//     report.
//
// Helsenorge changes nothing of a task that has ended or whose later deadline has
// passed: then all of this counts as done.
//
// # What is checked, and what is not
//
// [Check] and [CheckUpdate] are Helsenorge's rules, each with an error of its
// own. Not checked: whether the organisation has an agreement with Helsenorge,
// whether the link works, and whether the citizen has consented. Tokens and
// repetition are the HTTP client's and the outbox's.
//
// # Assumptions
//
// Sources are Helsenorge's pages "FHIR Task" (742948883), "Oppdaterer allerede
// innsendt oppgave" (1799520257) and "Generisk ekstern oppgave" (1808433157),
// and codes that others have seen. Not public, and assumed: how a tool's task
// names its tool (here by its link alone, see [Config.Link] and [TaskLink]), what becomes of a task that was declined
// or failed, where the second deadline stands and
// its address, that a task is changed and read by its id, the form of PATCH and
// of errors, the greatest lengths, and that 409, unless it comes with a code that
// is known to mean something else, answers a task that is there already or has
// ended. All of it is in one file, wire.go, and in [Config]; with the
// documentation at hand, replace functions of [Wire]. [New] logs what still rests
// on assumptions. Package prescription/prescriptiontest simulates the API under
// the same assumptions.
//
// Before version 1 exported names may still change; changes are listed.
package oppgave
