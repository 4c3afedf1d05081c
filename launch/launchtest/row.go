package launchtest

import "slices"

// Row is a row of the table of what can be wrong with a launch. Most rows have
// several cases.
type Row struct {
	// ID is the row's name: S-1 to S-26 (structure), H (header), G (signature), T
	// (times), C (claims), K (keys), E (requests), and N01 to N70 (the whole).
	ID string
	// What says what is tried.
	What string
	// Variants is the least number of cases.
	Variants int
	// NotApplicable says why HTI 2.0 has no case of it; "" if it has.
	NotApplicable string
}

// Rows lists the whole table, with the rows that HTI 2.0 has no use for and why.
func Rows() []Row {
	return slices.Concat(structureRows, headerRows, signatureRows, timeRows, claimRows, keyRows, requestRows, launchRows)
}
