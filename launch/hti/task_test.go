package hti_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func versions(tb testing.TB, p *launchtest.Portal, accepted ...string) launch.Profile {
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys()}}, Versions: accepted})
	require.NoError(tb, err)
	return profile
}

type object = map[string]any

// draft11 is a good HTI 1.1 message.
func draft11(p *launchtest.Portal) (d *launchtest.Draft, task object) {
	d = p.Draft()
	for _, name := range []string{"resource", "definition", "intent", "hti-version"} {
		delete(d.Claims, name)
	}
	task = object{"resourceType": "Task", "id": "58c1", "instantiatesCanonical": "https://tool.example/ActivityDefinition/sleep",
		"for": object{"reference": "Patient/7f0b6c1e9a"}, "intent": "plan", "status": "requested"}
	d.Claims["task"], d.Claims["fhir-version"] = task, "R4"
	return d, task
}

type case11 struct {
	name string
	edit func(c, task object)
	want launch.Kind
}

func cases11() []case11 {
	stu3 := func(definition any) func(c, task object) {
		return func(c, task object) {
			c["fhir-version"] = "STU3"
			delete(task, "instantiatesCanonical")
			if definition != nil {
				task["definitionReference"] = definition
			}
		}
	}
	claim := func(name string, value any) func(c, task object) { return func(c, _ object) { c[name] = value } }
	member := func(name string, value any) func(c, task object) { return func(_, task object) { task[name] = value } }
	without := func(name string) func(c, task object) { return func(_, task object) { delete(task, name) } }
	number := launchtest.IdentityNumber()
	const bad, personal = launch.KindClaims, launch.KindPersonalData
	return []case11{
		{"good", func(object, object) {}, ""},
		{"no fhir-version is the latest", func(c, _ object) { delete(c, "fhir-version") }, ""},
		{"fhir-version in small letters", claim("fhir-version", "r5"), ""},
		{"hti-version said", claim("hti-version", "1.1"), ""},
		{"no sub: the task says who", func(c, _ object) { delete(c, "sub") }, ""},
		{"no definition", without("instantiatesCanonical"), ""},
		{"STU3", stu3(object{"reference": "https://tool.example/ActivityDefinition/sleep"}), ""},
		{"STU3, relative as in the text's example", stu3(object{"reference": "ActivityDefinition/8"}), ""},
		{"STU3 without a definition", stu3(nil), ""},
		{"stu3 in small letters", func(c, task object) {
			stu3(object{"reference": "ActivityDefinition/8"})(c, task)
			c["fhir-version"] = "stu3"
		}, ""},
		{"more members without persons", func(_, task object) {
			task["meta"] = object{"lastUpdated": "2026-09-21T08:00:00+02:00", "profile": []any{"https://fhir.example/StructureDefinition/task"}}
			task["code"] = object{"coding": []any{object{"system": "https://codes.example", "code": "sleep-course"}}}
			task["owner"], task["priority"] = object{"reference": "Practitioner/82421"}, "routine"
		}, ""},
		{"for with its type", member("for", object{"reference": "Patient/7f0b6c1e9a", "type": "Patient"}), ""},

		{"task is a list", claim("task", []any{}), bad},
		{"task is a text", claim("task", "Task/58c1"), bad},
		{"task is null", claim("task", nil), bad},
		{"another resource", member("resourceType", "ServiceRequest"), bad},
		{"no resourceType", without("resourceType"), bad},
		{"both versions at once", claim("resource", "Task/58c1"), bad},
		{"patient of 2.0 beside the task", claim("patient", "Patient/7f0b6c1e9a"), bad},
		{"definition of 2.0 beside the task", claim("definition", "https://tool.example/x"), bad},
		{"intent of 2.0 beside the task", claim("intent", "plan"), bad},
		{"N45 hti-version 2.0 with a task", claim("hti-version", "2.0"), bad},
		{"N45 hti-version unknown", claim("hti-version", "3.0"), bad},
		{"N45 hti-version is a number", claim("hti-version", 1.1), bad},
		{"fhir-version unknown", claim("fhir-version", "DSTU2"), bad},
		{"fhir-version empty", claim("fhir-version", ""), bad},
		{"fhir-version is null", claim("fhir-version", nil), bad},
		{"STU3 with R4's definition", claim("fhir-version", "STU3"), bad},
		{"R4 with STU3's definition", member("definitionReference", object{"reference": "ActivityDefinition/8"}), bad},
		{"STU3 with a definition of no form", stu3(object{"reference": "sleep"}), bad},
		{"STU3 with a text as definition", stu3("ActivityDefinition/8"), bad},
		{"definition relative", member("instantiatesCanonical", "ActivityDefinition/8"), bad},
		{"definition is a list", member("instantiatesCanonical", []any{"https://tool.example/x"}), bad},
		{"no id", without("id"), bad},
		{"id is a reference", member("id", "Task/58c1"), bad},
		{"id is a number", member("id", 11), bad},
		{"N44 for is another than sub", member("for", object{"reference": "Patient/other"}), bad},
		{"N44 sub is another than for", claim("sub", "Practitioner/82421"), bad},
		{"N44 sub is another spelling", claim("sub", "patient/7f0b6c1e9a"), bad},
		{"N42 sub is empty", claim("sub", ""), bad},
		{"no for", without("for"), bad},
		{"for without a reference", member("for", object{"type": "Patient"}), bad},
		{"for is a text", member("for", "Patient/7f0b6c1e9a"), bad},
		{"N42 for is a bare id", func(c, task object) { delete(c, "sub"); task["for"] = object{"reference": "7f0b6c1e9a"} }, bad},
		{"N42 for is the task", func(c, task object) { c["sub"], task["for"] = "Task/58c1", object{"reference": "Task/58c1"} }, bad},
		{"no intent", without("intent"), bad}, {"no status", without("status"), bad},
		{"intent is no code", member("intent", "Plan!"), bad}, {"status is a number", member("status", 1), bad},

		{"N41 for has a name beside", member("for", object{"reference": "Patient/7f0b6c1e9a", "display": "Kari"}), personal},
		{"N41 for has a number beside", member("for", object{"reference": "Patient/7f0b6c1e9a", "identifier": object{"value": "x"}}), personal},
		{"N41 owner has a name beside", member("owner", object{"reference": "Practitioner/82421", "display": "Nordmann"}), personal},
		{"N41 identity number deep in the task", member("extension", []any{object{"value": object{"x": []any{"nr " + number}}}}), personal},
		{"N41 identity number as task id", member("id", number), personal},
		{"N41 identity number in the definition", member("instantiatesCanonical", "https://tool.example/"+number), personal},
		{"N41 identity number as a number", member("extension", object{"value": 10101012345}), personal},
		{"N41 e-mail address in the task", member("identifier", []any{object{"value": "kari@example.org"}}), personal},
		{"N41 name in a text", member("description", "Kari"), personal},
		{"N41 name in two words", member("groupIdentifier", object{"value": "Kari Nordmann"}), personal},
		{"N41 contained patient", member("contained", []any{object{"resourceType": "Patient"}}), personal},
		{"N41 note", member("note", []any{object{"text": "x"}}), personal},
		{"N41 name members", member("extension", object{"family": "Nordmann"}), personal},
		{"N41 e-mail address as a member's name", member("kari@example.org", true), personal},
		{"N41 sub and for an identity number", func(c, task object) {
			c["sub"], task["for"] = "Patient/"+number, object{"reference": "Patient/" + number}
		}, personal},
	}
}

