// Package oauth is what a client of an authorization server needs, whatever it
// logs in: proof of who the client is, the server's metadata, and one careful
// request to its endpoints.
//
// [Dialect.Assertion] makes a client assertion, [Metadata.Get] gives the
// server's addresses, [Post] sends a form and reads the answer.
//
// The caller makes a new assertion for each attempt, decides whether to repeat a
// request (nothing here does), and checks what the answer means: tokens are
// opaque here.
//
// Rules: RFC 6749 section 5.2 (errors), RFC 7523 (assertions), RFC 8414 and
// OpenID Connect Discovery 1.0 (metadata), RFC 9126 (PAR), RFC 9449 (DPoP).
package oauth

import "github.com/verktoykatalog/verktoy/internal/outbound"

// Doer sends a request, as [*http.Client] does.
type Doer = outbound.Doer
