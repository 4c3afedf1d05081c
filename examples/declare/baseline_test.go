package main

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

var update = flag.Bool("update", false, "write the declarations of testdata anew")

// The declarations of testdata: a complete one, the same as a draft without what
// the vendor answers once for all its tools, and those answers.
const (
	complete = "testdata/baseline.json"
	draft    = "testdata/baseline-draft.json"
	own      = "testdata/baseline-vendor.json"
)

// baselineFacts are those of a web tool that reminds people of bedtime, alone or
// with a clinician. It has no professional content, so that the rules decide
// without a panel.
func baselineFacts() map[string]approval.FactValue {
	return map[string]approval.FactValue{
		"platforms": []string{"web", "backend"}, "purpose": "practical", "guidance": "both", "clinicianInterprets": false,
		"minimumAge": 18, "crisisTopic": false, "userInput": false, "measurements": false, "mdClass": "not-device",
		"decisionHarm": "not-used", "bodyMonitoring": "none", "personalData": "health", "consentBasis": true,
		"transferOutsideEEA": false, "network": true, "login": true, "identityLevel": "eid-high", "fileUpload": false,
		"localData": "none", "localSecrets": false, "appInterfaces": false, "sharedDevices": true, "helsenorge": true,
		"publicOwner": true, "aiKind": "none", "aiAdvice": false, "vendorTier": "standard", "panelWanted": false,
	}
}

// answered answers what applies with yes and the evidence that is asked for, or with a reason that holds.
func answered(set *approval.RequirementSet) *approval.SelfDeclaration {
	return answeredWith(set, baselineFacts())
}

func answeredWith(set *approval.RequirementSet, facts map[string]approval.FactValue) *approval.SelfDeclaration {
	d := &approval.SelfDeclaration{
		Version: approval.DeclarationVersion, ID: "rolig-natt-2026-1", Set: set.Ref(),
		Tool: approval.ToolRef{ID: "rolig-natt", Release: "1.4",
			Name: catalogue.Text{"nb": "Rolig natt", "nn": "Roleg natt", "en": "Calm night"}},
		Vendor:    vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"},
		Submitted: "2026-10-30", SignedBy: approval.Signatory{Name: "Kari Nordmann", Title: "Daglig leder"},
		Facts: facts, Answers: map[string]approval.Answer{},
	}
	for _, r := range set.Requirements {
		if r.When.Holds(d.Facts) == approval.True {
			d.Answers[r.ID] = answer(d, r)
		}
	}
	return d
}

func answer(d *approval.SelfDeclaration, r approval.Requirement) approval.Answer {
	at := time.Date(2026, time.October, 29, 12, 0, 0, 0, time.UTC)
	a := approval.Answer{Answered: &approval.Answered{By: "Kari Nordmann", At: at, Wording: r.Wording()}}
	for _, n := range r.NotApplicable {
		if n.When.Holds(d.Facts) == approval.True {
			a.Status, a.Reason = approval.NotApplicable, n.Code
			return a
		}
	}
	e := evidence(d, r)
	d.Evidence = append(d.Evidence, e)
	a.Status, a.Evidence = approval.Yes, []string{e.ID}
	return a
}

// evidence is of the first kind and the least level that counts.
func evidence(d *approval.SelfDeclaration, r approval.Requirement) approval.Evidence {
	e := approval.Evidence{ID: "dok-" + r.ID, Kind: r.Evidence.Kinds[0], Title: "Dokumentasjon: " + r.Title.In("nb"),
		URL: "https://rolignatt.example/dok/" + r.ID, Issued: "2026-10-01", Level: r.Evidence.MinLevel}
	for _, raised := range r.Evidence.Raised {
		if raised.When.Holds(d.Facts) == approval.True {
			e.Level = raised.MinLevel
		}
	}
	switch e.Level {
	case approval.Checked:
		e.CheckedBy = "Ola Nordmann"
	case approval.ThirdParty:
		e.Issuer = "Uavhengig Testing AS"
	}
	return e
}

// split takes out what the vendor answers once for all its tools.
func split(d *approval.SelfDeclaration, set *approval.RequirementSet) (approval.SelfDeclaration, approval.VendorDeclaration) {
	tool := *d
	tool.ID, tool.Submitted, tool.SignedBy = "rolig-natt-utkast", "", approval.Signatory{}
	tool.Answers, tool.Evidence = map[string]approval.Answer{}, nil
	all := approval.VendorDeclaration{Version: approval.VendorDeclarationVersion, ID: "sovnhjelp-2026", Set: d.Set,
		Vendor: d.Vendor, Submitted: d.Submitted, SignedBy: d.SignedBy, Answers: map[string]approval.Answer{}}
	for _, r := range set.Requirements {
		answers, list := tool.Answers, &tool.Evidence
		if slices.Equal(r.Scope, []string{"vendor"}) {
			answers, list = all.Answers, &all.Evidence
		}
		a, given := d.Answers[r.ID]
		if !given {
			continue
		}
		answers[r.ID] = a
		for _, e := range d.Evidence {
			if slices.Contains(a.Evidence, e.ID) {
				*list = append(*list, e)
			}
		}
	}
	return tool, all
}

// The files are made here, so that they follow the set.
func TestBaselineDeclarationsAreUpToDate(t *testing.T) {
	set, err := requirement.Get(requirement.Baseline)
	require.NoError(t, err)
	d := answered(set)
	tool, all := split(d, set)
	for name, v := range map[string]any{complete: d, draft: tool, own: all} {
		data, err := json.MarshalIndent(v, "", "  ")
		require.NoError(t, err)
		data = append(data, '\n')
		if *update {
			require.NoError(t, os.WriteFile(name, data, 0o644))
		}
		have, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, string(data), string(have), "run go test ./examples/declare -update")
	}
}
