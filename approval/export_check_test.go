package approval

import "github.com/verktoykatalog/verktoy/internal/strictjson"

// Fits tells whether the schema alone takes a document, as another validator could: 0 submitted, 1 a draft, 2 a vendor's.
func Fits(data []byte, set *RequirementSet, form int) (bool, error) {
	v, err := strictjson.Parse(data, limits())
	if err != nil {
		return false, err
	}
	schema, err := set.own.compiled[form]()
	if err != nil {
		return false, err
	}
	return len(violations(schema, v.Any())) == 0, nil
}

// Compile is for schemas that nobody ships.
var Compile = compile
