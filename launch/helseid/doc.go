// Package helseid calls Norwegian health APIs as a system: it gets access tokens
// from HelseID, binds each to this process's key (DPoP), and sends the request.
//
// Most programs need [New] and give the [Client] to whoever calls an API: its
// [Client.Do] is that of an [*http.Client]. [Client.For] is the same client for
// another organisation. [Client.Check] says at start whether there is a token.
//
// The caller must register the public key of Config.Key with HelseID, list the
// hosts that may see a token in Config.APIs, and look at errors: one that is
// [ErrOutcomeUnknown] means that the request may have been carried out, and must
// not simply be sent again. A request with an Idempotency-Key header is repeated
// for the caller; so are GET, HEAD and OPTIONS, and whatever surely was not
// carried out. PUT and DELETE are not, without that header.
//
// What is done for every attempt: a token with more than Config.Margin left, a
// fresh client assertion for each token request, a fresh proof for each request,
// the newest nonce of each origin, one repeat when a server asks for a nonce,
// and one with a new token after 401 or 403. Redirects are never followed,
// answers end at 10 MiB and with Config.Timeout. Nothing of a token, a key, a
// path, a query or a body is in any log or error.
//
// Not done here: login of persons, token exchange, refresh tokens, registration
// and rotation of the client's key at HelseID. Access tokens are opaque: what is
// in them (cnf, organisation numbers) is for the API to check.
//
// Where HelseID's documentation leaves a choice or contradicts itself:
//
//   - The name of the claim with the organisation numbers is assertion_details
//     in the requirements and the newer libraries, authorization_details in the
//     samples. Config.DetailsClaim says which; the first is the default.
//   - The identifier system of a child organisation is urn:oid:2.16.578.1.12.4.1.2.101
//     in the samples; HelseID's Java library has urn:oid:2.16.578.1.12.4.1.4.101.
//     Config.ChildSystem says which; the first is the default.
//   - Its key tool takes RS256 for assertions, which FAPI 2.0 forbids: [New]
//     refuses such a key, and [Client.Check] a ring's. PS256 and ES256 are good.
//   - When all scopes are rejected, the answer is assumed to be invalid_scope.
//   - The lifetime of tokens is what expires_in says, nothing else.
//
// Specification: FAPI 2.0 Security Profile as HelseID has it; RFC 6749 section
// 4.4, RFC 7523, RFC 8414, RFC 9449. The API may change until version 1.
package helseid
