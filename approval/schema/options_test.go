package schema_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/schemagen"
)

type (
	edit    = func(*jsonschema.Schema)
	members = map[string]edit
	byType  = map[string]edit
)

var declarationOptions = schemagen.Options{
	Description: "What a vendor declares about one release of a digital health tool, as answers to a published set of requirements.",
	Describe: joined(answersDescribed("SelfDeclaration"), map[string]string{
		"SelfDeclaration.tool":     "The tool and the release that was looked at.",
		"SelfDeclaration.facts":    "Facts about the tool, by the fact's id: a code, a list of codes, true or false, or a number. One that is left out is unknown.",
		"SelfDeclaration.revision": "Counts the changes; 0 or left out is the first.",
	}),
	Refine: joined(answersRefined, byType{
		"SelfDeclaration": inTurn(edits(members{"version": isVersion(approval.DeclarationVersion), "id": form(nameForm, 64), "evidence": items(0, 500),
			"revision": between("0", "1000000")}), needs("id", "set", "tool", "vendor", "submitted", "signedBy", "facts", "answers")),
		"ToolRef": edits(members{"release": text(100)}),
	}),
}

var vendorOptions = schemagen.Options{
	Description: "What a vendor answers once for all its tools to the requirements of a published set that concern the vendor alone.",
	Describe:    answersDescribed("VendorDeclaration"),
	Refine: joined(answersRefined, byType{
		"VendorDeclaration": edits(members{"version": isVersion(approval.VendorDeclarationVersion), "id": form(nameForm, 64), "evidence": items(0, 500)}),
	}),
}

// answersDescribed are the descriptions that both kinds of declaration have.
func answersDescribed(root string) map[string]string {
	return map[string]string{
		root + ".version":            "Version of this form.",
		root + ".id":                 "The vendor's own name for this declaration.",
		root + ".set":                "The requirement set and version that is answered.",
		root + ".vendor":             "Who makes or offers the tool.",
		"Vendor.contacts":            "Whom to turn to, by e-mail or telephone.",
		"Vendor.subprocessors":       "Who handles personal data for the vendor.",
		"Vendor.certificates":        "What others have attested about the vendor.",
		"Subprocessor.country":       "Where it is established, if it has no Norwegian organisation number.",
		"Subprocessor.processedIn":   "Where data are stored or can be read from.",
		"Subprocessor.transferBasis": "Required when one of these countries is outside the EEA.",
		"Subprocessor.agreed":        "The day of the data-processing agreement.",
		"Certificate.expires":        "The last day on which it holds.",
		root + ".submitted":          "The day of submission.",
		root + ".signedBy":           "Who answers for the declaration.",
		root + ".answers":            "Answers, by the requirement's id.",
		root + ".evidence":           "The documents that answers refer to.",
		"Answer.status":              "Whether the requirement is met.",
		"Answer.reason":              "With not-applicable: one of the requirement's reasons.",
		"Answer.explanation":         "Required with partial, planned and alternative.",
		"Answer.due":                 "With planned: the day by which it will be met.",
		"Answer.evidence":            "Ids of documents under evidence.",
		"Answer.answered":            "Who gave the answer, when and to which wording.",
		"Answer.inherited":           "The answer was given once for all tools of the vendor.",
		"Answered.by":                "The person. No identity number.",
		"Answered.at":                "The moment, UTC, whole seconds.",
		"Answered.wording":           "Digest of the requirement's text and help as they were read.",
		"Evidence.id":                "Its name within this declaration.",
		"Evidence.kind":              "Which kind of document it is; the requirements say which kinds count.",
		"Evidence.sha256":            "Digest of the file.",
		"Evidence.issued":            "The day it was made.",
		"Evidence.expires":           "The last day on which it holds.",
		"Evidence.level":             "How well it proves: declared (also when left out), documented, checked by somebody who is named, or from a third party that is named.",
		"Evidence.issuer":            "Who made it; left out: the vendor. Required with third-party.",
		"Evidence.checkedBy":         "The person who checked it. No identity number. Required with checked.",
		"Evidence.size":              "Size of the file in bytes.",
		"Evidence.confidential":      "Not to be published with the declaration.",
		"Origin.sha256":              "Digest of the vendor's declaration.",
		"Origin.until":               "The last day on which the answer may be relied on.",
	}
}

