// Package fhir holds the little of FHIR R4 (4.0.1) that this module writes and reads: the data types of its resources, texts in several
// languages, places in words that FHIR people know, and a [Reader] that can tell what of a resource nobody took.
//
// Writing goes through structs; each has the members that we use and no more. Reading does not: a struct forgets what it has no member
// for, and a part of a health record that is forgotten must be told of. So a resource is read member by member, and what is left at the
// end is what was not understood. A resource that is kept as widely as a Task may be read into its struct all the same ([Node.Decode]), if
// what is written from that is compared with what came in ([Node.EchoInPlace]).
//
// JSON form: hl7.org/fhir/R4/json.html. Translations: hl7.org/fhir/R4/extension-translation.html.
package fhir
