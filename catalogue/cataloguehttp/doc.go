// Package cataloguehttp answers questions about a catalogue over HTTP, for the front end of an EPR or a portal.
//
// [NewHandler] is what most programs need. It serves a [catalogue.Live]:
//
//	GET /tools         search and browse
//	GET /tools/{id}    one tool, whatever became of it
//	GET /suggest?q=    completes what is being typed
//	GET /facets        how many tools there are of each sort; takes the filters of /tools
//
// Mount it with [http.StripPrefix] below any path. HEAD is answered as GET is. Everything else is 405.
//
// # Parameters
//
// q is what a person typed, lang (nb, nn, en, se) the reader's language. These may be repeated, one value of each is enough: kind, area,
// audience, language, mode, platform, vendor (an organisation number), status (listed; paused and withdrawn with all=true), profile
// (helsenorge, hti, link), evidence (its kind). every, which may be repeated, names those of area, audience, language, platform, profile and
// evidence of which a tool must have all values and not one. These are true or false: withoutLogin, requiresPrescription,
// national, onBehalf, prescribable, and all, which finds paused and withdrawn tools too. age is in years; minDays and maxDays limit a
// unit's time; reviewedSince is a day. sort is relevance, name, newest or reviewed; facet, which may be repeated, is one of
// [catalogue.Facets]; offset and limit (1 to 100) choose the page. What they mean is said at [catalogue.Query]. /suggest takes q, lang and
// limit (1 to 50), /tools/{id} lang alone.
//
// A parameter that does not exist is refused, as it would be a filter that does not filter; so is one that stands twice and may stand once.
// Refused is also a q that may hold a national identity number: it has come too far already, and the writer of the front end should know.
//
// # Answers
//
// The JSON members are documented at [Page], [Hit], [Detail], [Suggestions] and [Counts]. Texts come in the reader's language, or in the
// nearest that there is, with the language that it is. Errors are application/problem+json (RFC 9457), see [Problem]: 400 for a query,
// with every fault at once, 404 for an unknown path, or for a tool that is unknown or not yet published, 405.
//
// Pages are linked by Link headers (RFC 8288: first, prev, next, last), relative to the request. Every answer has a strong ETag of the
// catalogue's generation (its tools and its synonyms), the day and the query; If-None-Match gives 304 (RFC 9110, section 13.1.2) without a search. Unless Config.MaxAge
// is set, clients may keep an answer but must ask whether it still holds: a tool that is withdrawn is gone at the next request.
//
// # What the caller must do
//
// The handler neither authenticates nor limits rates: put it behind the host's own. What it serves is the catalogue and nothing else, but
// what people search for says something about them: do not log the query string. Other origins may not read the answers unless
// Config.Origins names them. It starts no goroutine.
//
// Before version 1 members may be added; clients must ignore those that they do not know.
package cataloguehttp
