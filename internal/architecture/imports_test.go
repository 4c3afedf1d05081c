package architecture_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/verktoykatalog/verktoy/"

// allowed says which packages of this module a package may import, by path
// below the module; "internal/*" stands for all of internal. A package that is
// not here fails the test: give it a row, and think about its layer.
var allowed = map[string][]string{
	"vendor":                        {"internal/*"},
	"catalogue":                     {"vendor", "internal/*"},
	"catalogue/cataloguefhir":       {"catalogue", "vendor", "internal/*"},
	"catalogue/catalogueapi":        {"catalogue", "vendor", "internal/*"},
	"catalogue/cataloguetest":       {"catalogue", "vendor", "internal/*"},
	"catalogue/cataloguehttp":       {"catalogue", "vendor", "internal/*"},
	"catalogue/sample":              {"catalogue"},
	"catalogue/schema":              {},
	"approval":                      {"catalogue", "vendor", "approval/schema", "internal/*"},
	"approval/approvalcdx":          {"approval", "catalogue", "vendor", "internal/*"},
	"approval/approvaloscal":        {"approval", "catalogue", "vendor", "internal/*"},
	"approval/approvalfhir":         {"approval", "catalogue", "vendor", "internal/*"},
	"approval/requirement":          {"approval", "catalogue", "vendor", "internal/*"},
	"approval/approvalsign":         {"approval", "catalogue", "vendor", "internal/*"},
	"approval/schema":               {},
	"approval/approvaltest":         {"approval", "catalogue", "vendor", "internal/*"},
	"prescription":                  {"catalogue", "internal/*"},
	"prescription/prescriptionsql":  {"prescription", "catalogue", "internal/*"},
	"prescription/prescriptiontest": {"prescription", "catalogue", "internal/*"},
	"prescription/oppgave":          {"prescription", "catalogue", "internal/*"},
	"prescription/prescriptionfhir": {"prescription", "catalogue", "internal/*"},
	"launch":                        {"internal/*"},
	"launch/helseid":                {"launch", "internal/*"},
	"launch/hti":                    {"launch", "internal/*"},
	"launch/helsenorge":             {"launch", "internal/*"},
	"launch/launchsql":              {"launch", "internal/*"},
	"launch/launchtest":             {"launch", "launch/hti", "internal/*"},
	// The tool's side: it knows the table of states. Its own store and suite lie below it.
	"prescription/report":            {"prescription", "catalogue", "internal/*"},
	"prescription/report/reportsql":  {"prescription/report", "prescription", "internal/*"},
	"prescription/report/reporttest": {"prescription/report", "prescription"},

	// Inside internal the order is from the ground up.
	"internal/acceptlanguage": {},
	"internal/architecture":   {},
	"internal/backoff":        {},
	"internal/guard":          {},
	"internal/launchform":     {},
	"internal/problem":        {},
	"internal/strictjson":     {"internal/problem"},
	"internal/jcs":            {"internal/problem", "internal/strictjson"},
	"internal/fhir":           {"internal/problem", "internal/strictjson"},
	"internal/schemagen":      {},
	"internal/nameuuid":       {},
	"internal/norwegian":      {},
	"internal/nationalid":     {},
	"internal/hashchain":      {},
	"internal/sqlplumbing":    {},
	"internal/sqltest":        {},
	"internal/jose":           {"internal/problem", "internal/strictjson"},
	"internal/jose/jwetest":   {},
	"internal/orgnumber":      {},
	"internal/outbound":       {},
	"internal/refresh":        {},
	"internal/inprocess":      {},
	"internal/oauth":          {"internal/jose", "internal/nationalid", "internal/outbound", "internal/refresh", "internal/strictjson"},
	"internal/oidcpeer":       {},
	"internal/retrying":       {"internal/outbound"},
	"internal/underrace":      {},
	"internal/unset":          {},
}

// testOnly lists what any package's tests may import besides their own domain; adopters never link it.
var testOnly = []string{"vendor", "catalogue", "catalogue/schema", "catalogue/sample", "internal/schemagen", "internal/sqltest", "internal/underrace"}

// pkg is a folder of Go files: what its code imports, and what its tests do.
type pkg struct {
	Name        string // path below the module
	Imports     []string
	TestImports []string
}

