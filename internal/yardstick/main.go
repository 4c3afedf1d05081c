// Yardstick compares this module with other libraries on the same work, side
// by side in one process, and prints how many times as long we take.
//
//	go run ./internal/yardstick [-rounds 60] [-ops 500]
//	go run ./internal/yardstick -all [-postgres DSN] [-rounds 60] [-ops 500]
//	go run ./internal/yardstick -search [-catalogue FILE] [-queries FILE] [-v]
//	go run ./internal/yardstick -speed [-rounds 60] [-ops 500]
//	go run ./internal/yardstick -prescribe [-postgres DSN] [-rounds 60] [-ops 500]
//
// In every round each contestant does the work that many times, one after the
// other, and the ratio is taken within the round: what else the machine does
// then hurts all of them alike. It is taken of the processor time, which is
// steadier than the time on the clock, and counts the garbage collector; the
// ratio of the times on the clock stands beside it. Printed are the median and
// the range over the rounds, and the ratio of the best rounds: on a machine
// that does much else, those that were disturbed least. The same
// work is there as go test -bench . ./internal/yardstick, and the tests of this
// module hold our verifier against the others' verdicts.
//
// With -search it compares instead what search engines find in Norwegian, on
// queries that a person has judged, and with -speed how long they take for it.
// The README's are of laymen and clinicians, judged by people who had not seen the
// search, and kept for measuring only. A trap is a query that must not lead to a
// certain tool, or to any; it went wrong when such a tool is among the first five.
// With -prescribe it compares what a prescription costs in a database, by the
// time on the clock, since the database works too. With -all it does everything,
// with all queries that were kept for measuring; 15 rounds of 200 operations will do.
//
// It is a module of its own so that the libraries it compares with are in
// nobody's go.mod.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"
)

func main() {
	testing.Init()
	o := arguments()
	if err := flag.Set("test.benchtime", fmt.Sprintf("%dx", o.ops)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Printf("%s %s/%s, %d processors, %d rounds of %d\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), o.rounds, o.ops)
	if err := o.compare(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are what is asked for. Without any, launches and decisions are compared.
type options struct {
	rounds, ops                   int
	all, search, speed, prescribe bool
	dsn, catalogue, queries       string
	verbose                       bool
}

func arguments() (o options) {
	flags := flag.NewFlagSet("yardstick", flag.ExitOnError)
	flags.IntVar(&o.rounds, "rounds", 60, "how often everything runs")
	flags.IntVar(&o.ops, "ops", 500, "how often a contestant does the work in a round")
	flags.BoolVar(&o.all, "all", false, "compare everything")
	flags.BoolVar(&o.search, "search", false, "compare what search engines find in Norwegian, instead")
	flags.BoolVar(&o.speed, "speed", false, "compare how fast search engines are, instead")
	flags.BoolVar(&o.prescribe, "prescribe", false, "compare what a prescription costs in a database, instead")
	flags.StringVar(&o.dsn, "postgres", "", "with -prescribe or -all: the PostgreSQL of this `DSN` too")
	flags.StringVar(&o.catalogue, "catalogue", "", "with -search: the catalogue document `FILE` instead of the sample")
	flags.StringVar(&o.queries, "queries", testdata+"norwegian-own/queries.json", "with -search: the judged queries in `FILE`")
	flags.BoolVar(&o.verbose, "v", false, "with -search: print the queries that ours does not answer perfectly")
	_ = flags.Parse(os.Args[1:]) // ends the program if it fails
	if o.rounds < 1 || o.ops < 1 || flags.NArg() > 0 || more(o.all, o.search, o.speed, o.prescribe) {
		fmt.Fprintln(os.Stderr, "yardstick: want -rounds and -ops of 1 or more, at most one of -all, -search, -speed and -prescribe, and nothing else")
		flags.Usage()
		os.Exit(2)
	}
	return o
}

// more says whether more than one is set.
func more(flags ...bool) bool {
	set := 0
	for _, f := range flags {
		if f {
			set++
		}
	}
	return set > 1
}

func (o options) compare() error {
	switch {
	case o.all:
		return o.compareAll()
	case o.search:
		return runSearch(o.catalogue, o.queries, o.verbose)
	case o.speed:
		return runSpeed(o.rounds, o.ops)
	case o.prescribe:
		return runPrescribe(o.dsn, o.rounds)
	}
	return run(o.rounds)
}

// testdata is where the judged queries are, seen from the root of the repository.
const testdata = "internal/yardstick/testdata/"

// heldOut are the judged queries that were kept for measuring, with their catalogues.
var heldOut = []struct{ catalogue, queries string }{
	{"norwegian/catalogue.json", "norwegian/queries-held-out.json"},
	{"norwegian/catalogue.json", "norwegian-fresh/queries-held-out.json"},
	{"norwegian-second/catalogue.json", "norwegian-second/queries-held-out.json"},
	{"norwegian/catalogue.json", "norwegian-third/first-held-out.json"},
	{"norwegian-second/catalogue.json", "norwegian-third/second-held-out.json"},
	{"norwegian-fourth/catalogue.json", "norwegian-fourth/queries-held-out.json"},
	{"norwegian-fifth/catalogue.json", "norwegian-fifth/queries-held-out.json"},
	{"norwegian/catalogue.json", "norwegian-traps/first-held-out.json"},
	{"norwegian-second/catalogue.json", "norwegian-traps/second-held-out.json"},
	{"norwegian-fourth/catalogue.json", "norwegian-traps/fourth-held-out.json"},
}

func (o options) compareAll() error {
	for _, set := range heldOut {
		fmt.Printf("\n%s, judged:\n", set.queries)
		if err := runSearch(testdata+set.catalogue, testdata+set.queries, false); err != nil {
			return err
		}
	}
	if err := runSpeed(o.rounds, o.ops); err != nil {
		return err
	}
	if err := run(o.rounds); err != nil {
		return err
	}
	return runPrescribe(o.dsn, o.rounds)
}

func runSearch(file, queries string, verbose bool) error {
	tools, err := readTools(file)
	if err != nil {
		return err
	}
	list, err := readQueries(queries)
	if err != nil {
		return err
	}
	return compare(os.Stdout, tools, list, verbose)
}

func run(rounds int) error {
	for _, open := range contests {
		c, err := open()
		if err != nil {
			return err
		}
		if err := c.print(os.Stdout, rounds); err != nil {
			return err
		}
	}
	return nil
}
