package approval

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// evidenceList notes where each id stands and which pieces have a mistake in
// their form. Once for all answers: both lists may be long.
func (c *declarationCheck) evidenceList() {
	c.listed, c.wrong = map[string]int{}, map[int]bool{}
	for i, e := range slices.Backward(c.d.Evidence) {
		c.listed[e.ID] = i
	}
	for _, f := range c.found {
		if within(f.Pointer, "/evidence") {
			c.inEvidence(strings.Split(f.Pointer, "/")[2:])
		}
	}
}

// inEvidence takes note of a problem of the form: of the list, of an item or of a member.
func (c *declarationCheck) inEvidence(place []string) {
	if len(place) > 0 {
		i, _ := strconv.Atoi(place[0])
		c.wrong[i] = true
	}
	c.unlisted = c.unlisted || len(place) < 2 || place[1] == "id"
}

func (c *declarationCheck) evidenceItems() {
	for i, e := range c.d.Evidence {
		at := strictjson.Pointer("evidence", i)
		if c.listed[e.ID] != i && e.ID != "" {
			c.say(at+"/id", problem.Repeated, sayRepeatedEvidence.text())
		}
		if c.d.Submitted != "" && e.Issued > c.d.Submitted {
			c.say(at+"/issued", problem.Contradiction, sayIssuedLater.text())
		}
		if e.Expires != "" && e.Expires < e.Issued {
			c.say(at+"/expires", problem.Contradiction, sayExpiresFirst.text())
		}
		if e.Level == ThirdParty && sameName(e.Issuer, c.d.Vendor.Name) {
			c.wrong[i] = true
			c.say(at+"/issuer", problem.Contradiction, sayOwnIssuer.text())
		}
	}
}

// sameName compares names as people read them; no name is nobody's.
func sameName(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && strings.EqualFold(a, b)
}

// references must lead to listed evidence, as far as the list could be read.
// More of them than an answer may have are a mistake already.
func (c *declarationCheck) references(at string, a Answer) {
	if c.unlisted || len(a.Evidence) > mostReferences {
		return
	}
	for i, id := range a.Evidence {
		if _, known := c.listed[id]; !known {
			c.say(at+strictjson.Pointer("evidence", i), problem.Unknown, sayUnknownEvidence.text())
		}
	}
}

// documented asks for one piece of evidence that counts. If none does, the one that was issued last is named.
func (c *declarationCheck) documented(at string, r Requirement, a Answer) {
	if len(a.Evidence) == 0 && c.mode != modeDraft {
		c.say(at+"/evidence", CodeMissingEvidence, sayMissingEvidence.text(list(r.Evidence.Kinds)))
	}
	if len(a.Evidence) == 0 || len(a.Evidence) > mostReferences {
		return
	}
	if newest, why, counts := c.newest(r, a.Evidence); counts {
		c.undecided(r, a.Evidence)
	} else if newest >= 0 {
		c.insufficient(r, newest, why)
	} else if c.allListed(a.Evidence) {
		c.say(at+"/evidence", CodeEvidenceKind, sayEvidenceKind.text(list(r.Evidence.Kinds)))
	}
}

// newest is, if nothing counts, the last issued of the pieces that are of a kind that could.
func (c *declarationCheck) newest(r Requirement, ids []string) (newest int, why fault, counts bool) {
	newest = -1
	for _, id := range ids {
		i, listed := c.listed[id]
		if !listed {
			continue
		}
		f := c.shortcoming(r, i, c.wanted(*r.Evidence))
		if f == "" {
			return i, "", true
		}
		if f != CodeEvidenceKind && (newest < 0 || c.d.Evidence[i].Issued > c.d.Evidence[newest].Issued) {
			newest, why = i, f
		}
	}
	return newest, why, false
}

func (c *declarationCheck) allListed(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { _, listed := c.listed[id]; return !listed })
}

