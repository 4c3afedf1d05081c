package main

import "github.com/verktoykatalog/verktoy/approval/requirement"

func (c command) schema(args []string) (int, error) {
	f := c.flags("schema")
	id := f.String("set", defaultSet, "the requirement set's `ID`")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	set, err := requirement.Get(*id)
	if err != nil {
		return unusable, err
	}
	data, err := set.Schema()
	if err != nil {
		return unusable, err
	}
	_, err = c.stdout.Write(data)
	return valid, err
}
