// Command epr is the smallest honest embedding of package prescription in an
// EPR: with its own tables, in its own transaction, and with a worker.
//
//	go run ./examples/epr migrate   -sqlite epr.db
//	go run ./examples/epr patient   -sqlite epr.db -patient p-7f3a9c21 -born 1990-01-15 # reads the identity number from standard input
//	go run ./examples/epr prescribe -sqlite epr.db -patient p-7f3a9c21 -tool sovn-steg-for-steg -unit insomni-8-uker -read -note "Sleeps badly."
//	go run ./examples/epr worker    -sqlite epr.db                          # delivers, and takes reports from tools
//	go run ./examples/epr list      -sqlite epr.db -patient p-7f3a9c21
//	go run ./examples/epr cancel    -sqlite epr.db -id ID -version 2 -reason no-longer-needed
//	go run ./examples/epr overdue   -sqlite epr.db -days 7
//	go run ./examples/epr stopped   -sqlite epr.db
//	go run ./examples/epr report    -sqlite epr.db -year 2026
//	go run ./examples/epr dead      -sqlite epr.db
//	go run ./examples/epr release   -sqlite epr.db ID
//
// With -postgres DSN instead of -sqlite FILE it works on PostgreSQL; a password
// belongs into PGPASSWORD or ~/.pgpass, where other users of the machine do not
// see it. -catalogue FILE takes the tools from a document instead of the sample,
// whose approvals end in 2027 and 2028.
// "epr COMMAND -h" tells the flags.
//
// -oppgave URL is Helsenorge's task API. To try it, start the simulator beside it:
//
//	go run ./examples/helsenorge -oppgave-addr 127.0.0.1:40007
//	go run ./examples/epr worker -sqlite epr.db -oppgave http://127.0.0.1:40007
//
// Without it the worker prints what it would deliver, without the identity
// number, and that counts as delivered. Give it to prescribe and cancel, too: then
// what Helsenorge would refuse is refused before anything is written.
//
// Tools post their reports, as package prescription/report sends them with
// EPRWire, to the address that the worker prints. Each has a secret of 16
// characters or more, which is its bearer token; they are in the environment:
//
//	EPR_TOOL_SECRETS=sovn-steg-for-steg=SECRET,other-tool=SECRET
//
// Exit status: 0 done, 1 it could not be done, 2 wrong use.
//
// # In a real EPR
//
// What a real EPR needs is in service.go, prescribe.go and worker.go; the rest is
// a command line.
//
//   - epr_journal and epr_patient stand for the EPR's journal and its register of
//     patients. The pseudonym is random and is all that the prescription's audit
//     trail knows of a citizen. Tools that are for certain ages need the birth date.
//   - prescribe in prescribe.go is the click: the note is written and the tool
//     prescribed in one transaction, and the note's id is the key of the request, so
//     that the same click twice writes one of each. Write first, read later: then
//     SQLite never has to refuse.
//   - tenant and therapist come from the login. Here they are constants.
//   - stopped in stopped.go is for when a tool is withdrawn or paused: who has
//     prescribed it decides what the citizen shall have instead. It looks at all tools
//     of the catalogue, so that nothing is missed that happened while nothing ran. An EPR
//     with a catalogue.Follower is told by its OnChange at once, with a Snapshot also of
//     that, and asks Index.Ended once a day besides.
//   - The worker is a process of its own, or several: each message is handed to one
//     of them. Without it nothing is delivered, and nothing is lost. Errors of a delivery are in its log, and in list and dead.
//   - What calls Helsenorge is a plain [net/http.Client], which is enough for the
//     simulator. The real API wants a HelseID token: put the client of launch/helseid
//     in its place, in service.go.
//   - Identity numbers must be synthetic. Real ones need Config.Synthetic to be
//     false, and a database that is encrypted.
//   - A tool that reports to Helsenorge instead is asked about with
//     oppgave.Deliverer.Look.
//   - TLS is the proxy's in front of the worker; it listens on this machine.
//   - migrate is for this program; hosts with a migration tool of their own take
//     prescriptionsql.SQL.
package main
