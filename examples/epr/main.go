package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], surroundings{os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now}))
}

// surroundings are what the program has from outside.
type surroundings struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	now      func() time.Time
}

// run is the command.
func run(ctx context.Context, args []string, s surroundings) int {
	o, err := arguments(args, s)
	if err == nil {
		err = do(ctx, o, s)
	}
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(s.err, "epr:", err)
	if todo := advice(err); todo != "" {
		fmt.Fprintln(s.err, "epr:", todo)
	}
	var wrong *useError
	if errors.As(err, &wrong) || errors.Is(err, prescription.ErrRequest) {
		return 2
	}
	return 1
}

func do(ctx context.Context, o options, s surroundings) error {
	e, err := newEPR(o, s)
	if err != nil {
		return err
	}
	if err := e.open(ctx); err != nil {
		return err
	}
	defer e.db.Close()
	return commands[o.command].run(e, ctx)
}

// advice says what to do about an error.
func advice(err error) string {
	for _, a := range []struct {
		err  error
		todo string
	}{
		{prescription.ErrUnknownTool, "find a tool with ./examples/find, or give -catalogue"},
		{oppgave.ErrCitizen, "enter it: epr patient -patient PSEUDONYM -born YYYY-MM-DD, and the number on standard input"},
		{prescription.ErrAlreadyActive, "look at it with list, or say with -second why there shall be another one"},
		{prescription.ErrConflict{}, "somebody has changed it meanwhile: look at it with list, and decide again"},
		{prescription.ErrEnded, "look at it with list"},
		{prescription.ErrNotFound, "look for the ID with list, or for release with dead"},
		{prescription.ErrBusy, "do it again"},
	} {
		if errors.Is(err, a.err) {
			return a.todo
		}
	}
	return ""
}