func TestVersion11(t *testing.T) {
	p := fakePortal(t)
	profile := versions(t, p, hti.Version11)
	good, bad := 0, 0
	for _, c := range cases11() {
		t.Run(c.name, func(t *testing.T) {
			d, task := draft11(p)
			c.edit(d.Claims, task)
			l, until, err := profile.Accept(t.Context(), form(p.Sign(d)), clock)
			if c.want != "" {
				bad++
				require.ErrorIs(t, err, c.want)
				return
			}
			good++
			require.NoError(t, err)
			patient := launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}
			assert.Equal(t, "hti/1.1", l.Profile)
			assert.Equal(t, []launch.Party{patient, patient, {Type: "Task", ID: "58c1"}}, []launch.Party{l.Actor, l.Patient, l.Task})
			assert.Equal(t, launch.ActingSelf, l.Acting)
			assert.Equal(t, launch.Bearer, l.Assurance)
			assert.Equal(t, "plan", l.Intent)
			assert.Equal(t, l.Expires.Add(10*time.Second), until)
		})
	}
	assert.GreaterOrEqual(t, good, 10)
	assert.GreaterOrEqual(t, bad, 40)
}

func TestVersion11Definition(t *testing.T) {
	p := fakePortal(t)
	d, task := draft11(p)
	l, _, err := versions(t, p, hti.Version11).Accept(t.Context(), form(p.Sign(d)), clock)
	require.NoError(t, err)
	assert.Equal(t, "https://tool.example/ActivityDefinition/sleep", l.Definition)
	d.Claims["fhir-version"], task["definitionReference"] = "STU3", object{"reference": "ActivityDefinition/8"}
	delete(task, "instantiatesCanonical")
	l, _, err = versions(t, p, hti.Version11).Accept(t.Context(), form(p.Sign(d)), clock)
	require.NoError(t, err)
	assert.Equal(t, "ActivityDefinition/8", l.Definition)
}

