package main

import (
	"slices"
	"strings"
)

// mutant is the code without one check.
type mutant struct {
	name  string
	edits []edit
	tests string   // of the matrix
	rows  []string // one of them must fail
}

// edit puts a text in the place of one that is in the file exactly once, inside a function.
type edit struct {
	file, old, new string
	needs          []string // packages that the file does not import
}

// The tests that have the rows, each as narrow as it can be.
const (
	messages = "TestMatrixMessages"          // every message through profile and handler
	suite    = "TestMatrixSuite"             // requests, sequences and key sets from outside
	one      = "TestMatrixSuiteOneAlgorithm" // the same where one algorithm is agreed
	other    = "TestMatrixLab"               // algorithms and leeway that HTI does not have
	inside   = "TestMatrixInside"            // what nobody sees from outside
)

// matrix is the package with those tests.
const matrix = "./launch/launchtest"

// all is every check in the order in which a launch meets them.
func all() []mutant {
	return slices.Concat(requests(), structure(), documents(), headers(), issuers(), keys(), weakKeys(), keySets(), signatures(), contents(),
		times(), persons(), profile(), policy(), replay())
}

// off is a mutant that changes one text of the file.
func off(name, file, rows, old, replacement string) mutant {
	return mutant{name: name, tests: messages, rows: strings.Fields(rows), edits: []edit{{file: file, old: old, new: replacement}}}
}

// by says which tests have the rows.
func (m mutant) by(tests string) mutant { m.tests = tests; return m }

// in changes another file, too.
func (m mutant) in(file, old, replacement string) mutant {
	m.edits = append(m.edits, edit{file: file, old: old, new: replacement})
	return m
}

// imports says what the new text needs.
func (m mutant) imports(packages ...string) mutant {
	m.edits[len(m.edits)-1].needs = packages
	return m
}
