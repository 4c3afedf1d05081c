package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

type options struct {
	file, queries string
	json          bool
	words         string
	query         catalogue.Query // without the words
}

func arguments(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("find", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.file, "catalogue", "", "search the catalogue document `FILE` instead of the sample")
	flags.StringVar(&o.queries, "queries", "", "search for each line of the text `FILE`; prints one JSON object a line")
	flags.BoolVar(&o.json, "json", false, "print JSON")
	lang := flags.String("lang", "nb", "language of names: nb, nn, en or se")
	filters(flags, &o.query)
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.query.Lang, o.query.Limit = catalogue.Lang(*lang), 20
	o.words = strings.Join(flags.Args(), " ")
	if o.file == "" {
		o.query.At = sample.Today()
	}
	return o, o.check()
}

// filters lets the flags fill the query.
func filters(flags *flag.FlagSet, q *catalogue.Query) {
	flags.Func("area", "only tools for one of these `areas`, joined by commas, such as sleep,anxiety", add(&q.Areas))
	flags.Func("audience", "only tools for one of these `audiences`, such as youth,adults", add(&q.Audiences))
	flags.Func("mode", "only tools with one of these `modes`: open, login, prescribed", add(&q.Modes))
	flags.Func("age", "only tools for this `age` in years", func(s string) error {
		age, err := strconv.Atoi(s)
		if err != nil {
			return errors.New("want a whole number")
		}
		q.Age = &age
		return nil
	})
}

func add[T ~string](to *[]T) func(string) error {
	return func(s string) error {
		for value := range strings.SplitSeq(s, ",") {
			*to = append(*to, T(value))
		}
		return nil
	}
}

func (o options) check() error {
	switch {
	case !strings.Contains(" nb nn en se ", " "+string(o.query.Lang)+" "):
		return fmt.Errorf("-lang %q, want nb, nn, en or se", o.query.Lang)
	case o.queries != "" && o.words != "":
		return errors.New("-queries and words exclude each other, want one of them")
	case strings.HasPrefix(o.words, "-") || strings.Contains(o.words, " -"):
		return errors.New("a word starts with -, want flags before the words")
	case o.queries == "" && strings.TrimSpace(o.words) == "" && !o.filtered():
		return errors.New("no words to search for, want some after the flags")
	}
	return o.query.Check()
}

// filtered says that there is a filter to browse by.
func (o options) filtered() bool {
	q := o.query
	return len(q.Areas)+len(q.Audiences)+len(q.Modes) > 0 || q.Age != nil
}
