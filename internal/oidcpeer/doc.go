// Package oidcpeer runs npm's oidc-provider for tests: an OpenID provider that
// we did not write, to judge our clients. [Start] starts it with a [Config];
// [Browser] plays the citizen's browser.
//
// It wants what Helsenorge and HelseID want: pushed requests (PAR), S256,
// client assertions in each client's own dialect and never twice, nonces in
// DPoP proofs. Its addresses do not follow from its issuer, so a client that
// does not read the discovery document fails. It has an API, too, that takes
// tokens bound to a key.
//
// The provider's clock is the machine's and cannot be set: it is another
// process, and most of what it judges are times. So tests against it, and they
// alone, use the real clock. It speaks plain HTTP on loopback.
//
// It needs Node and the folder that VERKTOY_TEST_NODE names, with
// node_modules/oidc-provider (9.13.3). Adopters never link it.
package oidcpeer
