// Package cataloguetest simulates Helsenorge's Verktøy API, for tests and demonstrations, and builds tools for them.
//
// Most tests need three functions: [Tool] builds a tool, [New] serves tools as the API does, and [API.Client] reaches them without a
// network. An [API] is also an [http.Handler]. [API.Withdraw] and [API.Change] are what happens in the national catalogue, [API.Fail],
// [API.Answer] and [API.Slow] what happens on the way. [API.Requests], [API.Refusals], [API.Invitations] and [API.Secrets] tell what came.
//
// It refuses what the API is documented to refuse, with the codes that were seen at Helsenorge: a citizen who is not digitally active
// (2118), no start address (2147) or one that is not https (2174), no good token (401 with EHSEC-110002, 403 for an expired one), an
// invitation to a tool by anybody but the tool. It also refuses identity numbers in addresses, and all but synthetic ones: nobody's real
// number belongs here.
//
// Paths, field names and the form of errors are assumed, since they are not public; they are written down here a second time, apart from
// package catalogue/catalogueapi, so that one judges the other. Assumed are further: a list has tools of every status but drafts; a search
// finds listed tools whose name or keyword holds the text; an invitation with the Idempotency-Key of an earlier one is carried out once;
// one with the same id but no key is a second one.
//
// For who writes a [catalogue.Source], [TestSource] and [CheckSource] check whether it keeps the contract; run them with -race. Not checked:
// that errors hold no secrets, and that a fetch which is under way ends with its context.
//
// Before version 1 exported names may still change; changes are listed. Rules may be added.
package cataloguetest
