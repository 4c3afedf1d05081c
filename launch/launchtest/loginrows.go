package launchtest

import "slices"

// demandRows are what Helsenorge and browsers want of a login beside the matrix.
var demandRows = []Row{
	{"L-1", "requests to PAR as Helsenorge documents them; state, nonce and challenge new each time", 1, ""},
	{"L-2", "requests for tokens as Helsenorge documents them: no client_id; a verifier each time", 1, ""},
	{"L-3", "cookies of the login and of the session, and what can be read in them", 1, ""},
	{"L-4", "answers: kept nowhere, in no frame, on to an address without code and state", 1, ""},
}

// notInLogins are the rows that a login has no case of.
var notInLogins = []string{"N31", "N32", "N35", "N38", "N42", "N43", "N44", "N45", "N46", "N57", "N58", "N59", "N60", "N70"}

// unseenInLogins are the rows that cannot be judged from outside, and why.
var unseenInLogins = map[string]string{
	"N05": "needs a tool that takes two kinds of launch",
	"N12": "which algorithms a provider may use is between it and the tool",
	"N13": "the provider publishes good keys only",
	"N19": "careful tools may differ in this: they may try every key",
	"N21": "the provider publishes good keys only",
	"N22": "needs a tool with two providers",
	"N24": "the provider publishes good keys only",
	"N36": "needs the tool's clock: a code is the provider's to remember",
	"N37": "needs the tool's process: a code is the provider's to remember",
	"N39": "needs the tool's store",
	"N40": "needs the tool's clock",
	"N62": "needs the tool's settings",
	"N65": "Helsenorge sends no logout token",
	"N67": "about the tool's own key set, which is exchanged by hand",
	"N69": "needs the tool's processes",
}

// LoginRows lists the rows of the table for logins: of the matrix those that such
// tools have, and L-1 to L-4. NotApplicable says why a row is not judged.
func LoginRows() []Row {
	var list []Row
	for _, r := range launchRows {
		if !slices.Contains(notInLogins, r.ID) {
			list = append(list, Row{r.ID, r.What, 1, unseenInLogins[r.ID]})
		}
	}
	return append(list, demandRows...)
}
