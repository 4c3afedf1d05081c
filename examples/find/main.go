// Command find searches a catalogue of digital health tools in Norwegian.
//
//	go run ./examples/find får ikke sove
//	go run ./examples/find -json -lang nn redd for å snakke
//	go run ./examples/find -area sleep,stress -mode open,login -age 15 søvn
//	go run ./examples/find -catalogue tools.json -queries queries.txt
//
// Without -catalogue it searches the sample. It prints a ranked list, or JSON
// with -json; with -queries one JSON object a line, for each line of the file.
// -area, -audience and -mode keep the tools that have one of the values, -age
// those for that age. The sample is searched as on the day that it is made for.
// Exit status: 0 also when nothing is found, 2 when the input cannot be used.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command.
func run(args []string, stdout, stderr io.Writer) int {
	o, err := arguments(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = find(o, stdout)
	}
	if err != nil {
		fmt.Fprintln(stderr, "find:", err)
		return 2
	}
	return 0
}

func find(o options, stdout io.Writer) error {
	tools, err := load(o.file)
	if err != nil {
		return err
	}
	if o.queries != "" {
		return each(o, tools, stdout)
	}
	result, err := search(tools, o, o.words)
	if err != nil {
		return err
	}
	if o.json {
		return json.NewEncoder(stdout).Encode(answer(result))
	}
	return list(stdout, result, o.strange(tools, result), o.query.Lang)
}

func load(file string) (*catalogue.Index, error) {
	if file == "" {
		return sample.Index()
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := catalogue.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return catalogue.NewIndex(d.Tools)
}

func search(tools *catalogue.Index, o options, words string) (catalogue.Result, error) {
	q := o.query
	q.Text = words
	return tools.Search(q)
}

// each searches for one line after the other; an empty line is a search for nothing and finds nothing.
func each(o options, tools *catalogue.Index, stdout io.Writer) error {
	f, err := os.Open(o.queries)
	if err != nil {
		return err
	}
	defer f.Close()
	out := json.NewEncoder(stdout)
	lines := bufio.NewScanner(f)
	number := 1
	for ; lines.Scan(); number++ {
		result, err := line(tools, o, strings.TrimSpace(lines.Text()))
		if err == nil {
			err = out.Encode(answer(result))
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w", o.queries, number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s, line %d: %w, want one query of at most %d characters", o.queries, number, err, catalogue.MaxQueryText)
	}
	return nil
}

func line(tools *catalogue.Index, o options, words string) (catalogue.Result, error) {
	switch {
	case words == "":
		return catalogue.Result{}, nil
	case !utf8.ValidString(words):
		return catalogue.Result{}, errors.New("not valid UTF-8, save the file as UTF-8")
	}
	return search(tools, o, words)
}