// answersRefined are the rules that both kinds of declaration have.
var answersRefined = byType{
	"SetRef":  edits(members{"id": form(codeForm, 64), "version": form(threePart, 32)}),
	"Vendor":  vendorMembers,
	"Contact": contactMembers, "Subprocessor": subprocessorMembers, "Certificate": certificateMembers,
	"Signatory": edits(members{"name": text(200), "title": text(200)}),
	"Answer":    edits(members{"status": anyStatus, "reason": form(codeForm, 64), "explanation": text(4000), "evidence": distinct(50)}),
	"Evidence": inTurn(edits(members{"id": form(nameForm, 64), "kind": form(codeForm, 64), "title": text(300), "url": webAddress,
		"level": anyLevel, "issuer": text(200), "checkedBy": text(200), "mediaType": form(`^[a-z]+/[a-z0-9.+-]+$`, 100), "size": between("0", "1099511627776")}), named),
	"Answered": edits(members{"by": text(200), "at": moment}),
	"Origin":   edits(members{"declaration": form(nameForm, 64)}),
}

// named: who has checked a document, and who the third party is, must be said.
func named(s *jsonschema.Schema) {
	for level, needed := range map[approval.Level]string{approval.Checked: "checkedBy", approval.ThirdParty: "issuer"} {
		is := jsonschema.NewProperties()
		is.Set("level", &jsonschema.Schema{Const: string(level)})
		s.AllOf = append(s.AllOf, &jsonschema.Schema{
			If:   &jsonschema.Schema{Properties: is, Required: []string{"level"}},
			Then: &jsonschema.Schema{Required: []string{needed}},
		})
	}
	slices.SortFunc(s.AllOf, func(a, b *jsonschema.Schema) int { return strings.Compare(a.Then.Required[0], b.Then.Required[0]) })
}

func moment(s *jsonschema.Schema) { s.Pattern = momentForm }

// needs names the members that must be there, where the Go type leaves it open.
func needs(names ...string) edit {
	return func(s *jsonschema.Schema) { s.Required = names }
}

func inTurn(all ...edit) edit {
	return func(s *jsonschema.Schema) {
		for _, e := range all {
			e(s)
		}
	}
}

