// Command mutants proves that every check of a launch has a row of the matrix
// that fails without it: it switches off one check after the other, from the
// request to the replay store, runs the matrix, and wants a failure that names
// one of the rows that are meant for the check.
//
//	go run . -root ../..
//
// The code that is published has no switch. What is tried is a copy of it that
// only the compiler sees (go test -overlay): each function with a check has a
// copy of itself without it, and an environment variable says which one runs.
// So one build is enough for all.
//
// A mutant that no row catches is a hole in the matrix: add a case for it. One
// whose old text is gone, or there twice, ends the run: change the mutant with
// the code.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

func main() {
	log.SetFlags(0)
	root := flag.String("root", ".", "the module's folder")
	only := flag.String("only", "", "mutants with this in their name")
	workers := flag.Int("j", 2, "how many at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	survivors, err := run(ctx, *root, *only, *workers)
	if err != nil {
		log.Fatalf("mutants: %v", err)
	}
	if survivors > 0 {
		os.Exit(1)
	}
}

func run(ctx context.Context, root, only string, workers int) (survivors int, err error) {
	mutants := slices.DeleteFunc(all(), func(m mutant) bool { return !strings.Contains(m.name, only) })
	if len(mutants) == 0 {
		return 0, fmt.Errorf("no mutant has %q in its name", only)
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if root, err = filepath.Abs(root); err != nil {
		return 0, err
	}
	b := bench{ctx: ctx, root: root, dir: dir}
	if err := b.prepare(mutants); err != nil {
		return 0, err
	}
	outcomes := each(mutants, workers, b.try)
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return report(mutants, outcomes), nil
}

// each does the work for every mutant, some at a time, and keeps their order.
func each(mutants []mutant, workers int, work func(mutant) outcome) []outcome {
	outcomes := make([]outcome, len(mutants))
	turn := make(chan int)
	var all sync.WaitGroup
	for range max(1, workers) {
		all.Go(func() {
			for i := range turn {
				outcomes[i] = work(mutants[i])
			}
		})
	}
	for i := range mutants {
		turn <- i
	}
	close(turn)
	all.Wait()
	return outcomes
}

// report prints the table, and says how many mutants were not caught.
func report(mutants []mutant, outcomes []outcome) (survivors int) {
	for i, o := range outcomes {
		if o.fault == "" {
			fmt.Printf("%-46s caught by %s\n", mutants[i].name, strings.Join(o.caught, " "))
			continue
		}
		survivors++
		fmt.Printf("%-46s SURVIVED, want a failure of %s: %s\n", mutants[i].name, strings.Join(mutants[i].rows, " or "), o.fault)
	}
	fmt.Printf("%d passed, %d failed\n", len(outcomes)-survivors, survivors)
	return survivors
}
