package approval

import (
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// CodePersonalData: a text holds what may be a national identity number. A declaration is read by many and published in part.
const CodePersonalData = "personal-data"

// texts looks at every text of a document for what must not be in any: control
// characters, which can make a page show something else than what was written,
// and identity numbers. Addresses and digests hold long numbers of their own.
func texts(v *strictjson.Value, name string) []finding {
	var out []finding
	switch v.Kind {
	case strictjson.String:
		return textFault(v, name)
	case strictjson.Array:
		for _, item := range v.Items {
			out = append(out, texts(item, name)...)
		}
	case strictjson.Object:
		for _, m := range v.Members {
			out = append(out, texts(m.Value, m.Name)...)
		}
	}
	return out
}

func textFault(v *strictjson.Value, name string) []finding {
	switch {
	case problem.Misleading(v.Text):
		return one(v.Pointer(), problem.BadValue, "text without control characters")
	case name != "url" && name != "sha256" && nationalid.Contains(v.Text):
		return []finding{{Problem: problem.Problem{Pointer: v.Pointer(), Code: CodePersonalData}, say: sayPersonalData.text()}}
	}
	return nil
}
