package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

// input reads a file, or standard input for "-": at most one byte more than a
// document may have, so that a larger one is refused as too large.
func input(file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, mostBytes+1))
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostBytes+1))
}

// loadSet finds a requirement set: ID@VERSION of a released one, or a file.
func loadSet(name string) (*approval.RequirementSet, error) {
	if id, version, is := strings.Cut(name, "@"); is && !strings.ContainsAny(name, `/\`) {
		if set, err := requirement.GetVersion(id, version); err == nil {
			return set, nil
		}
	}
	data, err := input(name)
	if err != nil {
		return nil, fmt.Errorf("requirement set: want ID@VERSION of a released one, or a file: %w", err)
	}
	return approval.ParseRequirementSet(data)
}

// checkedAgainst reads a declaration against a set, or, if set is nil, against the one that it names.
func checkedAgainst(file string, set *approval.RequirementSet) ([]byte, *approval.SelfDeclaration, *approval.RequirementSet, error) {
	data, err := input(file)
	if err != nil {
		return nil, nil, nil, err
	}
	if set == nil {
		if set, err = setOf(data); err != nil {
			return nil, nil, nil, err
		}
	}
	d, err := approval.CheckDeclaration(data, set)
	return data, d, set, err
}
