package schema_test

import (
	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/schemagen"
)

var mappingOptions = schemagen.Options{
	Description: "What became of each requirement from one requirement set to another.",
	Describe: map[string]string{
		"Mapping.version":   "Version of this form.",
		"Mapping.from":      "The earlier set.",
		"Mapping.to":        "The later set.",
		"MapEntry.from":     "Ids of the earlier set; each is in one entry only.",
		"MapEntry.to":       "Ids of the later set; none of them withdrawn.",
		"MapEntry.relation": "equal, moved, modified: 1 to 1; split: 1 to 2 or more; merged: 1 or more to 1; covered: 1 or more to 1 or more; deleted: 1 or more to none, with a reason; added: none to 1 or more.",
		"MapEntry.reason":   "Why; required for deleted.",
	},
	Refine: byType{
		"Mapping": edits(members{"version": isVersion(approval.MappingVersion), "entries": items(0, 1000)}),
		"SetRef":  edits(members{"id": form(codeForm, 64), "version": form(threePart, 32)}),
		"MapEntry": edits(members{"from": distinct(100), "to": distinct(100), "reason": text(1000),
			"relation": oneOf(approval.RelationEqual, approval.RelationMoved, approval.RelationModified, approval.RelationSplit,
				approval.RelationMerged, approval.RelationCovered, approval.RelationDeleted, approval.RelationAdded)}),
	},
}
