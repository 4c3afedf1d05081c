package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// commands are what the program can do. Of the flags, those in needs must be there.
var commands = map[string]struct {
	needs, may string
	run        func(*epr, context.Context) error
}{
	"migrate":   {"", "", (*epr).migrate},
	"patient":   {"patient born", "", (*epr).enter},
	"prescribe": {"patient tool unit note", "oppgave read second", (*epr).prescribe},
	"list":      {"patient", "", (*epr).list},
	"cancel":    {"id version reason", "oppgave", (*epr).cancel},
	"overdue":   {"", "days", (*epr).overdue},
	"stopped":   {"", "", (*epr).stopped},
	"worker":    {"", "oppgave listen every", (*epr).worker},
	"report":    {"year", "lang", (*epr).report},
	"dead":      {"", "", (*epr).dead},
	"release":   {"", "", (*epr).release},
}

type options struct {
	command, sqlite, postgres, catalogue string

	patient, tool, unit, note, second string
	read                              bool
	ref                               prescription.Ref
	reason, letter                    string
	days, year                        int
	born                              time.Time
	lang                              string
	oppgave, listen                   string
	every                             time.Duration
	tools                             map[string]catalogue.ToolID // by their secrets
}

// useError is what is wrong with how the program was called.
type useError struct{ error }

func wrong(format string, values ...any) error { return &useError{fmt.Errorf(format, values...)} }

// arguments checks all that can be checked before any work.
func arguments(args []string, s surroundings) (options, error) {
	all := strings.Join(slices.Sorted(maps.Keys(commands)), ", ")
	switch {
	case len(args) == 0:
		return options{}, wrong("no command, want one of %s", all)
	case slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]):
		fmt.Fprintf(s.out, "epr COMMAND [flags], where COMMAND is one of %s; epr COMMAND -h tells the flags\n", all)
		return options{}, flag.ErrHelp
	}
	c, known := commands[args[0]]
	if !known {
		return options{}, wrong("no such command, want one of %s, and the flags after it", all)
	}
	o := options{command: args[0], days: 7}
	flags := o.flags(s, strings.Fields("sqlite postgres catalogue "+c.needs+" "+c.may))
	if err := flags.Parse(args[1:]); errors.Is(err, flag.ErrHelp) {
		return o, err
	} else if err != nil {
		return o, wrong("%s: see the flags above", o.command)
	}
	return o, o.check(flags, strings.Fields(c.needs), s)
}

// check names every fault.
func (o *options) check(flags *flag.FlagSet, needs []string, s surroundings) error {
	var faults []string
	want := func(good bool, text string) {
		if !good {
			faults = append(faults, text)
		}
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) {
		_, plain := f.Value.(flag.Getter) // others were checked when they were read
		given[f.Name] = !plain || strings.TrimSpace(f.Value.String()) != ""
	})
	for _, name := range needs {
		want(given[name], "want -"+name)
	}
	want(!given["patient"] || prescription.ValidPseudonym(o.patient), "-patient: want 8 to 64 letters, digits and . _ : / - with a letter, random, and never an identity number")
	want((o.sqlite == "") != (o.postgres == ""), "want -sqlite FILE or -postgres DSN")
	want(slices.Contains([]string{"nb", "nn", "en"}, o.lang), "-lang: want nb, nn or en")
	want(len([]rune(o.note)) <= maxNote, "-note: want at most 4,000 characters")
	o.letter = flags.Arg(0)
	want(flags.NArg() == map[bool]int{true: 1}[o.command == "release"], "want flags only, and after those of release the ID that dead shows")
	if o.command == "worker" {
		o.checkWorker(want, s.env("EPR_TOOL_SECRETS"))
	}
	if len(faults) > 0 {
		return wrong("%s: %s", o.command, strings.Join(faults, "; "))
	}
	return nil
}

const maxNote = 4_000 // characters

func (o *options) checkWorker(want func(bool, string), secrets string) {
	host, _, err := net.SplitHostPort(o.listen)
	ip := net.ParseIP(host)
	want(err == nil && (host == "localhost" || ip != nil && ip.IsLoopback()), "-listen: want an address of this machine, such as 127.0.0.1:8750")
	want(o.every > 0, "-every: want more than 0, such as 5s")
	o.tools = map[string]catalogue.ToolID{}
	pairs := strings.Split(secrets, ",")
	for _, pair := range pairs {
		tool, secret, _ := strings.Cut(pair, "=")
		if tool != "" && len(secret) >= 16 {
			o.tools[secret] = catalogue.ToolID(tool)
		}
	}
	want(len(o.tools) == len(pairs), "EPR_TOOL_SECRETS in the environment: want TOOL=SECRET, with commas between, and a different secret of 16 characters or more for each")
}
