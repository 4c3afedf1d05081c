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
	told *string // where the language is told
}

func (c command) flags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet("declare "+name, flag.ContinueOnError), told: c.lang}
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
	if f.lang != "" {
		*f.told = f.lang
	}
	if f.inputs() > 1 {
		return said{words: errorTexts["stdin"]}
	}
	return nil
}

// inputs is how often standard input is to be read.
func (f *flags) inputs() (n int) {
	for _, arg := range f.Args() {
		if arg == "-" {
			n++
		}
	}
	f.Visit(func(option *flag.Flag) {
		if option.Value.String() == "-" {
			n++
		}
	})
	return n
}
