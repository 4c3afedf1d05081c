package main

import (
	"regexp"
	"slices"
	"strings"
)

// id is a row's name: S-1, N01.
var id = regexp.MustCompile(`^([A-Z]-[0-9]+|N[0-9]{2})$`)

// rows are the ids in the names of the subtests that ended so. A subtest is
// called "H-15 N14: crit is empty", which go test writes with underlines.
func rows(out, end string) []string {
	var list []string
	for line := range strings.Lines(out) {
		_, name, found := strings.Cut(line, end)
		_, name, sub := strings.Cut(name, "/")
		ids, _, named := strings.Cut(name, ":")
		if !found || !sub || !named {
			continue
		}
		for _, word := range strings.Split(ids, "_") {
			if id.MatchString(word) && !slices.Contains(list, word) {
				list = append(list, word)
			}
		}
	}
	slices.Sort(list)
	return list
}
