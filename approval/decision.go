package approval

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// DecisionVersion is the version of a decision's form.
const DecisionVersion = 1

// Decision is what was decided about one release of a tool, by what and why. It
// can be explained years later: it names the digest of the declaration and of
// the requirement set, and has one reason for each requirement. Keep it as it
// is: [Publish] and [Panel.Review] refuse a decision whose ID does not fit.
type Decision struct {
	// Version is [DecisionVersion].
	Version int `json:"version"`
	// ID is "d-" and the first 16 digits of the SHA-256 of everything else.
	ID      string  `json:"id"`
	Outcome Outcome `json:"outcome"`
	// Rule is the rule that decided.
	Rule    Rule           `json:"rule"`
	Summary catalogue.Text `json:"summary"`
	// Possible are the outcomes that the declaration can still come to, from the
	// strictest to the freest; one when nothing that is open can change it.
	Possible []Outcome `json:"possible,omitempty"`
	// Missing says what is open, the most decisive first: what alone changes
	// which outcomes are possible, then by weight, then in the set's order.
	Missing []Need `json:"missing,omitempty"`

	Tool catalogue.ToolID `json:"tool"`
	// ToolName is the name in the declaration.
	ToolName catalogue.Text `json:"toolName,omitempty"`
	// ToolRelease is the release that was looked at; empty if it was not said.
	ToolRelease string           `json:"toolRelease,omitempty"`
	Vendor      vendor.OrgNumber `json:"vendor"`
	VendorName  string           `json:"vendorName,omitempty"`

	Declaration DeclarationRef `json:"declaration"`
	Set         ReleasedSet    `json:"set"`
	// SetNote is the set's own note, such as that it is an example and not
	// official; shown with the decision. Empty if the set has none, and in
	// decisions from before it was kept.
	SetNote catalogue.Text `json:"setNote,omitempty"`

	// Decided is the moment of the decision, UTC, whole seconds.
	Decided time.Time `json:"decided"`
	// Day is the calendar day of the decision, in the place where it was made.
	Day catalogue.Date `json:"day"`
	// ValidUntil is the last day on which the decision holds; empty unless it approves.
	ValidUntil catalogue.Date `json:"validUntil,omitempty"`
	// ValidBecause says what sets that day.
	ValidBecause catalogue.Text `json:"validBecause,omitempty"`
	// NextReview is the day on which the next review is due: the one that the
	// panel has set, or the set's days of reminder before the end. Empty unless it
	// approves; also empty, and the last day, if a panel approves and the days of
	// reminder are 0 or not in Terms.
	NextReview catalogue.Date `json:"nextReview,omitempty"`
	// Conditions are what the vendor must still do, each by its day; the
	// approval ends on the day before the first of them. None unless the decision
	// approves or leaves it to a panel.
	Conditions []Obligation `json:"conditions,omitempty"`
	// Waivers are those that were relied on.
	Waivers []WaiverRef `json:"waivers,omitempty"`
	// Findings are the findings of assessors that count, FindingsNotUsed those
	// that were given and do not, with the reason; each by id.
	Findings        []FindingRecord `json:"findings,omitempty"`
	FindingsNotUsed []FindingRecord `json:"findingsNotUsed,omitempty"`
	// Terms limit what a panel may decide on this ground.
	Terms Terms `json:"terms"`

	// Reasons has one entry for each requirement of the set, in its order.
	Reasons []Reason `json:"reasons"`
	// Panel is who decided; nil if the rules did.
	Panel *PanelRecord `json:"panel,omitempty"`
}

// DeclarationRef names a declaration and the digest of what it said.
type DeclarationRef struct {
	ID string `json:"id"`
	// SHA256 is [SelfDeclaration.Digest].
	SHA256 Digest `json:"sha256"`
}

// ReleasedSet names a requirement set and the digest of its file.
type ReleasedSet struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	// SHA256 is [RequirementSet.Digest].
	SHA256 Digest `json:"sha256"`
}

