package main

import (
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
)

// schema prints the form of a declaration, of a draft or of a vendor's declaration.
func (c command) schema(args []string) (int, error) {
	f := c.flags("schema")
	name := f.String("set", defaultSet, "the requirement `SET`: ID@VERSION, ID or a file")
	draft := f.Bool("draft", false, "the schema of drafts")
	own := f.Bool("vendor", false, "the schema of vendors' declarations, for all their tools")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	switch {
	case f.NArg() != 0:
		return unusable, fmt.Errorf("schema: %d files, want none", f.NArg())
	case *draft && *own:
		return unusable, errors.New("schema: -draft and -vendor, want one of them")
	}
	set, err := loadSet(*name)
	if err != nil {
		return unusable, err
	}
	data, err := schemaOf(set, *draft, *own)
	if err != nil {
		return unusable, err
	}
	_, err = c.stdout.Write(data)
	return valid, err
}

func schemaOf(set *approval.RequirementSet, draft, own bool) ([]byte, error) {
	switch {
	case draft:
		return set.DraftSchema()
	case own:
		return set.VendorSchema()
	}
	return set.Schema()
}
