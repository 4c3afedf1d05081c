package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// flags are those of a command.
func (o *options) flags(s surroundings, names []string) *flag.FlagSet {
	all := flag.NewFlagSet("", flag.ContinueOnError)
	all.StringVar(&o.sqlite, "sqlite", "", "the EPR's SQLite database: `FILE`")
	all.StringVar(&o.postgres, "postgres", "", "the EPR's PostgreSQL database: `DSN`")
	all.StringVar(&o.catalogue, "catalogue", "", "the catalogue document: `FILE` (default: the sample)")
	all.StringVar(&o.oppgave, "oppgave", "", "Helsenorge's task API: `URL` (default: print what is delivered)")
	all.StringVar(&o.patient, "patient", "", "the citizen's `PSEUDONYM`, such as p-7f3a9c21")
	all.Func("born", "the citizen's birth date: `YYYY-MM-DD`", date(s.now(), &o.born))
	all.StringVar(&o.tool, "tool", "", "the `ID` of a tool in the catalogue")
	all.StringVar(&o.unit, "unit", "", "the `ID` of a unit of the tool")
	all.StringVar(&o.note, "note", "", "the `TEXT` for the journal")
	all.BoolVar(&o.read, "read", false, "you have read for whom the unit is not meant")
	all.Func("second", "prescribe it although the citizen has it already: `REASON`", reason(&o.second))
	all.StringVar((*string)(&o.ref.ID), "id", "", "the `ID` of a prescription")
	all.Func("version", "the `NUMBER` that list shows", number(1, 1<<31, func(n int) { o.ref.Version = int64(n) }))
	all.Func("reason", "why: `REASON`, one of "+strings.Join(prescription.Reasons(), ", "), reason(&o.reason))
	all.Func("days", "in which nothing has happened: `NUMBER` (default 7)", number(0, 3650, func(n int) { o.days = n }))
	all.Func("year", "`YYYY`", number(2000, s.now().Year(), func(n int) { o.year = n }))
	all.StringVar(&o.lang, "lang", "nb", "the `LANGUAGE` of the report: nb, nn or en")
	all.StringVar(&o.listen, "listen", "127.0.0.1:8750", "take the tools' reports at `ADDRESS` on this machine")
	all.DurationVar(&o.every, "every", 5*time.Second, "deliver what is due `SO` often")
	some := flag.NewFlagSet("epr "+o.command, flag.ContinueOnError)
	some.SetOutput(s.err)
	all.VisitAll(func(f *flag.Flag) {
		if slices.Contains(names, f.Name) {
			some.Var(f.Value, f.Name, f.Usage)
		}
	})
	return some
}

func reason(to *string) func(string) error {
	return func(s string) error {
		if !slices.Contains(prescription.Reasons(), s) {
			return errors.New("want one of " + strings.Join(prescription.Reasons(), ", "))
		}
		*to = s
		return nil
	}
}

func date(last time.Time, to *time.Time) func(string) error {
	return func(s string) (err error) {
		*to, err = time.Parse(time.DateOnly, s)
		if age := fullYears(*to, last); err != nil || age < 0 || age > 150 {
			return errors.New("want a day such as 1990-01-15 in the last 150 years")
		}
		return nil
	}
}

func number(least, most int, set func(int)) func(string) error {
	return func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < least || n > most {
			return fmt.Errorf("want a whole number from %d to %d", least, most)
		}
		set(n)
		return nil
	}
}
