package fhir

import (
	"errors"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Decode fills what dst points to with the members that it has a place for, and takes nothing: [Node.EchoInPlace] of what is written from
// dst does. Wrong types are problems.
func (n Node) Decode(dst any) {
	_, err := n.v.DecodeKnown(dst)
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		for _, p := range bad.Problems {
			n.r.add(p.Pointer, p.Code, p.Want)
		}
	} else if err != nil {
		n.Report("", problem.BadValue, "a resource")
	}
}
