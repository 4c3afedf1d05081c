package vendor

import (
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Parse reads the description of one vendor as JSON and checks it as
// [Vendor.Check] does; all mistakes come at once in a [*DocumentError]. Refused
// are also members that are unknown, appear twice or differ in upper and lower
// case, null, and anything after the document. Limits: 1 MiB, 32 levels, 10,000
// members. Writing a Vendor with encoding/json gives what Parse takes.
func Parse(data []byte) (Vendor, error) {
	tree, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return Vendor{}, invalid(problems(err))
	}
	var v Vendor
	var found []problem.Problem
	if err := tree.Decode(&v); err != nil {
		found = problems(err)
	}
	found = append(found, problem.Unrelated(v.check(), found)...)
	if len(found) > 0 {
		return Vendor{}, invalid(found)
	}
	return v, nil
}
