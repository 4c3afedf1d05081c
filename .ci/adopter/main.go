// Command adopter proves what somebody sees who adds this module to a program:
// it builds the module zip as the module proxy would, checks that no file of
// the module is left out of it, serves it to a throw-away module that imports
// every public package, and builds that one, without and with its own vendor
// folder. It exists because a folder named vendor/ is special to the go command.
//
//	go run . -root ../..
package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

var version = module.Version{Path: "github.com/verktoykatalog/verktoy", Version: "v0.0.1"}

func main() {
	log.SetFlags(0)
	root := flag.String("root", ".", "the module's folder")
	flag.Parse()
	if err := adopt(*root); err != nil {
		log.Fatalf("adopter: %v", err)
	}
}

func adopt(root string) error {
	dir, err := os.MkdirTemp("", "adopter")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	archive := filepath.Join(dir, "proxy", version.Path, "@v", version.Version+".zip")
	if err := pack(root, archive); err != nil {
		return err
	}
	if err := complete(root, archive); err != nil {
		return err
	}
	packages, err := public(root)
	if err != nil {
		return err
	}
	env, err := environment(dir)
	if err != nil {
		return err
	}
	defer run(dir, env, "go", "clean", "-modcache") // what it holds is read-only
	return build(filepath.Join(dir, "program"), env, packages)
}

// pack writes what the module proxy protocol asks for: list, info, mod and zip.
func pack(root, archive string) error {
	if err := os.MkdirAll(filepath.Dir(archive), 0o755); err != nil {
		return err
	}
	f, err := os.Create(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := modzip.CreateFromDir(f, version, root); err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	base := strings.TrimSuffix(archive, ".zip")
	return errors.Join(err,
		os.WriteFile(base+".mod", mod, 0o644),
		os.WriteFile(base+".info", []byte(`{"Version":"`+version.Version+`"}`), 0o644),
		os.WriteFile(filepath.Join(filepath.Dir(archive), "list"), []byte(version.Version+"\n"), 0o644))
}

// complete compares the zip with what git tracks outside the nested modules.
func complete(root, archive string) error {
	packed, err := contents(archive)
	if err != nil {
		return err
	}
	out, err := run(root, os.Environ(), "git", "ls-files")
	if err != nil {
		return err
	}
	tracked := strings.Fields(out)
	nested := modules(tracked)
	missing := slices.DeleteFunc(tracked, func(file string) bool {
		return packed[file] || slices.ContainsFunc(nested, func(m string) bool { return strings.HasPrefix(file, m) })
	})
	if len(missing) > 0 {
		return fmt.Errorf("adopters would not get these files: %s", strings.Join(missing, " "))
	}
	fmt.Printf("adopter: %d files in the module zip, none left out\n", len(packed))
	return nil
}

func contents(archive string) (map[string]bool, error) {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	packed := map[string]bool{}
	for _, f := range r.File {
		packed[strings.TrimPrefix(f.Name, version.String()+"/")] = true
	}
	return packed, nil
}

func modules(tracked []string) []string {
	var out []string
	for _, file := range tracked {
		if dir, found := strings.CutSuffix(file, "/go.mod"); found {
			out = append(out, dir+"/")
		}
	}
	return out
}

// public lists the packages that adopters can import. The vendor package must be among them.
func public(root string) ([]string, error) {
	out, err := run(root, append(os.Environ(), "GOWORK="), "go", "list", "./...")
	if err != nil {
		return nil, err
	}
	packages := slices.DeleteFunc(strings.Fields(out), func(p string) bool { return strings.Contains(p, "/internal/") })
	if !slices.Contains(packages, version.Path+"/vendor") {
		return nil, fmt.Errorf("go list ./... does not find the vendor package among %d", len(packages))
	}
	return packages, nil
}

// build makes a program that imports everything, and builds it both ways.
func build(dir string, env, packages []string) error {
	program := "package main\n\nimport (\n"
	for _, p := range packages {
		program += "\t_ \"" + p + "\"\n"
	}
	err := errors.Join(os.MkdirAll(dir, 0o755),
		os.WriteFile(filepath.Join(dir, "main.go"), []byte(program+")\n\nfunc main() {}\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module program\n\ngo 1.25.0\n\nrequire "+version.Path+" "+version.Version+"\n"), 0o644))
	for _, args := range [][]string{{"mod", "tidy"}, {"build", "./..."}, {"mod", "vendor"}, {"build", "-mod=vendor", "./..."}} {
		if err == nil {
			_, err = run(dir, env, "go", args...)
		}
	}
	if err == nil {
		fmt.Printf("adopter: a program with %d packages builds, with its own vendor folder too\n", len(packages))
	}
	return err
}

// environment serves this module from the folder and all others from what this machine has downloaded, then from the usual proxy.
func environment(dir string) ([]string, error) {
	out, err := run(".", os.Environ(), "go", "env", "GOMODCACHE", "GOPROXY")
	if err != nil {
		return nil, err
	}
	cache, proxy, _ := strings.Cut(strings.TrimSpace(out), "\n")
	return append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GONOSUMDB="+version.Path, "GOMODCACHE="+filepath.Join(dir, "cache"),
		"GOPROXY=file://"+filepath.ToSlash(filepath.Join(dir, "proxy"))+",file://"+filepath.ToSlash(filepath.Join(cache, "cache", "download"))+","+proxy), nil
}

// run gives the command's output. What it complains about is shown only when it fails.
func run(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	var complaint bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stderr = dir, env, &complaint
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return string(out), err
}