// Terms are limits that follow from declaration and set.
type Terms struct {
	// ReviewMonths is the longest time an approval holds from its day, in calendar months.
	ReviewMonths int `json:"reviewMonths"`
	// RemindDays is how long before the end of an approval the next review is
	// due, in days; 0 also in decisions from before it was kept.
	RemindDays int `json:"remindDays,omitempty"`
	// EvidenceUntil is the last day on which everything that is relied on holds:
	// evidence, inherited answers, waivers, plans, and the requirements that are
	// in force. Empty means that none of it ends.
	EvidenceUntil catalogue.Date `json:"evidenceUntil,omitempty"`
	// DecideBy is the last day on which anything may be decided on this
	// declaration, and the last day that an approval holds: review months after its
	// submission. Empty if that is not known.
	DecideBy catalogue.Date `json:"decideBy,omitempty"`
	// GuidedOnly says that the tool is meant for use with a therapist only.
	GuidedOnly bool `json:"guidedOnly"`
	// Login says that the vendor has declared, under the fact [FactLogin], that
	// the user must log in, or that an assessor has found it; false also where that is not known.
	Login bool `json:"login,omitempty"`
}

// Reason says what was found for one requirement.
type Reason struct {
	Requirement string         `json:"requirement"`
	Title       catalogue.Text `json:"title"`
	Severity    Severity       `json:"severity"`
	Result      Result         `json:"result"`
	// Text says why. Reasons of one decision that say the same may share the map.
	Text catalogue.Text `json:"text"`
}

// Need is something that is open.
type Need struct {
	// Requirement is the id of the requirement that it is about, or empty.
	Requirement string `json:"requirement,omitempty"`
	// Fact is the id of the fact that is not known, or empty.
	Fact string         `json:"fact,omitempty"`
	Text catalogue.Text `json:"text"`
}

// Obligation is what the vendor must do by a day.
type Obligation struct {
	Requirement string         `json:"requirement"`
	Due         catalogue.Date `json:"due"`
	Text        catalogue.Text `json:"text"`
}

// WaiverRef names a waiver and the digest of what it says.
type WaiverRef struct {
	ID     string `json:"id"`
	SHA256 Digest `json:"sha256"`
}

// ParseDecision reads a decision that was stored as JSON, of at most 1 MiB. It
// refuses what is not in the form of a decision, and a decision whose ID does
// not fit its content: [errors.Is] finds [ErrInvalid] or [ErrAltered].
func ParseDecision(data []byte) (*Decision, error) {
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, decisionError(structural(err))
	}
	schema, err := decisionForm()
	if err != nil {
		return nil, err
	}
	d := &Decision{}
	fs := violations(schema, v.Any())
	if err := v.Decode(d); err != nil {
		fs = merged(fs, structural(err))
	}
	if len(fs) > 0 {
		return nil, decisionError(fs)
	}
	if err := d.intact(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Decision) intact() error {
	if d.ID != d.id() {
		return ErrAltered
	}
	return nil
}

// id is made of everything but the id, so that one changed letter shows.
func (d *Decision) id() string {
	return idOf(func(out *pieces) { d.unnamed().encode(out) })
}

// idWith is id with the reasons from one that appends them.
func (d *Decision) idWith(reason func([]byte, int) []byte) string {
	return idOf(func(out *pieces) { d.unnamed().encodeWith(out, reason) })
}

func idOf(encode func(*pieces)) string { return "d-" + string(digest(encode))[:16] }

func (d *Decision) unnamed() *Decision {
	c := *d
	c.ID = ""
	return &c
}

// whole cuts a moment to what decisions store.
func whole(at time.Time) time.Time { return at.UTC().Truncate(time.Second) }

func decisionError(fs []finding) error {
	ps, more := worded(nil, fs)
	return &DecisionError{Problems: ps, More: more}
}
