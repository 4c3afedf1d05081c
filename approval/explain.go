package approval

import (
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Node is a statement and what it rests on.
type Node struct {
	Text string `json:"text"`
	// Truth is "true", "false" or "unknown" for rules and conditions; empty for
	// what is no question, and for rules that were not looked at.
	Truth string `json:"truth,omitempty"`
	// Result is what was found, for requirements.
	Result   Result `json:"result,omitempty"`
	Children []Node `json:"children,omitempty"`
}

// String is "true", "false" or "unknown".
func (t Truth) String() string {
	switch t {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "unknown"
}

// Explain shows how [Evaluate] comes to its outcome, as a tree: the outcome, the
// rules in order with what they asked and whether it holds, each requirement
// with its reason and what that rests on, and what is missing. lang is nb, nn or
// en; for others it is nb. Same input, same tree. The errors are those of
// [Evaluate]. The texts hold what the vendor wrote: escape them where they are
// shown; [Node.Markdown] does.
func Explain(d *SelfDeclaration, set *RequirementSet, at time.Time, lang catalogue.Lang, waivers ...Waiver) (*Node, error) {
	return Input{Declaration: d, Set: set, At: at, Waivers: waivers}.Explain(lang)
}

// explainer puts an assessment into words of one language.
type explainer struct {
	*assessment
	lang catalogue.Lang
}

func (e explainer) say(p phrase, args ...any) string { return p.in(e.lang, args...) }

func (e explainer) root() *Node {
	r := e.read()
	v := e.verdict(r)
	root := &Node{Text: e.say(outcomes[v.outcome]) + ": " + v.summary().In(e.lang)}
	root.add(e.possible(r), e.rulesNode(r), e.requirementsNode(), e.findingsNode(), e.missingNode(r))
	return root
}

// add leaves out headings with nothing below.
func (n *Node) add(children ...Node) {
	for _, c := range children {
		if len(c.Children) > 0 {
			n.Children = append(n.Children, c)
		}
	}
}

func (e explainer) possible(r reading) Node {
	n := Node{Text: e.say(labelPossible)}
	for _, o := range r.possible.list() {
		n.Children = append(n.Children, Node{Text: e.say(outcomes[o])})
	}
	return n
}

func (e explainer) rulesNode(r reading) Node {
	n := Node{Text: e.say(labelRules)}
	for i := range e.rules {
		child := Node{Text: e.ruleText(&e.rules[i])}
		if i < len(r.truths) {
			child.Truth = r.truths[i].String()
			child.Children = e.asked(e.rules[i].When)
		}
		n.Children = append(n.Children, child)
	}
	if len(r.truths) == len(e.rules) && r.rule == RuleDefault {
		n.Children = append(n.Children, Node{Text: e.say(explainDefault, outcomes[r.outcome].text()), Truth: r.noneHolds().String()})
	}
	return n
}

// noneHolds is what is known of the default: it takes that every rule is false.
func (r reading) noneHolds() Truth {
	if slices.Contains(r.truths, Unknown) {
		return Unknown
	}
	return True
}

func (e explainer) ruleText(rule *SetRule) string {
	text := e.say(outcomes[rule.Outcome]) + " (" + string(rule.ID) + ")"
	if len(rule.Text) > 0 {
		text += ": " + rule.Text.In(e.lang)
	}
	return text
}

func (e explainer) requirementsNode() Node {
	n := Node{Text: e.say(labelReasons)}
	for i := range e.standings {
		r, s := &e.set.Requirements[i], &e.standings[i]
		text := r.ID + " " + r.Title.In(e.lang) + ": " + e.say(results[s.result]) + ". " + e.say(*s.why.as, s.why.with...)
		n.Children = append(n.Children, Node{Text: text, Result: s.result, Children: e.grounds(i)})
	}
	return n
}

// grounds are what a requirement's result rests on.
func (e explainer) grounds(i int) []Node {
	r, s := &e.set.Requirements[i], &e.standings[i]
	var out []Node
	if r.When != nil {
		out = append(out, Node{Text: e.say(explainApplies), Truth: s.applies.String(), Children: e.asked(r.When)})
	}
	if s.applies == False {
		return out
	}
	if s.status != "" {
		out = append(out, Node{Text: e.say(explainAnswer, statusWords[s.status].text())})
	}
	if s.evidence >= 0 {
		out = append(out, e.evidenceNode(r, e.d.Evidence[s.evidence]))
	}
	if s.inherited != "" {
		out = append(out, Node{Text: e.say(explainInherited, e.d.Answers[r.ID].Inherited.Declaration, s.inherited)})
	}
	if s.waiver != nil {
		out = append(out, Node{Text: e.say(explainWaiver, s.waiver.ID, s.waiver.ApprovedBy, s.waiver.From, s.waiver.Until, s.waiver.Justification)})
	}
	return out
}

func (e explainer) evidenceNode(r *Requirement, x Evidence) Node {
	f := e.found.level(x.ID)
	level := levels[e.proves(r, x)]
	if f != nil {
		level = foundLevels[f.Level]
	}
	n := Node{Text: e.say(explainEvidence, x.Title, x.Kind, level.text(), x.Issued)}
	if x.Expires != "" {
		n.Text += " " + e.say(explainExpires, x.Expires)
	}
	if f != nil {
		n.Children = []Node{{Text: e.say(labelFinding) + " " + f.ID + ": " + e.foundText(f).In(e.lang)}}
	}
	return n
}

// findingsNode lists all findings, with what was found or why it does not count.
func (e explainer) findingsNode() Node {
	n := Node{Text: e.say(labelFindings)}
	if e.found == nil {
		return n
	}
	for _, f := range slices.Concat(e.found.used, e.found.unused) {
		n.Children = append(n.Children, Node{Text: f.ID + ": " + f.Text.In(e.lang)})
	}
	return n
}

func (e explainer) missingNode(r reading) Node {
	n := Node{Text: e.say(labelMissing)}
	for _, need := range e.missing(r) {
		n.Children = append(n.Children, Node{Text: strings.TrimSpace(need.Requirement + " " + need.Text.In(e.lang))})
	}
	return n
}

// Markdown is the tree as nested lists. lang is the language that it was made
// in. What vendors wrote is escaped.
func (n *Node) Markdown(lang catalogue.Lang) string {
	var b strings.Builder
	n.write(&b, catalogue.Lang(pageLang(lang)), 0)
	return b.String()
}

func (n *Node) write(b *strings.Builder, lang catalogue.Lang, depth int) {
	b.WriteString(strings.Repeat("  ", depth) + "- ")
	if n.Truth != "" {
		b.WriteString("**" + truthWords[n.Truth].text().In(lang) + "** ")
	}
	b.WriteString(plainText(n.Text) + "\n")
	for i := range n.Children {
		n.Children[i].write(b, lang, depth+1)
	}
}
