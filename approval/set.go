package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// RequirementSet is a published list of requirements. Only
// [ParseRequirementSet] makes one that can be used. What a caller changes in it
// afterwards changes no decision: those follow the file that was read, whose
// digest they name. It is safe for concurrent use.
type RequirementSet struct {
	// ID names the set through all its versions: "web-baseline".
	ID string `json:"id"`
	// Version is three numbers: "1.0.0". A released version never changes.
	Version string         `json:"version"`
	Title   catalogue.Text `json:"title"`
	Note    catalogue.Text `json:"note,omitempty"`
	// ValidFrom is the first day on which decisions are made by this version.
	ValidFrom catalogue.Date `json:"validFrom"`
	// ValidTo is the last day on which new decisions are made by this version;
	// empty means that none is set.
	ValidTo catalogue.Date `json:"validTo,omitempty"`
	// ReviewMonths is the longest time that a decision holds, in calendar months.
	ReviewMonths int `json:"reviewMonths"`
	// RemindDays is how long before the end of an approval the next review is
	// due, in days; 0 means on the last day.
	RemindDays int `json:"remindDays,omitempty"`
	// Tracked sets ask that every answer says who gave it, when, and which
	// wording it answered ([Answer.Answered]); an answer without counts as none.
	Tracked bool     `json:"tracked,omitempty"`
	Sources []Source `json:"sources"`
	// Groups name the groups of requirements, in the order in which people read them. May be empty.
	Groups []Group `json:"groups,omitempty"`
	// Facts are what the vendor tells about the tool and conditions ask for.
	Facts []Fact `json:"facts"`
	// GuidedOnly holds for tools that may be used with a therapist only. Nil
	// means the fact [FactGuidance] with the choice [ChoiceGuided], which the set
	// must then have.
	GuidedOnly *Condition `json:"guidedOnly,omitempty"`
	// Requirements are listed in the order in which people read them.
	Requirements []Requirement `json:"requirements"`
	// Rules lead to the outcome; the first that holds decides. None means the
	// rules that [Evaluate] names.
	Rules []SetRule `json:"rules,omitempty"`
	// Default is the outcome when no rule holds; it must not approve. Empty
	// means [NeedsReview].
	Default Outcome `json:"default,omitempty"`

	digest Digest
	// places are those of the requirements by id, heads their part in the JSON
	// of reasons, wordings their digests in a tracked set.
	places   map[string]int
	heads    [][]byte
	wordings []Digest
	// assessing says that it asks for findings of assessors.
	assessing bool
	ruling    []SetRule
	compiled  compiled
	// own is what was read, which nobody else can change: decisions name its digest.
	own *RequirementSet
}

// The fact and the choice that say, unless the set says otherwise, that a tool
// is meant for use together with a therapist only.
const (
	FactGuidance = "guidance"
	ChoiceGuided = "guided"
)

// FactLogin is the true-or-false fact that says, in a set that has it, that the
// user must log in to use the tool or a part of it; see [Publish].
const FactLogin = "login"

func (s *RequirementSet) guidedOnly() *Condition {
	if s.GuidedOnly != nil {
		return s.GuidedOnly
	}
	return &Condition{Fact: FactGuidance, In: []string{ChoiceGuided}}
}

// Source is a text that requirements refer to.
type Source struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	// Licence says on which terms the source may be used; empty means not known.
	Licence string `json:"licence,omitempty"`
}

// FactType is the type of a fact's value.
type FactType string

// The types of facts.
const (
	TypeChoice  FactType = "choice"  // one of the choices: a string
	TypeChoices FactType = "choices" // any number of the choices: a list of strings
	TypeBoolean FactType = "boolean"
	TypeNumber  FactType = "number" // a whole number
)

// Fact is something that the vendor tells about the tool.
type Fact struct {
	ID       string         `json:"id"`
	Question catalogue.Text `json:"question"`
	Type     FactType       `json:"type"`
	// Choices are the allowed codes of a choice or choices fact; none for other types.
	Choices []Choice `json:"choices,omitempty"`
	// Min and Max bound a number fact, both included. Nil means no bound.
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
	// Material says that another value is a material change of the tool, which
	// must be assessed anew (the idea of DiGAV section 18). So is that of a fact
	// that is published or asked about in a condition; see [Diff].
	Material bool `json:"material,omitempty"`
	// Publish says that the value is shown to the public with the decision.
	Publish bool `json:"publish,omitempty"`
	// Assessed says that what the vendor states counts only if an assessor has
	// found what it is; without such a [Finding] it is not known.
	Assessed bool `json:"assessed,omitempty"`
}

// Group is a heading that requirements stand under.
type Group struct {
	ID    string         `json:"id"`
	Title catalogue.Text `json:"title"`
}

// SetRule leads to an outcome when its condition holds.
type SetRule struct {
	// ID names the rule in decisions.
	ID Rule `json:"id"`
	// When may ask about facts, answers and counts of results; nil always holds.
	When *Condition `json:"when,omitempty"`
	// Outcome is any but [Incomplete], which is what is not decided yet.
	Outcome Outcome `json:"outcome"`
	// Text says to people why this is the outcome.
	Text catalogue.Text `json:"text"`
}

