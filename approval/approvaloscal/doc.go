// Package approvaloscal writes decisions and requirement sets in OSCAL 1.2.2.
//
// [Results] writes a decision as assessment-results: a finding for each requirement that applies, observations of the documents it rests on, and a risk
// for each requirement that is accepted for now. [Catalog] writes a set as a catalog, whose controls and statements the findings name.
//
// The findings are satisfied or not-satisfied and nothing else, since OSCAL has no more. What waits for a panel, was not answered, is planned or waived
// is not-satisfied with the reason other; the prop "result" has our own word for it. What does not apply is excluded from the reviewed controls.
//
// Not written: evidence that is confidential; votes and names of a panel; signatures. OSCAL wants an assessment plan that the results follow:
// import-ap leads to the requirement set in the back matter, which stands for it. Days become midnight UTC.
//
// The format is pages.nist.gov/OSCAL/reference/1.2.2; ids of controls are tokens, so an id that begins with a digit has "_" before it.
//
// Before version 1 exported names may still change; changes are listed.
package approvaloscal