func TestImports(t *testing.T) {
	checked := 0
	for _, p := range list(t, ".") {
		name := p.Name
		row, known := allowed[name]
		if !assert.True(t, known, "%s is not in the import table", name) {
			continue
		}
		checked++
		assert.Empty(t, outside(p.Imports, row), "%s may not import these", name)
		domain, _, _ := strings.Cut(name, "/")
		tests := append(slices.Clone(row), append(testOnly, domain+"/*")...)
		assert.Empty(t, outside(p.TestImports, tests), "tests of %s may not import these", name)
	}
	assert.GreaterOrEqual(t, checked, len(allowed), "every row of the table stands for a package")
}

func TestExamplesImportPublicPackagesOnly(t *testing.T) {
	for _, p := range list(t, "examples") {
		for _, i := range slices.Concat(p.Imports, p.TestImports) {
			assert.False(t, strings.HasPrefix(i, module+"internal"), "%s imports %s", p.Name, i)
		}
	}
}

// testSupport are the packages that tests alone import, each with a library that
// nobody else may link.
var testSupport = map[string]string{
	"internal/schemagen": "github.com/invopop/",
	"internal/sqltest":   "github.com/stretchr/testify",
}

// Drivers and test libraries are the adopter's choice: no package brings them.
func TestNoPackageLinksDriversOrTestLibraries(t *testing.T) {
	banned := []string{"modernc.org/sqlite", "github.com/jackc/pgx", "github.com/stretchr/testify", "github.com/invopop/"}
	for _, p := range list(t, ".") {
		mine, supports := testSupport[p.Name]
		for _, i := range p.Imports {
			for _, b := range banned {
				assert.False(t, strings.HasPrefix(i, b) && (!supports || b != mine), "%s imports %s", p.Name, i)
			}
		}
	}
}

// One package alone knows the JOSE library, so that moving to another is one package's work.
func TestOneImporterOfJWX(t *testing.T) {
	for _, p := range list(t, ".") {
		for _, i := range slices.Concat(p.Imports, p.TestImports) {
			if strings.HasPrefix(i, "github.com/lestrrat-go/") {
				assert.Equal(t, "internal/jose", p.Name, "imports %s", i)
			}
		}
	}
}

func outside(imports, row []string) []string {
	var bad []string
	for _, i := range imports {
		name, ours := strings.CutPrefix(i, module)
		if ours && !slices.ContainsFunc(row, func(r string) bool { return covers(r, name) }) {
			bad = append(bad, name)
		}
	}
	return bad
}

// covers says whether an entry of the table allows a package. "internal/*" leaves out what only tests may link.
func covers(entry, name string) bool {
	domain, all := strings.CutSuffix(entry, "/*")
	if !all {
		return entry == name
	}
	return (name == domain || strings.HasPrefix(name, domain+"/")) && testSupport[name] == ""
}

// list reads the import lines of all packages below a folder of the repository. It reads the files itself: what "go list" would read
// is not known to the test cache, and an old result would stand after a change.
func list(t *testing.T, root string) []pkg {
	t.Helper()
	found := map[string]*pkg{}
	base := filepath.Join("..", "..")
	err := filepath.WalkDir(filepath.Join(base, root), func(path string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(base, path)
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return skip(name, root)
		case strings.HasSuffix(name, ".go"):
			return read(found, filepath.ToSlash(name), path)
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found, "packages below %q", root)
	return sorted(found)
}

// skip leaves out what the go command leaves out, and modules of their own.
func skip(name, root string) error {
	base := filepath.Base(name)
	hidden := name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata")
	if hidden || root == "." && (name == "examples" || name == filepath.Join("internal", "yardstick")) {
		return fs.SkipDir
	}
	return nil
}

func read(found map[string]*pkg, name, file string) error {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	dir := path.Dir(name)
	if found[dir] == nil {
		found[dir] = &pkg{Name: dir}
	}
	to := &found[dir].Imports
	if strings.HasSuffix(name, "_test.go") {
		to = &found[dir].TestImports
	}
	for _, i := range parsed.Imports {
		*to = append(*to, strings.Trim(i.Path.Value, "\""))
	}
	return nil
}

func sorted(found map[string]*pkg) []pkg {
	var all []pkg
	for _, name := range slices.Sorted(maps.Keys(found)) {
		all = append(all, *found[name])
	}
	return all
}
