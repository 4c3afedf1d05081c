package main

import (
	"flag"
	"fmt"
	"strings"
)

// flags of one subcommand; lang is checked when they are parsed.
type flags struct {
	*flag.FlagSet
	lang string
}

func (c command) flags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet("declare "+name, flag.ContinueOnError)}
	f.SetOutput(c.stderr)
	return f
}

func (f *flags) parse(args []string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.lang != "" && !strings.Contains(" nb nn en ", " "+f.lang+" ") {
		return fmt.Errorf("-lang %q, want nb, nn or en", f.lang)
	}
	return nil
}
