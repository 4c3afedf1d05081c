package main

import (
	"errors"
	"io"
	"io/fs"
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

// loadSet finds a requirement set: ID@VERSION of a released one, its ID for the newest, or a file.
func loadSet(name string) (*approval.RequirementSet, error) {
	if set, err := released(name); err == nil {
		return set, nil
	}
	data, err := input(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, said{errorTexts["no-set"], []any{name, known()}}
	}
	if err != nil {
		return nil, err
	}
	return approval.ParseRequirementSet(data)
}

func released(name string) (*approval.RequirementSet, error) {
	id, version, is := strings.Cut(name, "@")
	if !is {
		return requirement.Get(id)
	}
	return requirement.GetVersion(id, version)
}

// chosenSet is the set that an option names; nil if it names none.
func chosenSet(name string) (*approval.RequirementSet, error) {
	if name == "" {
		return nil, nil
	}
	return loadSet(name)
}

// opened reads a document, and finds the set that it names unless there is one already.
func opened(file string, set *approval.RequirementSet) ([]byte, *approval.RequirementSet, error) {
	data, err := input(file)
	if err == nil && set == nil {
		set, err = setOf(data)
	}
	return data, set, err
}

// setOf finds the set that a declaration answers; a declaration that does not
// say is checked against the usual one, and one of another set or version is
// not: what it is told would be wrong.
func setOf(data []byte) (*approval.RequirementSet, error) {
	ref, err := approval.ReadSetRef(data)
	if err != nil {
		return requirement.Get(defaultSet)
	}
	set, err := requirement.GetVersion(ref.ID, ref.Version)
	if !errors.Is(err, requirement.ErrUnknown) {
		return set, err
	}
	if _, err := requirement.Get(ref.ID); err == nil {
		return nil, said{errorTexts["unknown-version"], []any{ref.ID, known()}}
	}
	return nil, said{errorTexts["unknown-set"], []any{known()}}
}

// known lists the released sets.
func known() string {
	refs, _ := requirement.List() // none without
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = ref.ID + "@" + ref.Version
	}
	return strings.Join(names, ", ")
}

// reader reads a declaration against a set: whole ones, or drafts too.
type reader = func([]byte, *approval.RequirementSet) (*approval.SelfDeclaration, error)

func readerOf(draft bool) reader {
	if draft {
		return approval.CheckDraft
	}
	return approval.CheckDeclaration
}

// checkedAgainst reads a declaration against a set, or, if set is nil, against the one that it names.
func checkedAgainst(file string, set *approval.RequirementSet, read reader) ([]byte, *approval.SelfDeclaration, *approval.RequirementSet, error) {
	data, set, err := opened(file, set)
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := read(data, set)
	return data, d, set, err
}
