// Yardstick compares this module with other libraries on the same work, side
// by side in one process, and prints how many times as long we take.
//
//	go run ./internal/yardstick [-rounds 60] [-ops 500]
//	go run ./internal/yardstick -search [-catalogue FILE] [-queries FILE] [-v]
//	go run ./internal/yardstick -speed [-rounds 60]
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
// With -prescribe it compares what a prescription costs in a database, by the
// time on the clock, since the database works too.
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
	rounds := flag.Int("rounds", 60, "how often everything runs")
	ops := flag.Int("ops", 500, "how often a contestant does the work in a round")
	quality := flag.Bool("search", false, "compare what search engines find in Norwegian, instead of launches")
	speed := flag.Bool("speed", false, "compare how fast search engines are, instead of launches")
	prescribe := flag.Bool("prescribe", false, "compare what a prescription costs in a database, instead of launches")
	dsn := flag.String("postgres", "", "with -prescribe: the PostgreSQL of this `DSN` too")
	file := flag.String("catalogue", "", "with -search: the catalogue document `FILE` instead of the sample")
	queries := flag.String("queries", "internal/yardstick/testdata/norwegian-own/queries.json", "with -search: the judged queries in `FILE`")
	verbose := flag.Bool("v", false, "with -search: print the queries that ours does not answer perfectly")
	flag.Parse()
	if *rounds < 1 || *ops < 1 || flag.NArg() > 0 || more(*quality, *speed, *prescribe) {
		fmt.Fprintln(os.Stderr, "yardstick: want -rounds and -ops of 1 or more, at most one of -search, -speed and -prescribe, and nothing else")
		flag.Usage()
		os.Exit(2)
	}
	if *quality {
		exit(runSearch(*file, *queries, *verbose))
	}
	if *speed {
		exit(runSpeed(*rounds))
	}
	if err := flag.Set("test.benchtime", fmt.Sprintf("%dx", *ops)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if *prescribe {
		exit(runPrescribe(*dsn, *rounds))
	}
	fmt.Printf("go run ./internal/yardstick -rounds %d -ops %d\n%s %s/%s, %d processors\n",
		*rounds, *ops, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if err := run(*rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
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

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
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
