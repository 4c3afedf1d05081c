// Package catalogue holds a catalogue of digital health tools: reads and checks its document, answers questions about a tool, and finds
// tools in Norwegian.
//
// Most programs need two functions. [Follow] takes a catalogue from a file, an address or an API, keeps it up to date in a [Live], and
// tells what changed; a program that reads one document once does it with [Read] or [Parse], which report every mistake at once, and
// [NewIndex]. [Index.Search] finds tools by words and filters, and counts them by facets. Besides, [Index.Get] answers one tool,
// [Index.ByIdentifier] one that another system has its own name for, and [Index.Suggest] completes what is being typed.
//
// The caller must ask [Tool.CheckStart] before a citizen is sent to a tool, and [Tool.CheckPrescribe] before a tool is prescribed: [Index.Get]
// also answers tools that are paused, withdrawn or not yet published, because an id that was once given out resolves for ever.
//
// Not checked: whether addresses answer, whether organisations exist, whether texts say the same in all languages, and whether an
// approval was in fact given. A document is as trustworthy as the place that it comes from; take it over an authenticated connection.
//
// Errors to branch on are a [*DocumentError] with every problem and its place in the document ([ErrInvalid]), a [*QueryError] ([ErrQuery]),
// a [*ReplaceError] ([ErrReplace]), and the reasons under [ErrUnavailable] why a tool may not be started. None holds a value that was found.
//
// The format is published as JSON Schema (draft 2020-12) in package catalogue/schema. Pointers to places in a document are JSON Pointers
// (RFC 6901), languages are tags as in BCP 47 (RFC 5646) in a short form, dates are full-date as in RFC 3339, section 5.6. Search ranks by
// BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.5), with each field's count bounded too; what
// a query is about as a whole is told by naive Bayes (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, chapter 13).
//
// Before version 1 exported names may still change; changes are listed. Documents with "version": 1 stay readable.
package catalogue