func joined[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

var setOptions = schemagen.Options{
	Description: "Requirements for digital health tools. A released version never changes.",
	Describe: map[string]string{
		"RequirementSet.id":           "Names the set through all its versions.",
		"RequirementSet.version":      "Three numbers.",
		"RequirementSet.validFrom":    "The first day on which decisions are made by this version.",
		"RequirementSet.reviewMonths": "The longest time that a decision holds, in calendar months.",
		"RequirementSet.facts":        "What the vendor tells about the tool; conditions ask for them.",
		"RequirementSet.guidedOnly":   "Holds for tools that may be used with a therapist only. Left out: the fact guidance has the choice guided.",
		"Requirement.id":              "Never used again for something else.",
		"Requirement.scope":           "What is looked at; for the reader.",
		"Requirement.when":            "For which tools the requirement applies; left out: all.",
		"Requirement.severity":        "blocker: must be met; major: otherwise a panel decides; minor: reported only.",
		"Requirement.panel":           "A vendor's own yes is not enough: a panel decides.",
		"Requirement.notApplicable":   "The reasons that are accepted for the answer not-applicable; none: that answer is not allowed.",
		"Requirement.evidence":        "What a yes must be documented with.",
		"NotApplicableReason.when":    "What must hold for the declared facts.",
		"EvidenceRule.kinds":          "One of these is enough.",
		"EvidenceRule.maxAgeMonths":   "How old it may be on the day of submission; 0 or left out: any age.",
		"Condition":                   "Exactly one of all, any, not, fact with either in or atLeast and below, answer with status, or count. What is not known is neither true nor false.",
		"Condition.answer":            "The id of a requirement whose answer is asked about.",
		"Condition.count":             "How many requirements came out in a certain way; for rules only.",
		"Count.severities":            "Left out: all.",
		"Count.requirements":          "Left out: all.",
		"RequirementSet.validTo":      "The last day on which new decisions are made by this version.",
		"RequirementSet.remindDays":   "How long before the end of an approval the next review is due.",
		"RequirementSet.tracked":      "Every answer must say who gave it, when and to which wording.",
		"RequirementSet.rules":        "The first that holds decides. Left out: the rules that the software names.",
		"RequirementSet.default":      "The outcome when no rule holds; left out: needs-review.",
		"Fact.material":               "Another value is a material change, to be assessed anew.",
		"Fact.publish":                "Shown to the public with the decision.",
		"Requirement.from":            "The first day on which it is in force.",
		"Requirement.until":           "The last day on which it is in force.",
		"Requirement.withdrawn":       "No more in use; its id stays taken.",
		"Requirement.replacedBy":      "Those that took the place of a withdrawn one.",
		"Requirement.allowed":         "Statuses besides yes and no that an answer may have.",
		"EvidenceRule.minLevel":       "The least level that counts; left out: declared.",
		"EvidenceRule.raised":         "A higher level, under conditions on facts.",
		"EvidenceRule.assessed":       "A level above documented counts only if an assessor has found it.",
		"Fact.assessed":               "Counts only if an assessor has found what it is.",
		"Condition.in":                "Codes of the fact's choices; \"true\" and \"false\" for a boolean fact.",
	},
	Refine: byType{
		"RequirementSet": edits(members{"id": form(codeForm, 64), "version": form(threePart, 32), "reviewMonths": between("1", "120"),
			"sources": items(0, 200), "facts": items(0, 200), "requirements": items(1, 500), "remindDays": between("0", "400"),
			"groups": items(0, 100), "rules": items(0, 100), "default": oneOf(approval.NeedsReview, approval.Rejected)}),
		"Group": edits(members{"id": form(codeForm, 64)}),
		"SetRule": edits(members{"id": form(codeForm, 64),
			"outcome": oneOf(approval.ApprovedWithoutTherapist, approval.ApprovedWithTherapist, approval.NeedsReview, approval.Rejected)}),
		"Source": edits(members{"id": form(codeForm, 64), "title": text(300), "url": webAddress, "licence": text(300)}),
		"Fact": edits(members{"id": form(nameForm, 64), "choices": items(0, 100),
			"type": oneOf(approval.TypeChoice, approval.TypeChoices, approval.TypeBoolean, approval.TypeNumber)}),
		"Choice": edits(members{"code": form(codeForm, 64)}),
		"Requirement": edits(members{"id": form(nameForm, 64), "group": form(codeForm, 64), "scope": scopes,
			"severity": oneOf(approval.Blocker, approval.Major, approval.Minor), "notApplicable": items(0, 50), "refs": items(0, 50),
			"replacedBy": distinct(50), "allowed": each(oneOf(approval.Partial, approval.Planned, approval.Alternative), 3)}),
		"NotApplicableReason": edits(members{"code": form(codeForm, 64)}),
		"EvidenceRule":        edits(members{"kinds": kinds, "maxAgeMonths": between("0", "120"), "minLevel": anyLevel, "raised": items(0, 10)}),
		"RaisedLevel":         edits(members{"minLevel": anyLevel}),
		"Ref":                 edits(members{"source": form(codeForm, 64), "locator": text(300)}),
		"Condition": edits(members{"all": items(1, 50), "any": items(1, 50), "in": items(1, 100), "fact": form(nameForm, 64),
			"answer": form(nameForm, 64), "status": each(anyStatus, 6)}),
		"Count": edits(members{"results": results, "severities": each(oneOf(approval.Blocker, approval.Major, approval.Minor), 3),
			"requirements": distinct(500), "atLeast": between("0", "500"), "below": between("0", "501")}),
	},
}

var decisionOptions = schemagen.Options{
	Description: "What was decided about one release of a digital health tool, and why.",
	Describe: map[string]string{
		"Decision.id":              "\"d-\" and the first 16 digits of the SHA-256 of everything else.",
		"Decision.rule":            "The rule that decided.",
		"Decision.decided":         "The moment of the decision, UTC.",
		"Decision.validUntil":      "The last day on which an approval holds.",
		"Decision.terms":           "Limits that follow from declaration and set.",
		"Decision.reasons":         "One for each requirement of the set, in its order.",
		"Decision.possible":        "The outcomes that the declaration can still come to.",
		"Decision.missing":         "What is open, the most decisive first.",
		"Decision.nextReview":      "The day on which the next review is due.",
		"Decision.conditions":      "What the vendor must still do, each by its day.",
		"Decision.waivers":         "Those that were relied on.",
		"WaiverRef.sha256":         "Digest of what the waiver says.",
		"Decision.findings":        "The findings of assessors that count.",
		"Decision.findingsNotUsed": "Findings that were given and do not count, with the reason.",
		"FindingRecord.sha256":     "Digest of what the finding says.",
		"FindingRecord.value":      "What the fact was found to be.",
		"Decision.panel":           "Who decided, if a panel did.",
		"PanelRecord.reviewed":     "The id of the decision that the panel had before it.",
		"Terms.evidenceUntil":      "The last day on which everything that is relied on holds: evidence, inherited answers, waivers, plans, requirements in force.",
		"PanelRecord.majority":     "What an outcome needs; left out: more than half of the votes.",
		"PanelRecord.needRoles":    "Roles that must be among those who vote.",
		"PanelRecord.earlier":      "Votes that their members changed before the decision.",
		"PanelRecord.conflicts":    "The interests for which members stood aside.",
		"Vote.at":                  "When it was given, UTC.",
		"Terms.decideBy":           "The last day on which anything may be decided on this declaration.",
		"Terms.remindDays":         "How long before the end of an approval the next review is due, in days; left out: none, or not known.",
		"Terms.login":              "The vendor has declared that the user must log in; left out: no, or not known.",
		"DeclarationRef.sha256":    "Digest of what the declaration said, in one fixed form.",
		"ReleasedSet.sha256":       "Digest of the requirement set's file.",
	},
	Refine: byType{
		"Decision": edits(members{"version": isVersion(approval.DecisionVersion), "id": form(`^d-[0-9a-f]{16}$`, 18), "outcome": anyOutcome,
			"possible": each(anyOutcome, 5)}),
		"Reason":        edits(members{"severity": oneOf(approval.Blocker, approval.Major, approval.Minor), "result": anyResult}),
		"PanelRecord":   edits(members{"quorum": between("1", "1000"), "majority": oneOf(approval.MajoritySimple, approval.MajorityTwoThirds)}),
		"RoleCount":     edits(members{"count": between("1", "1000")}),
		"Conflict":      edits(members{"why": oneOf(approval.Interests()...)}),
		"VoteFinding":   edits(members{"result": oneOf(approval.ResultMet, approval.ResultNotMet), "text": text(8000)}),
		"FindingRecord": edits(members{"level": anyLevel}),
		"Vote":          edits(members{"outcome": anyOutcome, "rationale": text(8000)}),
	},
}

func distinct(most uint64) edit {
	return func(s *jsonschema.Schema) { s.UniqueItems, s.MaxItems = true, pointer(most) }
}

func scopes(s *jsonschema.Schema) {
	s.UniqueItems, s.MinItems = true, pointer(1)
	s.Items = &jsonschema.Schema{Type: "string", Enum: []any{"web", "backend", "vendor", "mobile"}}
}

func kinds(s *jsonschema.Schema) {
	s.UniqueItems, s.MinItems, s.MaxItems = true, pointer(1), pointer(20)
	s.Items = &jsonschema.Schema{Type: "string", Pattern: codeForm, MaxLength: pointer(64)}
}

func anyOutcome(s *jsonschema.Schema) {
	oneOf(approval.ApprovedWithoutTherapist, approval.ApprovedWithTherapist, approval.NeedsReview, approval.Rejected, approval.Incomplete)(s)
}

func anyStatus(s *jsonschema.Schema) {
	oneOf(approval.Yes, approval.No, approval.NotApplicable, approval.Partial, approval.Planned, approval.Alternative)(s)
}

func anyLevel(s *jsonschema.Schema) {
	oneOf(approval.Declared, approval.Documented, approval.Checked, approval.ThirdParty)(s)
}

func anyResult(s *jsonschema.Schema) {
	oneOf(approval.ResultMet, approval.ResultNotMet, approval.ResultNotApplicable, approval.ResultNeedsPanel, approval.ResultUnanswered,
		approval.ResultPlanned, approval.ResultWaived)(s)
}

func results(s *jsonschema.Schema) {
	each(anyResult, 7)(s)
	s.MinItems = pointer(1)
}

// each edits the items of a list of distinct values.
func each(item edit, most uint64) edit {
	return func(s *jsonschema.Schema) {
		distinct(most)(s)
		item(s.Items)
	}
}
