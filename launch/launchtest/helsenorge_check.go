package launchtest

import (
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// citizens checks the persons, each alone and then who acts for whom.
func (f *faultList) citizens(all []Citizen) {
	f.check(len(all) > 0, "field Citizens is empty")
	byID := map[string]Citizen{}
	for i, c := range all {
		at := fmt.Sprintf("Citizens[%d]", i)
		_, twice := byID[c.ID]
		f.check(c.ID != "" && !twice, at+" has no ID of its own")
		f.check(c.Name != "", at+" has no name")
		f.check(nationalid.Valid(c.NationalID) && nationalid.Synthetic(c.NationalID), at+" has no synthetic identity number")
		f.check(c.Alone == "" || among(c.Alone, relationsOfOneOwn), at+" has an Alone that is not 1, 6 or 7")
		byID[c.ID] = c
	}
	for i, c := range all {
		for j, r := range c.Represents {
			f.representation(fmt.Sprintf("Citizens[%d].Represents[%d]", i, j), c, r, byID)
		}
	}
}

func (f *faultList) representation(at string, c Citizen, r Representation, byID map[string]Citizen) {
	other, known := byID[r.Citizen]
	f.check(known && r.Citizen != c.ID, at+" is not another citizen")
	f.check(among(r.Relation, relationsBetween), at+" has a relation that is not 2 to 5")
	f.check(c.Alone != RelationHidden && other.Alone != RelationHidden, at+" is of somebody with a hidden address")
}

func among(r Relation, codes string) bool { return len(r) == 1 && strings.Contains(codes, string(r)) }
