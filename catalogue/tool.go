package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/vendor"
)

// Tool is a digital health tool. ID, Status, Name and Access are required; all else may be absent.
type Tool struct {
	ID ToolID `json:"id"`
	// Identifiers are what other systems call the tool.
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Status      Status       `json:"status"`
	// Listing limits the days on which a listed tool is there. Nil means that there is no limit.
	Listing *Listing `json:"listing,omitempty"`
	// Vendor makes or offers the tool: its number and name, see [vendor.Vendor.Reference]; the rest is refused. Nil means that it is
	// not said.
	Vendor *vendor.Vendor `json:"vendor,omitempty"`
	Kind   Kind           `json:"kind,omitempty"`
	// Areas are the health matters that the tool is for, Audiences the people.
	Areas     []Area     `json:"areas,omitempty"`
	Audiences []Audience `json:"audiences,omitempty"`
	// Languages are the tool's own. The texts below describe it and may be in others.
	Languages []Lang `json:"languages,omitempty"`
	// Ages are those that the tool is meant for. Nil means that no limit is given.
	Ages *Ages `json:"ages,omitempty"`
	// Name has at most 200 characters a language, Summary 1,000, Description and AcuteNotice 20,000.
	Name        Text `json:"name"`
	Summary     Text `json:"summary,omitempty"`
	Description Text `json:"description,omitempty"`
	// Keywords are words that people search for, up to 100 a language.
	Keywords map[Lang][]string `json:"keywords,omitempty"`
	Access   Access            `json:"access"`
	// Start says where the tool is started; more than one for tools on several platforms.
	Start []Start `json:"start,omitempty"`
	// Units are what a therapist may prescribe. A tool without units cannot be prescribed.
	Units []Unit `json:"units,omitempty"`
	// Approval is the decision that the listing rests on. Nil means that none is recorded here.
	Approval *Approval `json:"approval,omitempty"`
	// Evidence is what speaks for the tool's quality. None means that nothing is recorded here.
	Evidence []Evidence `json:"evidence,omitempty"`
	// AcuteNotice tells where to turn in an emergency. Show it wherever the tool can be chosen.
	AcuteNotice Text `json:"acuteNotice,omitempty"`
}

// Status is where a tool stands in its life.
type Status string

// The statuses.
const (
	StatusDraft     Status = "draft"     // written, never published: not to be found and not to be started
	StatusListed    Status = "listed"    // published
	StatusPaused    Status = "paused"    // for a time not to be found and not to be started
	StatusWithdrawn Status = "withdrawn" // the same for ever; its id still resolves
)

// Kind is the sort of tool.
type Kind string

// The kinds. The first eight are the concepts that the Norwegian plan for digital home services names.
const (
	KindTreatmentRoom     Kind = "treatment-room"     // behandlingsrom
	KindCourse            Kind = "course"             // lærings- og mestringsportal
	KindTriage            Kind = "triage"             // symptomavklaring
	KindDirectory         Kind = "directory"          // finn fram-katalog
	KindQuestionnaire     Kind = "questionnaire"      // kartleggingsverktøy
	KindVideoConsultation Kind = "video-consultation" // videokonsultasjon
	KindCollaboration     Kind = "collaboration"      // samhandlingsarena
	KindForum             Kind = "forum"              // nettforum
	KindApp               Kind = "app"
	KindVideo             Kind = "video"
	KindHomeFollowUp      Kind = "home-follow-up" // digital hjemmeoppfølging
)

var kinds = []Kind{KindTreatmentRoom, KindCourse, KindTriage, KindDirectory, KindQuestionnaire, KindVideoConsultation, KindCollaboration,
	KindForum, KindApp, KindVideo, KindHomeFollowUp}

// Area is a health matter ("sleep", "anxiety"): a code in the form of a [ToolID]. The set is open, so that a catalogue may add its own.
type Area string

// Audience is a group of people ("adults", "parents"): a code in the form of a [ToolID]. The set is open.
type Audience string

// Ages are full years, 0 to 150, both ends included. Nil means no limit at that end.
type Ages struct {
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
}

// Include says that age lies within the limits. A nil Ages has none.
func (a *Ages) Include(age int) bool {
	return a == nil || (a.Min == nil || age >= *a.Min) && (a.Max == nil || age <= *a.Max)
}

// overlap says that some age is within these limits and those.
func (a *Ages) overlap(from, to int) bool {
	return a == nil || (a.Min == nil || *a.Min <= to) && (a.Max == nil || *a.Max >= from)
}

// isFor says that the tool is for one of these audiences.
func (t *Tool) isFor(audiences []string) bool {
	if t.expects() && !slices.Contains(audiences, expecting) {
		return false
	}
	return slices.ContainsFunc(t.Audiences, func(a Audience) bool { return slices.Contains(audiences, string(a)) })
}

// expecting is the code of an audience that no other one stands for.
const expecting = "pregnant"

// expects says that a tool is for those who are pregnant, and for parents and others as far as they are or just were.
func (t *Tool) expects() bool {
	return slices.Contains(t.Audiences, expecting) && !slices.Contains(t.Audiences, "adults")
}

// standBy are the codes of audiences that are not ill themselves, and expecting.
var standBy = []Audience{expecting, "parents", "relatives", "next-of-kin", "carers", "family", "professionals"}

// standsBy says that a tool is for none but these.
func (t *Tool) standsBy() bool {
	return len(t.Audiences) > 0 && !slices.ContainsFunc(t.Audiences, func(a Audience) bool { return !slices.Contains(standBy, a) })
}

// Platform is what a tool runs on.
type Platform string

// The platforms.
const (
	PlatformWeb     Platform = "web"
	PlatformIOS     Platform = "ios"
	PlatformAndroid Platform = "android"
)

// The profiles of [Start].
const (
	ProfileHelsenorge = "helsenorge" // opened from helsenorge.no; the tool logs the citizen in at Helsenorge
	ProfileHTI        = "hti"        // opened with a signed launch message (Health Tools Interoperability)
	ProfileLink       = "link"       // an ordinary link
)

// Start is one way to start a tool. All three members are required.
type Start struct {
	Platform Platform `json:"platform"`
	// URL is absolute and begins with https. For trials on one's own machine, http on localhost, 127.0.0.1 or [::1] will do. At most
	// 2,000 characters, and no user name or password in it.
	URL string `json:"url"`
	// Profile says how the tool is opened there: "helsenorge", "hti" or "link".
	Profile string `json:"profile"`
}

// Unit is what can be prescribed: a tool for an indication and for a time. ID and Title are required.
type Unit struct {
	ID    UnitID `json:"id"`
	Title Text   `json:"title"`
	// Indications and Exclusions are for the therapist: whom the unit is for, and whom it is not for.
	Indications []Text `json:"indications,omitempty"`
	Exclusions  []Text `json:"exclusions,omitempty"`
	// Days is how long the citizen has the unit, 1 to 3,650. Zero means that no time is given.
	Days int `json:"days,omitempty"`
	// PatientText is what the citizen reads, unless the therapist writes something else.
	PatientText Text `json:"patientText,omitempty"`
}

// Approval points to the decision that a listing rests on. Both members are required.
type Approval struct {
	// Decision is the decision's id.
	Decision string `json:"decision"`
	// ValidUntil is the last day on which the tool may be started.
	ValidUntil Date `json:"validUntil"`
}

// Unit finds a unit by its id.
func (t Tool) Unit(id UnitID) (Unit, bool) {
	for _, u := range t.Units {
		if u.ID == id {
			return u, true
		}
	}
	return Unit{}, false
}
