package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bench builds and runs the matrix. Its folder has everything that it writes.
type bench struct {
	ctx       context.Context // of the one run that a bench is for
	root, dir string
}

// outcome is what became of one mutant: the rows that caught it, or what went wrong.
type outcome struct {
	caught []string
	fault  string
}

// prepare builds the matrix with all mutants in it. With none of them switched
// on it must pass, and have every row that is to catch one.
func (b bench) prepare(mutants []mutant) error {
	overlay, err := b.overlay(mutants)
	if err != nil {
		return err
	}
	if out, err := b.run(b.root, "", "go", "test", "-c", "-o", b.binary(), "-overlay", overlay, matrix); err != nil {
		return fmt.Errorf("the matrix with the mutants does not build: %w\n%s", err, out)
	}
	tests := map[string]bool{}
	for _, m := range mutants {
		tests[m.tests] = true
	}
	passed := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		out, err := b.test("", name, "-test.v")
		if err != nil {
			return fmt.Errorf("%s fails with nothing switched off: %w\n%s", name, err, out)
		}
		passed[name] = rows(out, "--- PASS: ")
	}
	return known(mutants, passed)
}

// known: a row that no test has could never catch a mutant.
func known(mutants []mutant, passed map[string][]string) (err error) {
	names := map[string]bool{}
	for _, m := range mutants {
		if names[m.name] || len(m.rows) == 0 {
			err = errors.Join(err, fmt.Errorf("mutant %q is there twice, or names no row", m.name))
		}
		names[m.name] = true
		for _, row := range m.rows {
			if !slices.Contains(passed[m.tests], row) {
				err = errors.Join(err, fmt.Errorf("mutant %q: %s has no row %s", m.name, m.tests, row))
			}
		}
	}
	return err
}

// try switches the mutant on, and looks at which rows fail.
func (b bench) try(m mutant) outcome {
	out, err := b.test(m.name, m.tests)
	failed := rows(out, "--- FAIL: ")
	caught := slices.DeleteFunc(slices.Clone(m.rows), func(row string) bool { return !slices.Contains(failed, row) })
	switch {
	case err == nil:
		return outcome{fault: "every row passes"}
	case strings.Contains(out, "panic: "):
		return outcome{fault: "it panics, which says nothing of the rows\n" + head(out)}
	case len(caught) == 0:
		return outcome{fault: "others failed: " + cmp.Or(strings.Join(failed, " "), out)}
	}
	return outcome{caught: caught}
}

// head is the beginning of what a panic says.
func head(out string) string {
	lines := strings.SplitAfter(out, "\n")
	return strings.Join(lines[:min(len(lines), 20)], "")
}

// overlay writes the files with the mutants, and the list that tells the go command to take them.
func (b bench) overlay(mutants []mutant) (string, error) {
	files, err := b.switched(mutants)
	if err != nil {
		return "", err
	}
	list := map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(files)) {
		list[filepath.Join(b.root, name)] = filepath.Join(b.dir, strconv.Itoa(i)+".go")
		if err := os.WriteFile(list[filepath.Join(b.root, name)], []byte(files[name]), 0o600); err != nil {
			return "", err
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": list})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(b.dir, "overlay.json")
	return overlay, os.WriteFile(overlay, data, 0o600)
}

func (b bench) binary() string { return filepath.Join(b.dir, "matrix.test") }

func (b bench) test(mutant, tests string, args ...string) (string, error) {
	return b.run(filepath.Join(b.root, matrix), mutant, b.binary(), append(args, "-test.run=^"+tests+"$", "-test.timeout=60s")...)
}

// run gives what the command writes, wherever it writes it.
func (b bench) run(dir, mutant, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=", variable+"="+mutant)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
