package cataloguefhir

import (
	"strconv"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// isContext says whether a UsageContext is of that type.
func isContext(c fhir.Node, code string) bool {
	kind := c.Member("code")
	return kind.Look("system") == fhir.SystemUsageContext && kind.Look("code") == code
}

func takeContext(c fhir.Node) {
	c.Member("code").Take("system")
	c.Member("code").Take("code")
}

func (t *draft) contexts() {
	for _, c := range t.node.List("useContext") {
		switch {
		case isContext(c, "age") && t.tool.Ages == nil:
			t.ages(c)
		case isContext(c, "user"):
			if code := c.Member("valueCodeableConcept").TakeCode(SystemAudience); code != "" {
				takeContext(c)
				t.at("/audiences", len(t.tool.Audiences), c)
				t.tool.Audiences = append(t.tool.Audiences, catalogue.Audience(code))
			}
		}
	}
}

// at says where an item of a list of the tool comes from.
func (t *draft) at(list string, i int, n fhir.Node) {
	t.places[list+strictjson.Pointer(i)] = n.Pointer()
}

func (t *draft) ages(c fhir.Node) {
	limits := c.Member("valueRange")
	low, hasLow := limits.TakeUCUM("low", "a")
	high, hasHigh := limits.TakeUCUM("high", "a")
	if !hasLow && !hasHigh {
		return
	}
	takeContext(c)
	t.places["/ages"] = c.Pointer()
	t.tool.Ages = &catalogue.Ages{}
	if hasLow {
		t.tool.Ages.Min = &low
	}
	if hasHigh {
		t.tool.Ages.Max = &high
	}
}

func (t *draft) topics() {
	for _, topic := range t.node.List("topic") {
		if code := topic.TakeCode(SystemArea); code != "" {
			t.at("/areas", len(t.tool.Areas), topic)
			t.tool.Areas = append(t.tool.Areas, catalogue.Area(code))
		}
	}
}

func (t *draft) extensions() {
	t.vendor()
	for _, x := range t.node.Extensions(ExtensionLanguage) {
		if code := x.Take("valueCode"); code != "" {
			x.Take("url")
			t.at("/languages", len(t.tool.Languages), x)
			t.tool.Languages = append(t.tool.Languages, catalogue.Lang(code))
		}
	}
	for _, x := range t.node.Extensions(ExtensionEndpoint) {
		t.at("/start", len(t.tool.Start), x)
		s := catalogue.Start{Platform: catalogue.Platform(part(x, "platform", "valueCode")), URL: part(x, "url", "valueUrl"),
			Profile: part(x, "profile", "valueCode")}
		x.Take("url")
		t.tool.Start = append(t.tool.Start, s)
	}
	if x := t.node.Extension(ExtensionApproval); x.Exists() {
		x.Take("url")
		t.places["/approval"] = x.Pointer()
		t.tool.Approval = &catalogue.Approval{Decision: part(x, "decision", "valueString"),
			ValidUntil: catalogue.Date(part(x, "validUntil", "valueDate"))}
	}
	if x := t.node.Extension(ExtensionAcuteNotice); x.Exists() {
		x.Take("url")
		t.places["/acuteNotice"] = x.Pointer()
		t.tool.AcuteNotice = readText(x, "valueMarkdown", t.lang)
	}
	t.keywords()
}

// part takes the value of an extension within x.
func part(x fhir.Node, url, member string) string {
	p := x.Extension(url)
	value := p.Take(member)
	if value != "" {
		p.Take("url")
	}
	return value
}

func (t *draft) keywords() {
	for _, x := range t.node.Extensions(ExtensionKeyword) {
		l, word := x.Localised()
		if word == "" {
			continue
		}
		if t.tool.Keywords == nil {
			t.tool.Keywords = map[catalogue.Lang][]string{}
		}
		lang := catalogue.Lang(l)
		t.places["/keywords"+strictjson.Pointer(l)+"/"+strconv.Itoa(len(t.tool.Keywords[lang]))] = x.Pointer()
		t.tool.Keywords[lang] = append(t.tool.Keywords[lang], word)
	}
}
