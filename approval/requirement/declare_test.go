package requirement_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/vendor"
)

// decided is the time of the decisions in these tests.
var decided = time.Date(2026, 12, 1, 10, 0, 0, 0, time.FixedZone("Oslo", 3600))

type facts = map[string]approval.FactValue

// completeFacts are those of a web and mobile tool for coping, used alone or with a clinician, with health data and nothing special.
func completeFacts() facts {
	return facts{
		"platforms": []string{"web", "mobile", "backend"}, "purpose": "coping", "guidance": "both", "clinicianInterprets": false,
		"minimumAge": 18, "crisisTopic": true, "userInput": true, "measurements": true, "mdClass": "not-device",
		"decisionHarm": "not-used", "bodyMonitoring": "none", "personalData": "health", "consentBasis": true,
		"transferOutsideEEA": false, "network": true, "login": true, "identityLevel": "eid-high", "fileUpload": true,
		"localData": "other", "localSecrets": true, "appInterfaces": true, "sharedDevices": true, "helsenorge": true,
		"publicOwner": true, "aiKind": "fixed", "aiAdvice": false, "vendorTier": "standard", "panelWanted": false,
	}
}

// change is what a case does to the complete declaration.
type change struct {
	facts   facts
	answers map[string]approval.Status
	waive   []string
}

// declaration answers yes to everything, with evidence that an independent party has issued, and then makes the change.
func declaration(set *approval.RequirementSet, c change) *approval.SelfDeclaration {
	d := &approval.SelfDeclaration{
		ID: "decl-1", Set: set.Ref(), Tool: approval.ToolRef{ID: "sovn-steg"},
		Vendor:    vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"},
		Submitted: "2026-11-20", SignedBy: approval.Signatory{Name: "Kari Nordmann"},
		Facts: completeFacts(), Answers: map[string]approval.Answer{},
	}
	maps.Copy(d.Facts, c.facts)
	for _, r := range set.Requirements {
		d.Answers[r.ID] = answer(r, approval.Yes)
		d.Evidence = append(d.Evidence, evidence(r))
	}
	for id, status := range c.answers {
		r, _ := set.Requirement(id)
		d.Answers[id] = answer(r, status)
	}
	return d
}

func answer(r approval.Requirement, status approval.Status) approval.Answer {
	at := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	a := approval.Answer{Status: status, Explanation: "Forklart.", Answered: &approval.Answered{By: "Kari Nordmann", At: at, Wording: r.Wording()}}
	switch status {
	case approval.Planned:
		a.Due = "2027-02-01"
	case approval.NotApplicable:
		a.Reason = r.NotApplicable[0].Code
	case approval.Yes, approval.Alternative:
		a.Evidence = []string{"e-" + r.ID}
	}
	return a
}

func evidence(r approval.Requirement) approval.Evidence {
	return approval.Evidence{ID: "e-" + r.ID, Kind: r.Evidence.Kinds[0], Title: r.ID, Issued: "2026-11-01",
		Level: approval.ThirdParty, Issuer: "Uavhengig AS", CheckedBy: "Ola Nordmann"}
}

func waiver(requirement string) approval.Waiver {
	return approval.Waiver{ID: "w-" + requirement, Tool: "sovn-steg", Requirement: requirement, Justification: "Begrunnet.",
		By: "Per Hansen", ApprovedBy: "Anne Olsen", From: "2026-11-01", Until: "2027-11-01"}
}

func decide(t testing.TB, set *approval.RequirementSet, c change) *approval.Decision {
	t.Helper()
	var waivers []approval.Waiver
	for _, id := range c.waive {
		waivers = append(waivers, waiver(id))
	}
	dec, err := approval.Evaluate(declaration(set, c), set, decided, waivers...)
	require.NoError(t, err)
	return dec
}
