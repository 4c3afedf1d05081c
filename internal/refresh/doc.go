// Package refresh decides when something that was fetched from somebody else is
// fetched again: an issuer's keys, a server's metadata. [Schedule] counts the
// time, [Flight] lets one fetch do for all who wait, [Age] reads how long an
// answer is good.
//
// None of it locks: whoever holds what was fetched has a lock already, and calls
// with it. What to do while there is nothing newer is the caller's decision.
package refresh
