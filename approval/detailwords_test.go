package approval_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// english are words that a reader of Norwegian should not meet; names of members and limits may stand.
var english = regexp.MustCompile(`[a-z]+ [a-z]+`)

// details are the literal texts of what was wanted, in the source of this package.
func details(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var out []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if call, is := n.(*ast.CallExpr); is && len(call.Args) == 3 {
				if lit, is := call.Args[2].(*ast.BasicLit); is && lit.Kind == token.STRING && adds(call.Fun) {
					text, err := strconv.Unquote(lit.Value)
					require.NoError(t, err)
					out = append(out, text)
				}
			}
			return true
		})
	}
	return out
}

func adds(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name == "add"
	case *ast.Ident:
		return f.Name == "one"
	}
	return false
}

func TestEveryDetailIsInTheReadersLanguage(t *testing.T) {
	checked := 0
	for _, want := range details(t) {
		if !english.MatchString(want) {
			continue
		}
		checked++
		p := problem.Problem{Code: problem.BadValue, Want: want}
		assert.Contains(t, p.Text("en"), want)
		assert.NotContains(t, p.Text("nb"), want)
		assert.NotContains(t, p.Text("nn"), want)
		for _, lang := range []string{"nb", "nn"} {
			assert.NotRegexp(t, `\b(the|of|an|is|that|which|one|or|and|only)\b`, p.Text(lang), want)
		}
	}
	assert.Greater(t, checked, 12)
}
