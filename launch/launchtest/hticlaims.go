package launchtest

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

const claims = launch.KindClaims

// htiClaims: HTI 2.0, "Mapping of the HTI claims".
func htiClaims() []Case {
	return slices.Concat(subjects(), messageIDs(), tasks(),
		rows("N43", claim("patient is a practitioner", "patient", "Practitioner/1", claims), claim("patient without type", "patient", "7f0b", claims)),
		rows("N43 N08", wrongTypes("patient")...), rows("N43", empty("patient")),
		rows("N45", claim("hti-version 1.1", "hti-version", "1.1", claims), claim("hti-version is a number", "hti-version", 2.0, claims), claim("hti-version empty", "hti-version", "", claims),
			edited("an HTI 1.1 message", claims, asHTI11).ours()),
	)
}

func wrongTypes(member string) []Case {
	return []Case{claim(member+" null", member, nil, claims), claim(member+" is a number", member, 1, claims), claim(member+" is a list", member, []string{"a"}, claims)}
}

func empty(member string) Case { return claim(member+" empty", member, "", claims) }

func subjects() []Case {
	return slices.Concat(
		rows("C-14", noClaim("sub", claims), empty("sub")), rows("C-14 N08", wrongTypes("sub")...),
		rows("C-15 N42", claim("sub with NUL", "sub", "Patient/7f\x000b", claims), claim("sub with CR LF", "sub", "Patient/7f0b\r\nX-A:b", claims),
			claim("sub with a line break at the end", "sub", "Patient/7f0b\n", claims)),
		rows("C-21", edited("sub spelled with a long s", claims, func(_ *Portal, d *Draft) { d.Claims["ſub"] = d.Claims["sub"]; delete(d.Claims, "sub") })),
		rows("N42", claim("sub without type", "sub", "7f0b6c1e9a", claims), claim("sub of type Task", "sub", "Task/7f0b6c1e9a", claims).ours(),
			claim("sub with two slashes", "sub", "Patient/7f0b/_history", claims), claim("sub of 65 characters", "sub", "Patient/"+strings.Repeat("a", 65), claims),
			claim("sub with a letter that is not ASCII", "sub", "Patient/å", claims), claim("sub of a type in small letters", "sub", "patient/7f0b6c1e9a", claims)),
	)
}

func messageIDs() []Case {
	return slices.Concat(
		rows("C-16 N32", noClaim("jti", claims), empty("jti")), rows("C-16 N08", wrongTypes("jti")...),
		rows("C-17", claim("jti of 10 KiB", "jti", strings.Repeat("j", 10<<10), claims)),
		rows("N32", claim("jti of 15 characters", "jti", "123456789abcdef", claims), claim("jti with a space", "jti", "0123456789abcdef 0", claims).ours()),
	)
}

// tasks: what is to be done. The context of the launch is the claim resource.
func tasks() []Case {
	return slices.Concat(
		rows("C-22", noClaim("resource", claims), empty("resource")), rows("C-22 N08", wrongTypes("resource")...),
		rows("C-22", claim("resource of another type", "resource", "Observation/1", claims), claim("resource is an object", "resource", map[string]any{"id": "1"}, claims)),
		rows("C-22 N08", wrongTypes("definition")...), rows("C-22", empty("definition").ours()), rows("C-22 N08", wrongTypes("intent")...),
		rows("C-22", claim("definition is relative", "definition", "/ActivityDefinition/1", claims), claim("definition is script", "definition", "javascript:alert(1)", claims),
			claim("definition with a password", "definition", "https://a:b@tool.example/x", claims),
			claim("definition with a space", "definition", "https://tool.example/a b", claims),
			claim("definition that is written from right to left", "definition", "https://tool.example/\u202ea", claims).ours(),
			claim("definition of 2000 characters", "definition", "https://tool.example/"+strings.Repeat("a", 2000), claims).ours(),
			claim("intent of 65 characters", "intent", strings.Repeat("a", 65), claims).ours(), claim("intent with CR LF", "intent", "plan\r\nx", claims)),
	)
}

// asHTI11 makes a message that would be good if HTI 1.1 were agreed.
func asHTI11(_ *Portal, d *Draft) {
	for _, name := range []string{"resource", "definition", "patient", "intent", "hti-version"} {
		delete(d.Claims, name)
	}
	d.Claims["fhir-version"] = "R4"
	d.Claims["task"] = map[string]any{"resourceType": "Task", "id": "58c1", "intent": "plan", "status": "requested",
		"for": map[string]any{"reference": d.Claims["sub"]}}
}
