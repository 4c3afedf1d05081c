// Package launch lets a health tool accept a citizen whom a portal sends, and
// refuse everybody else.
//
// Most tools need [NewHandler] with one [LoginProfile] (package helsenorge for
// the login at Helsenorge) or [Profile] (package hti for signed HTI messages), a
// [ReplayStore] and a function that gets the [Launch]. Portals sign with a
// [KeyRing], which rotates its keys and publishes them, and name persons with
// [Pseudonyms]. [Explain] says why a message is accepted or refused. Who writes a
// profile builds it on [NewVerifier].
//
// The caller must give every message's issuer in a closed list, start its own
// session in OnLaunch under a new session id, and, where the process may be
// restarted or there are several of them, use a shared [ReplayStore].
//
// What is known of the person in the browser is in the result: [Launch.Assurance]
// is [Bearer] when a portal signed a message that whoever holds it may use, and
// [Authenticated] when this browser went through a login. The zero [Policy]
// takes Authenticated only.
//
// What refuses a launch is an [*Error] with a stable [Kind]: ask
// errors.Is(err, launch.KindExpired), and [Error.Status] for the HTTP status.
// When something cannot be decided, because keys or a store cannot be had, the
// launch is refused with 503. No error, log or page holds a value of the message.
//
// Not checked here: that a prescription exists or is still open, that the
// definition is one of the tool's, that the browser is the one the portal meant
// (Bearer), the Host header. TLS is the server's.
//
// Rules: RFC 7519 (JWT), RFC 8725 (JWT best practice), RFC 7517 (JWK). The API
// may change until version 1; error kinds and HTTP statuses are kept.
package launch
