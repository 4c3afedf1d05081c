package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// variable names the mutant that runs; empty: none.
const variable = "VERKTOY_MUTANT"

// source is a file whose functions get copies.
type source struct {
	name, text string
	tree       *ast.File
	inserted   map[int]string // by offset
	copies     strings.Builder
}

// switched gives the files with the mutants in them, by their place in the
// module, and for each of their packages one more with the switch.
func (b bench) switched(mutants []mutant) (map[string]string, error) {
	sources := map[string]*source{}
	for i, m := range mutants {
		for _, e := range m.edits {
			if sources[e.file] == nil {
				s, err := b.read(e.file)
				if err != nil {
					return nil, err
				}
				sources[e.file] = s
			}
			if err := sources[e.file].add(i, m.name, e); err != nil {
				return nil, fmt.Errorf("mutant %q: %w", m.name, err)
			}
		}
	}
	files := map[string]string{}
	for name, s := range sources {
		files[name] = s.String()
		files[path.Join(path.Dir(name), "mutants_switch.go")] = "package " + s.tree.Name.Name + "\n\nimport \"os\"\n\nvar mutantOn = os.Getenv(\"" + variable + "\")\n"
	}
	return files, nil
}

func (b bench) read(name string) (*source, error) {
	data, err := os.ReadFile(filepath.Join(b.root, name))
	if err != nil {
		return nil, err
	}
	tree, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
	return &source{name: name, text: string(data), tree: tree, inserted: map[int]string{}}, err
}

// add makes a copy of the function without the check, and lets the function
// begin with the question whether the copy is to run in its place.
func (s *source) add(number int, name string, e edit) error {
	if n := strings.Count(s.text, e.old); n != 1 {
		return fmt.Errorf("want this text once in %s, it is there %d times:\n%s", s.name, n, e.old)
	}
	f := s.function(strings.Index(s.text, e.old))
	if f == nil {
		return fmt.Errorf("want this text of %s inside one function:\n%s", s.name, e.old)
	}
	call, err := call(f, number)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	s.inserted[s.at(f.Body.Lbrace)+1] += fmt.Sprintf("\n\tif mutantOn == %q {\n\t\t%s\n\t}\n", name, call)
	text := s.text[s.at(f.Pos()):s.at(f.End())]
	text = strings.Replace(text, "func "+s.receiver(f)+f.Name.Name, "func "+s.receiver(f)+copied(f, number), 1)
	s.copies.WriteString("\n" + strings.Replace(text, e.old, e.new, 1) + "\n")
	for _, p := range e.needs {
		if text := "\n\nimport \"" + p + "\""; !strings.Contains(s.inserted[s.at(s.tree.Name.End())], text) {
			s.inserted[s.at(s.tree.Name.End())] += text
		}
	}
	return nil
}

func (s *source) at(p token.Pos) int { return int(p - s.tree.FileStart) }

// function is the one around the offset.
func (s *source) function(offset int) *ast.FuncDecl {
	for _, d := range s.tree.Decls {
		if f, is := d.(*ast.FuncDecl); is && s.at(f.Body.Lbrace) < offset && offset < s.at(f.Body.Rbrace) {
			return f
		}
	}
	return nil
}

// receiver is as it is written, with the space after it.
func (s *source) receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	return s.text[s.at(f.Recv.Pos()):s.at(f.Recv.End())] + " "
}

func copied(f *ast.FuncDecl, number int) string {
	return fmt.Sprintf("%sMutant%d", f.Name.Name, number)
}

// call is the statement that runs the copy. All parameters must have names.
func call(f *ast.FuncDecl, number int) (string, error) {
	text := copied(f, number)
	if f.Recv != nil {
		text = f.Recv.List[0].Names[0].Name + "." + text
	}
	var names []string
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			names = append(names, n.Name)
		}
		if _, variadic := field.Type.(*ast.Ellipsis); variadic {
			names[len(names)-1] += "..."
		}
		if len(field.Names) == 0 || slices.Contains(names, "_") {
			return "", fmt.Errorf("function %s has a parameter without a name", f.Name.Name)
		}
	}
	text += "(" + strings.Join(names, ", ") + ")"
	if f.Type.Results == nil {
		return text + "\n\t\treturn", nil
	}
	return "return " + text, nil
}

// String is the file with what was added.
func (s *source) String() string {
	var b strings.Builder
	for i, c := range []byte(s.text) {
		b.WriteString(s.inserted[i])
		b.WriteByte(c)
	}
	return b.String() + s.copies.String()
}