// shortcoming says why a piece of evidence does not count. What is wrong in itself has been told already.
func (c *declarationCheck) shortcoming(r Requirement, i int, level Level) fault {
	if c.wrong[i] {
		return ""
	}
	e := c.d.Evidence[i]
	f := r.Evidence.judge(e, c.d.Submitted, c.d.Submitted)
	if f == CodeEvidenceKind || f == CodeEvidenceTooOld || f == CodeEvidenceExpired {
		return f
	}
	if !c.proven(e).AtLeast(level) {
		return CodeEvidenceLevel
	}
	return ""
}

// proven is the level that [Evaluate] takes it for. A draft may still lack what shows that it is so.
func (c *declarationCheck) proven(e Evidence) Level {
	if c.mode == modeDraft {
		return e.Level
	}
	if c.own == nil {
		c.own = insidersOf(c.d)
	}
	return e.proven(c.own)
}

// wanted is the level that the facts ask for, as far as they are known.
func (c *declarationCheck) wanted(rule EvidenceRule) Level {
	least := rule.MinLevel
	for _, raised := range rule.Raised {
		if raised.When.Holds(c.facts) == True && !least.AtLeast(raised.MinLevel) {
			least = raised.MinLevel
		}
	}
	return rule.fromVendor(least)
}

// undecided asks for the fact that says whether the evidence proves enough,
// unless it does in any case. Not while facts may be missing: in a draft, and
// for a vendor's answers, which the facts of each tool judge later.
func (c *declarationCheck) undecided(r Requirement, ids []string) {
	for _, raised := range r.Evidence.Raised {
		if c.mode != modeSubmit || raised.When.Holds(c.facts) != Unknown || c.suffices(r, ids, r.Evidence.fromVendor(raised.MinLevel)) {
			continue
		}
		if id := c.missingFact(raised.When); id != "" {
			c.say(strictjson.Pointer("facts", id), problem.MissingMember, sayFactForLevel.text())
		}
	}
}

func (c *declarationCheck) suffices(r Requirement, ids []string, level Level) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		i, listed := c.listed[id]
		return listed && c.shortcoming(r, i, level) == ""
	})
}

// missingFact is the first fact of a condition that is not given; "" if one of
// them is there and wrong, which has been told already.
func (c *declarationCheck) missingFact(cond *Condition) string {
	first := ""
	for _, id := range cond.facts() {
		if _, known := c.facts[id]; known {
			continue
		}
		if _, given := c.d.Facts[id]; given || c.told(id) {
			return ""
		}
		first = cmp.Or(first, id)
	}
	return first
}

// told says that something is wrong with a fact, or with all of them.
func (c *declarationCheck) told(fact string) bool {
	at := strictjson.Pointer("facts", fact)
	return slices.ContainsFunc(c.found, func(f finding) bool { return f.Pointer == "/facts" || within(f.Pointer, at) })
}

func (c *declarationCheck) insufficient(r Requirement, i int, why fault) {
	f := finding{requirement: r.ID}
	f.Problem = problem.Problem{Code: why}
	switch why {
	case CodeEvidenceTooOld:
		f.Pointer, f.say = strictjson.Pointer("evidence", i, "issued"), sayEvidenceTooOld.text(r.Evidence.MaxAgeMonths)
	case CodeEvidenceExpired:
		f.Pointer, f.say = strictjson.Pointer("evidence", i, "expires"), sayEvidenceExpired.text()
	case CodeEvidenceLevel:
		f.Pointer, f.say = strictjson.Pointer("evidence", i, "level"), c.tooLow(i, c.wanted(*r.Evidence))
	}
	c.add(f)
}

// tooLow tells a level that is too low from one that nothing shows.
func (c *declarationCheck) tooLow(i int, wanted Level) catalogue.Text {
	if c.d.Evidence[i].Level.AtLeast(wanted) {
		return sayNotFound.text()
	}
	return sayLevel[wanted].text()
}
