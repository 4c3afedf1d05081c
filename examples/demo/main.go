// Command demo plays the whole story of a digital health tool: a vendor's
// self-declaration is assessed, the tool is listed, a clinician finds and sends
// it, the citizen starts it from a portal, and the clinician sees what became
// of it.
//
//	go run ./examples/demo            four sites on 127.0.0.1, for a browser
//	go run ./examples/demo -script    the same without a browser, a line a step
//
// Every step goes through the public packages, as a vendor's or an EPR's own
// program would. The people, organisations and tools are invented, and the
// clock starts on a fixed day, so that approvals and deadlines tell the same
// story in any year.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command: 0 when all went well, 1 when a step broke, 2 for wrong arguments.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := arguments(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	o.log = slog.New(slog.DiscardHandler) // the script is refused on purpose
	if !o.script {
		o.log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if o.script {
		err = play(ctx, o, stdout)
	} else {
		err = browse(ctx, o, stdout)
	}
	if err != nil {
		fmt.Fprintln(stderr, "demo:", err)
		return 1
	}
	return 0
}

type options struct {
	script       bool
	db, postgres string
	addr         string
	log          *slog.Logger
}

func arguments(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&o.script, "script", false, "play the story without a browser and end")
	flags.StringVar(&o.db, "db", "", "keep the EPR's prescriptions and the desk's cases in `FILE`, an SQLite database (default: a temporary one); portal and tool forget when the demo ends, and -script keeps no cases")
	flags.StringVar(&o.postgres, "postgres", "", "use the PostgreSQL database that `DSN` names instead of SQLite")
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8740", "`ADDRESS` of the clinician's site; portal, tool and desk get the next three ports (port 0: any)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	err := o.check(flags.Args())
	if err != nil {
		fmt.Fprintln(stderr, "demo:", err)
	}
	return o, err
}

func (o options) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unknown argument %q, want only flags (see -h)", rest[0])
	case o.db != "" && o.postgres != "":
		return errors.New("-db and -postgres exclude each other, want one of them")
	}
	return nil
}

// browse serves the four sites until the context ends.
func browse(ctx context.Context, o options, stdout io.Writer) error {
	w, err := newWorld(ctx, o)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.recall(ctx); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "The vendor's tool %s has been assessed and listed.\n\n", demoTool)
	fmt.Fprintf(stdout, "Begin here:     %s  the story, and where to go\n\n", w.clinician.url)
	fmt.Fprintf(stdout, "The clinician:  %s/search  search for %q and send the tool\n", w.clinician.url, "sosial angst")
	fmt.Fprintf(stdout, "The citizen:    %s  choose the same person and start it\n", w.portal.url)
	fmt.Fprintf(stdout, "The tool:       %s  opens from the portal only\n", w.tool.url)
	fmt.Fprintf(stdout, "The desk:       %s  declare, decide and publish another tool\n\n", w.deskURL)
	fmt.Fprintln(stdout, "Stop with Ctrl+C.")
	return w.wait(ctx)
}