// The zero configuration takes 2.0 alone, and the version is looked at after the signature.
func TestVersionsAreConfigured(t *testing.T) {
	p := fakePortal(t)
	d, _ := draft11(p)
	old, newer := p.Sign(d), p.Good()
	for _, c := range []struct {
		accepted  []string
		old, newr error
	}{
		{nil, launch.KindClaims, nil},
		{[]string{"2.0"}, launch.KindClaims, nil},
		{[]string{"1.1"}, nil, launch.KindClaims},
		{[]string{"1.1", "2.0"}, nil, nil},
	} {
		profile := versions(t, p, c.accepted...)
		_, _, err := profile.Accept(t.Context(), form(old), clock)
		assert.ErrorIs(t, err, c.old, c.accepted)
		_, _, err = profile.Accept(t.Context(), form(newer), clock)
		assert.ErrorIs(t, err, c.newr, c.accepted)
	}
	_, _, err := versions(t, p).Accept(t.Context(), form(old[:len(old)-8]+"AAAAAAAA"), clock)
	require.ErrorIs(t, err, launch.KindSignature)
	_, err = hti.New(hti.Config{Audience: "a", Versions: []string{"2.1"}})
	require.EqualError(t, err, "hti: launch: invalid VerifierConfig: field Issuers is empty; field Versions may hold only 2.0, 1.1")
}

// The matrix of everything before the claims holds for 1.1 as it does for 2.0.
func TestVersion11KeepsTheMatrix(t *testing.T) {
	p := fakePortal(t)
	both := versions(t, p, hti.Version, hti.Version11)
	ran := 0
	for _, c := range launchtest.Cases() {
		_, _, err := both.Accept(t.Context(), form(c.Message(p)), clock)
		if want := wantWithBoth(c); want == "" {
			require.NoError(t, err, c.Name)
		} else {
			require.ErrorIs(t, err, want, c.Name)
		}
		ran++
	}
	assert.GreaterOrEqual(t, ran, 200)
}

// wantWithBoth is the case's outcome where both versions are agreed: the one
// message of the matrix that only its version makes bad is good there.
func wantWithBoth(c launchtest.Case) launch.Kind {
	if c.Name == "an HTI 1.1 message" {
		return ""
	}
	return c.Want
}

func TestMint11(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: now})
	require.NoError(t, err)
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	tool, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}, Versions: []string{"1.1"}})
	require.NoError(t, err)
	m := message()
	m.Version, m.Definition = hti.Version11, "https://tool.example/ActivityDefinition/sleep+more"
	out, err := portal.Mint(m)
	require.NoError(t, err)
	l, _, err := tool.Accept(t.Context(), form(out.Token()), clock)
	require.NoError(t, err)
	assert.Equal(t, &launch.Launch{Profile: "hti/1.1", Issuer: "https://portal.example", MessageID: out.MessageID, Actor: m.Actor, Patient: m.Actor,
		Acting: launch.ActingSelf, Task: m.Task, Definition: m.Definition, Intent: "plan", Assurance: launch.Bearer, Issued: clock, Expires: out.Expires}, l)
	for text, edit := range map[string]func(*hti.Message){
		"field Version is not one of 2.0, 1.1": func(m *hti.Message) { m.Version = "1.0" },
		"field Patient is not the Actor":       func(m *hti.Message) { m.Patient, m.Actor = m.Actor, launch.Party{Type: "Practitioner", ID: "8"} },
		"field Intent is not a FHIR code":      func(m *hti.Message) { m.Intent = "because" + "!" },
		"launch: personal_data":                func(m *hti.Message) { m.Actor.ID = launchtest.IdentityNumber() },
	} {
		bad := m
		edit(&bad)
		_, err := portal.Mint(bad)
		require.ErrorIs(t, err, hti.ErrMessage, text)
		require.ErrorContains(t, err, text)
	}
}
