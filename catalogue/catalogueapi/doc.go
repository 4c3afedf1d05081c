// Package catalogueapi calls Helsenorge's Verktøy API, the national catalogue of digital health tools.
//
// Most programs need three functions. [New] makes a [Client] of an address and an HTTP client that carries the tokens, such as the one of
// launch/helseid. A Client is a [catalogue.Source]: with it [catalogue.Follow] keeps a copy of the national catalogue up to date, and
// [Client.Document] reads it once. A tool's own backend invites a citizen with [Client.Invite] and asks with [Client.Therapists] who has sent the tool
// to the citizen that just started it. [Client.List], [Client.Search] and [Client.Get] are the API's other operations.
//
// The caller must store an [Invitation] with its ID before sending it, and must look at what [OutcomeUnknown] says of an error of
// [Client.Invite]: such an invitation may have reached the citizen.
//
// Not done here: login and tokens (the HTTP client's), repetition (the same), and the search in Norwegian: the API searches names and
// predefined keywords only, [catalogue.Index.Search] finds more.
//
// # Assumptions
//
// What the five operations are is public (page "Verktøy API", version of 2024-10-23): list with six filters, search, get, invite, and who
// sent this. Also that calls about a citizen must not name him in an address, and the codes of [Error]. Not public are paths, field
// names, code lists, paging, the form of errors and whether an Idempotency-Key is heeded. All of it that this package assumes is in one
// file, wire.go, in [AssumedPaths] and in [Config.IdempotencyKeys]. With the API's documentation at hand, replace functions of [Wire] and
// paths in the configuration: no other part changes. [Client.Assumptions] lists what still rests on assumptions, and [New] logs it as a
// warning. Package catalogue/cataloguetest simulates the API under the same assumptions.
//
// Before version 1 exported names may still change; changes are listed.
package catalogueapi
