package launchtest

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/launch"
)

// IdentityNumber is a number of nobody: Skatteetaten's synthetic kind, with right check digits.
func IdentityNumber() string {
	for n := range 100_000 {
		if s := fmt.Sprintf("018190%05d", n); nationalid.Valid(s) {
			return s
		}
	}
	panic("launchtest: no identity number")
}

// persons: HTI 2.0, "Personal data".
func persons() []Case {
	const personal = launch.KindPersonalData
	number := IdentityNumber()
	return rows("N41",
		claim("sub is an identity number", "sub", number, personal), claim("sub refers to an identity number", "sub", "Patient/"+number, personal),
		claim("sub is an identity number with a space", "sub", number[:6]+" "+number[6:], personal),
		claim("sub is an e-mail address", "sub", "kari@example.org", personal), claim("sub refers to an e-mail address", "sub", "Patient/kari@example.org", personal),
		claim("sub is a web address", "sub", "https://portal.example/Patient/7f0b", personal), claim("sub is a name", "sub", "Kari Nordmann", personal),
		claim("patient is an identity number", "patient", "Patient/"+number, personal), claim("task with an identity number", "resource", "Task/"+number, personal),
		claim("definition with an identity number", "definition", "https://tool.example/"+number, personal),
		claim("intent with an e-mail address", "intent", "kari@example.org", personal),
		claim("jti with an identity number", "jti", "message-"+number+"-1", personal),
		claim("a name beside", "name", "Kari", personal), claim("an e-mail address beside", "email", "kari@example.org", personal),
		claim("an identity number beside", "x", number, personal), claim("an identity number deep inside", "x", map[string]any{"y": []any{number}}, personal),
		written("an identity number as a number", `"plan"`, `"plan","x":1`+number[1:], personal),
		claim("an identity number as a name of a claim", number, true, personal),
	)
}
