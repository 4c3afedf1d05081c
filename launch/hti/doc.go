// Package hti accepts and makes launch messages of HTI 2.0 and 1.1 (GIDS Health
// Tools Interoperability, HTI:core), and accepts encrypted ones (HTI:jwe): a portal signs a short message, the citizen's
// browser carries it to the tool in a form, and the tool believes the portal.
//
// Tools make a profile with [New] and give it to launch.NewHandler. Portals
// make a [Portal] with [NewPortal], [Portal.Mint] a message for each start, and
// send it with [Outgoing.Form]. launch.Explain says check by check why a message
// is accepted or refused.
//
// Whoever holds a message may use it, once and for at most five minutes:
// nothing binds it to the browser, there is no logout and nothing goes back to
// the portal. Therefore a launch has the assurance launch.Bearer, and a tool
// must say in its policy why that is enough.
//
// Config.Versions opens a tool for 1.1, and Config.DecryptionKeys for encrypted
// messages; the zero values take neither. What is encrypted must be signed
// inside, and is judged as if it had come without the envelope.
//
// Not checked: that the definition is one of the tool's, that the task is
// open, that the pseudonym is random and its own per tool (the portal's duty).
//
// Where the specification leaves a choice or contradicts itself:
//
//   - A message lives for five minutes at most, whatever the specification's
//     own example says, and there is no leeway on exp. Skew is for iat and nbf.
//   - hti-version: always written; when it is missing on the way in, 2.0 is
//     meant; anything else is refused.
//   - intent is an opaque text of at most 64 characters.
//   - resource is a reference to a Task or a bare id; both parts are kept.
//   - sub is the actor; the patient is the claim patient, or else sub.
//   - Claims that are not defined, status among them, are passed over.
//   - The module shows the error page and may ask for more identification,
//     where the text says "portal application".
//   - kid is needed, except where the two parties exchanged a single key that
//     has none. typ must be JWT; Config.AllowMissingType takes messages without.
//   - Algorithms are the six that every tool must accept. PS256 and its kin are
//     what many key tools make, but HTI does not list them: they are taken of an
//     issuer whose Algorithms name them, by agreement, and of no other.
//   - Two keys with one kid, messages over 16 KiB and identity numbers, e-mail
//     addresses and names anywhere in a message are refused.
//   - 1.1: a message with the claim task; none of 2.0's claims may stand beside
//     it. The definition has the name of its fhir-version (STU3:
//     definitionReference; absent means the latest). The person is sub, else
//     task.for, and the two must agree: the text would let a practitioner launch
//     for a patient, which in this package takes 2.0. task.id is a bare id.
//   - A task with a name, an address, a note, a description, a contained
//     resource, a display or identifier beside a reference, or a text of several
//     words anywhere is refused as personal data.
//   - HTI:jwe: RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW with A128GCM or A256GCM,
//     one algorithm per key, kid needed, at most 24 KiB, no compression, one
//     envelope. All that goes wrong in decryption looks the same.
//
// Specification: GIDSOpenStandaarden/GIDS-HTI-Protocol, HTI_2.0.md, document
// version 2.0.0, and HTI.md, document version 1.1.1; RFC 7516 (JWE).
package hti