// Choice is one possible value of a fact.
type Choice struct {
	Code string         `json:"code"`
	Text catalogue.Text `json:"text"`
}

// Requirement is one demand to a tool or its vendor.
type Requirement struct {
	// ID is never used again for something else: "SEC-02".
	ID    string         `json:"id"`
	Group string         `json:"group"`
	Title catalogue.Text `json:"title"`
	Text  catalogue.Text `json:"text"`
	// Help tells the vendor how to answer; may be empty.
	Help catalogue.Text `json:"help,omitempty"`
	// Scope says what is looked at: web, backend, vendor, mobile. It is for the
	// reader; When decides whether the requirement applies. What has the scope
	// vendor alone is answered once for all tools of the vendor: see [Inherit].
	Scope []string `json:"scope"`
	// When says for which tools the requirement applies; nil means all.
	When     *Condition `json:"when,omitempty"`
	Severity Severity   `json:"severity"`
	// From and Until bound the days on which the requirement is in force, both
	// included; empty means without bound. Outside them it does not apply.
	From  catalogue.Date `json:"from,omitempty"`
	Until catalogue.Date `json:"until,omitempty"`
	// Withdrawn keeps the id of a requirement that is no more, so that it is
	// never used again. It applies to nothing.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// ReplacedBy are the ids of those that took the place of a withdrawn one.
	ReplacedBy []string `json:"replacedBy,omitempty"`
	// Allowed are the statuses besides yes and no that an answer may have:
	// partial, planned, alternative. [NotApplicable] follows from the reasons.
	Allowed []Status `json:"allowed,omitempty"`
	// Panel says that a vendor's own yes is not enough: a panel decides.
	Panel bool `json:"panel,omitempty"`
	// NotApplicable is the closed list of reasons for the answer
	// not-applicable; without any, that answer is not allowed.
	NotApplicable []NotApplicableReason `json:"notApplicable,omitempty"`
	// Evidence says what a yes must be documented with; nil means nothing.
	Evidence *EvidenceRule `json:"evidence,omitempty"`
	Refs     []Ref         `json:"refs,omitempty"`
}

// NotApplicableReason is a reason why a requirement does not concern a tool.
type NotApplicableReason struct {
	Code string         `json:"code"`
	Text catalogue.Text `json:"text"`
	// When must hold for the declared facts, otherwise the reason contradicts
	// them. Nil means that nothing is compared.
	When *Condition `json:"when,omitempty"`
}

// EvidenceRule says which evidence a yes needs: at least one of these kinds.
type EvidenceRule struct {
	Kinds []string `json:"kinds"`
	// MaxAgeMonths is how old it may be when the declaration is submitted, in
	// calendar months; 0 means any age.
	MaxAgeMonths int `json:"maxAgeMonths,omitempty"`
	// MinLevel is the least level that counts; empty means [Declared].
	MinLevel Level `json:"minLevel,omitempty"`
	// Raised asks for a higher level under conditions on facts. Every one that
	// holds counts, and the highest of them does; where it is not known whether
	// one holds, it does.
	Raised []RaisedLevel `json:"raised,omitempty"`
	// Assessed says that a level above [Documented] counts only if an assessor has
	// found it; without such a [Finding] nothing of the vendor's is more than a
	// document.
	Assessed bool `json:"assessed,omitempty"`
}

// RaisedLevel asks for a level of evidence when a condition on facts holds.
type RaisedLevel struct {
	When     *Condition `json:"when"`
	MinLevel Level      `json:"minLevel"`
}

// Ref points to a place in a source.
type Ref struct {
	Source  string `json:"source"`
	Locator string `json:"locator,omitempty"`
}

// Digest is the SHA-256 of the bytes that the set was read from. Empty if the
// set was not made by [ParseRequirementSet].
func (s *RequirementSet) Digest() Digest { return s.digest }

// Ref names the set and its version.
func (s *RequirementSet) Ref() SetRef { return SetRef{ID: s.ID, Version: s.Version} }

// Requirement finds a requirement by its id.
func (s *RequirementSet) Requirement(id string) (Requirement, bool) {
	for _, r := range s.Requirements {
		if r.ID == id {
			return r, true
		}
	}
	return Requirement{}, false
}

// Wording is the digest of what an answer answers: text and help in every
// language. Another title or severity changes no answer.
func (r Requirement) Wording() Digest {
	return digestOf([]catalogue.Text{r.Text, r.Help})
}

// Fact finds a fact by its id.
func (s *RequirementSet) Fact(id string) (Fact, bool) {
	for _, f := range s.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// Choice finds a choice by its code.
func (f Fact) Choice(code string) (Choice, bool) {
	for _, c := range f.Choices {
		if c.Code == code {
			return c, true
		}
	}
	return Choice{}, false
}

// Reason finds a reason for not-applicable by its code.
func (r Requirement) Reason(code string) (NotApplicableReason, bool) {
	for _, n := range r.NotApplicable {
		if n.Code == code {
			return n, true
		}
	}
	return NotApplicableReason{}, false
}
