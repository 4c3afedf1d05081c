package approval

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// declarationCheck looks for what a schema cannot say. It stays silent about
// places where something is wrong already, so that one mistake is one problem.
type declarationCheck struct {
	set   *RequirementSet
	d     *SelfDeclaration
	facts map[string]FactValue
	found []finding
	at    map[string]bool // the places of found
}

func (c *declarationCheck) run() {
	form := len(c.found)
	c.at = map[string]bool{}
	for _, f := range c.found {
		c.at[f.Pointer] = true
	}
	c.vendor()
	c.evidenceItems()
	for _, r := range c.set.Requirements {
		if answer, given := c.d.Answers[r.ID]; given {
			c.answer(r, answer, c.found[:form:form])
		}
	}
}

// add leaves out what is said already about the same place.
func (c *declarationCheck) add(f finding) {
	if !c.at[f.Pointer] {
		c.found, c.at[f.Pointer] = append(c.found, f), true
	}
}

func (c *declarationCheck) say(pointer string, code problem.Code, words catalogue.Text) {
	c.add(finding{Problem: problem.Problem{Pointer: pointer, Code: code}, say: words})
}

func (c *declarationCheck) evidenceItems() {
	first := map[string]bool{}
	for i, e := range c.d.Evidence {
		at := strictjson.Pointer("evidence", i)
		if first[e.ID] && e.ID != "" {
			c.say(at+"/id", problem.Repeated, sayRepeatedEvidence.text())
		}
		first[e.ID] = true
		if c.d.Submitted != "" && e.Issued > c.d.Submitted {
			c.say(at+"/issued", problem.Contradiction, sayIssuedLater.text())
		}
		if e.Expires != "" && e.Expires < e.Issued {
			c.say(at+"/expires", problem.Contradiction, sayExpiresFirst.text())
		}
	}
}

// answer compares one answer with facts and evidence. form holds the problems of the form.
func (c *declarationCheck) answer(r Requirement, a Answer, form []finding) {
	at := strictjson.Pointer("answers", r.ID)
	c.references(at, a, form)
	switch applies := r.When.Holds(c.facts); {
	case applies == False:
	case a.Status == NotApplicable:
		c.reason(at, r, a)
	case a.Status == Yes && r.Evidence != nil && applies == True:
		c.documented(at, r, a, form)
	}
}

// references must lead to listed evidence, as far as the list could be read.
func (c *declarationCheck) references(at string, a Answer, form []finding) {
	for _, f := range form {
		if f.Pointer == "/evidence" || strings.HasPrefix(f.Pointer, "/evidence/") && strings.Count(f.Pointer, "/") == 2 || isEvidenceID(f.Pointer) {
			return
		}
	}
	for i, id := range a.Evidence {
		if len(c.d.evidence([]string{id})) == 0 {
			c.say(at+strictjson.Pointer("evidence", i), problem.Unknown, sayUnknownEvidence.text())
		}
	}
}

func isEvidenceID(pointer string) bool {
	return strings.HasPrefix(pointer, "/evidence/") && strings.HasSuffix(pointer, "/id")
}

// reason must not contradict the facts. What is unknown does not contradict.
func (c *declarationCheck) reason(at string, r Requirement, a Answer) {
	n, ok := r.Reason(a.Reason)
	if !ok || n.When.Holds(c.facts) != False {
		return
	}
	f, _ := c.set.Fact(c.culprit(n.When))
	c.say(at+"/reason", problem.Contradiction, sayContradiction.text(n.Text, f.Question))
}

// culprit is the first fact of a condition whose own part does not hold, or simply the first.
func (c *declarationCheck) culprit(cond *Condition) string {
	id := ""
	cond.walk("", func(_ string, part *Condition) {
		if id == "" && part.Fact != "" && part.Holds(c.facts) == False {
			id = part.Fact
		}
	})
	if id == "" {
		id = cond.facts()[0]
	}
	return id
}

// documented asks for one piece of evidence that counts. If none does, the one that was issued last is named.
func (c *declarationCheck) documented(at string, r Requirement, a Answer, form []finding) {
	if len(a.Evidence) == 0 {
		c.say(at+"/evidence", CodeMissingEvidence, sayMissingEvidence.text(list(r.Evidence.Kinds)))
		return
	}
	newest, why := -1, fault("")
	places := c.d.evidence(a.Evidence)
	for _, i := range places {
		f := r.Evidence.judge(c.d.Evidence[i], c.d.Submitted, c.d.Submitted)
		if f != CodeEvidenceKind && f != CodeEvidenceTooOld && f != CodeEvidenceExpired || touches(form, strictjson.Pointer("evidence", i)) {
			return
		}
		if f != CodeEvidenceKind && (newest < 0 || c.d.Evidence[i].Issued > c.d.Evidence[newest].Issued) {
			newest, why = i, f
		}
	}
	switch {
	case newest >= 0:
		c.outdated(r, newest, why)
	case len(places) == len(a.Evidence):
		c.say(at+"/evidence", CodeEvidenceKind, sayEvidenceKind.text(list(r.Evidence.Kinds)))
	}
}

func (c *declarationCheck) outdated(r Requirement, i int, why fault) {
	f := finding{requirement: r.ID, say: sayEvidenceTooOld.text(r.Evidence.MaxAgeMonths)}
	f.Problem = problem.Problem{Pointer: strictjson.Pointer("evidence", i, "issued"), Code: why}
	if why == CodeEvidenceExpired {
		f.Pointer, f.say = strictjson.Pointer("evidence", i, "expires"), sayEvidenceExpired.text()
	}
	c.add(f)
}

func parent(pointer string) string {
	return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
}
