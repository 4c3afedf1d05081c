package approval

import (
	"errors"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/vendor"
)

// vendor adds what only the package vendor knows, such as that data which
// leave the EEA need a basis.
func (c *declarationCheck) vendor() {
	var wrong *vendor.DocumentError
	if !errors.As(c.d.Vendor.Check(), &wrong) {
		return
	}
	var found []problem.Problem
	words := map[string]vendor.Text{}
	for _, p := range wrong.Problems {
		at := "/vendor" + p.Pointer
		found = append(found, problem.Problem{Pointer: at, Code: problem.Code(p.Code)})
		words[at] = p.Text
	}
	for _, p := range problem.Unrelated(found, c.causes()) {
		c.add(finding{Problem: p, say: vendorText(words[p.Pointer])})
	}
}

func (c *declarationCheck) causes() []problem.Problem {
	out := make([]problem.Problem, len(c.found))
	for i, f := range c.found {
		out[i] = f.Problem
	}
	return out
}

func vendorText(t vendor.Text) catalogue.Text {
	return catalogue.Text{"nb": t.NB, "nn": t.NN, "en": sentence(t.EN)}
}
