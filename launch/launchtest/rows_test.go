package launchtest_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// wantRows is every row there must be, and how many variants of it at least.
var wantRows = map[string]int{
	"S-1": 4, "S-2": 1, "S-3": 1, "S-4": 1, "S-5": 2, "S-6": 1, "S-7": 2, "S-8": 1, "S-9": 2, "S-10": 2, "S-11": 2, "S-12": 1, "S-13": 1, "S-14": 2, "S-15": 4, "S-16": 1, "S-17": 1, "S-18": 2, "S-19": 3, "S-20": 1, "S-21": 1, "S-22": 1, "S-23": 1, "S-24": 1, "S-25": 1, "S-26": 1,
	"H-1": 2, "H-2": 3, "H-3": 1, "H-4": 2, "H-5": 1, "H-6": 1, "H-7": 5, "H-8": 1, "H-9": 2, "H-10": 1, "H-11": 1, "H-12": 1, "H-13": 2, "H-14": 1, "H-15": 1, "H-16": 2, "H-17": 2, "H-18": 1, "H-19": 1, "H-20": 1, "H-21": 2, "H-22": 1, "H-23": 1, "H-24": 3, "H-25": 1, "H-26": 2, "H-27": 1, "H-28": 2, "H-29": 1, "H-30": 2, "H-31": 1, "H-32": 2, "H-33": 3, "H-34": 1, "H-35": 1, "H-36": 2,
	"G-1": 1, "G-2": 1, "G-3": 2, "G-4": 2, "G-5": 3, "G-6": 3, "G-7": 2, "G-8": 1,
	"T-1": 1, "T-2": 1, "T-3": 2, "T-4": 1, "T-5": 2, "T-6": 4, "T-7": 3, "T-8": 2, "T-9": 2, "T-10": 1, "T-11": 2, "T-12": 2, "T-13": 1, "T-14": 1,
	"C-1": 1, "C-2": 1, "C-3": 2, "C-4": 1, "C-5": 3, "C-6": 1, "C-7": 1, "C-8": 1, "C-9": 1, "C-10": 1, "C-11": 2, "C-12": 3, "C-13": 1, "C-14": 4, "C-15": 2, "C-16": 3, "C-17": 1, "C-18": 3, "C-19": 1, "C-20": 1, "C-21": 1, "C-22": 1,
	"K-1": 1, "K-2": 1, "K-3": 1, "K-4": 1, "K-5": 1, "K-6": 1, "K-7": 1, "K-8": 1, "K-9": 1, "K-10": 1,
	"E-1": 1, "E-2": 1, "E-3": 1, "E-4": 1, "E-5": 1, "E-6": 1, "E-7": 1, "E-8": 1, "E-9": 1, "E-10": 1, "E-11": 1, "E-12": 1, "E-13": 1, "E-14": 1, "E-15": 1, "E-16": 1, "E-17": 1, "E-18": 1, "E-19": 1, "E-20": 1, "E-21": 1, "E-22": 1, "E-23": 1,
	"N01": 1, "N02": 1, "N03": 1, "N04": 1, "N05": 1, "N06": 1, "N07": 1, "N08": 1, "N09": 1, "N10": 1, "N11": 1, "N12": 1, "N13": 1, "N14": 1, "N15": 1, "N16": 1, "N17": 1, "N18": 1, "N19": 1, "N20": 1, "N21": 1, "N22": 1, "N23": 1, "N24": 1, "N25": 1, "N26": 1, "N27": 1, "N28": 1, "N29": 1, "N30": 1, "N31": 1, "N32": 1, "N33": 1, "N34": 1, "N35": 1, "N36": 1, "N37": 1, "N38": 1, "N39": 1, "N40": 1, "N41": 1, "N42": 1, "N43": 1, "N44": 1, "N45": 1, "N46": 1, "N47": 1, "N48": 1, "N49": 1, "N50": 1, "N51": 1, "N52": 1, "N53": 1, "N54": 1, "N55": 1, "N56": 1, "N57": 1, "N58": 1, "N59": 1, "N60": 1, "N61": 1, "N62": 1, "N63": 1, "N64": 1, "N65": 1, "N66": 1, "N67": 1, "N68": 1, "N69": 1, "N70": 1,
}

// Every row is in the table, and has its cases or a reason why not.
func TestMatrixIsComplete(t *testing.T) {
	have := map[string]int{}
	notApplicable := 0
	for _, r := range launchtest.Rows() {
		assert.NotContains(t, have, r.ID, "twice")
		assert.NotEmpty(t, r.What, r.ID)
		have[r.ID] = r.Variants
		if r.NotApplicable != "" {
			notApplicable++
		}
	}
	assert.Equal(t, wantRows, have)
	assert.Equal(t, 22, notApplicable)
	tokenRows, variants := 0, 0
	for id, n := range wantRows {
		if slices.Contains([]byte("SHGTC"), id[0]) {
			tokenRows, variants = tokenRows+1, variants+n
		}
	}
	assert.Equal(t, []int{106, 175}, []int{tokenRows, variants})
	assertCovered(t, covered(t))
}

func assertCovered(t *testing.T, count map[string]int) {
	missing := 0
	for _, r := range launchtest.Rows() {
		switch {
		case r.NotApplicable != "":
			assert.Zero(t, count[r.ID], "%s has cases and is said not to apply", r.ID)
		case !assert.GreaterOrEqual(t, count[r.ID], r.Variants, "cases of %s (%s)", r.ID, r.What):
			missing++
		}
		delete(count, r.ID)
	}
	assert.Empty(t, slices.Sorted(maps.Keys(count)), "rows that are not in the table")
	assert.Zero(t, missing)
}

// covered counts the cases of each row that are judged with this SDK: messages, requests and sequences, and what is inside.
func covered(t *testing.T) map[string]int {
	x := target(careful)
	x.Exact = true
	count := map[string]int{}
	for _, f := range check(t, x) {
		for _, id := range f.Rows {
			if f.Outcome == launchtest.Passed {
				count[id]++
			}
		}
	}
	for _, i := range insides {
		for _, id := range i.rows {
			count[id]++
		}
	}
	require.NotEmpty(t, count)
	return count
}
