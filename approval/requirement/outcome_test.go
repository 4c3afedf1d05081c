package requirement_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

const (
	rejected = approval.Rejected
	review   = approval.NeedsReview
	with     = approval.ApprovedWithTherapist
	alone    = approval.ApprovedWithoutTherapist

	r1Blocker     approval.Rule = "r1-blocker"
	r1UseAlone    approval.Rule = "r1-use-alone"
	r1GuidedUse   approval.Rule = "r1-guided-use"
	r1HealthData  approval.Rule = "r1-health-data"
	r1VendorTier  approval.Rule = "r1-vendor-tier"
	r2CEMarking   approval.Rule = "r2-ce-marking"
	r2Advertising approval.Rule = "r2-advertising"
	r2Transfer    approval.Rule = "r2-transfer"
	r3Class       approval.Rule = "r3-class"
	r3NotADevice  approval.Rule = "r3-not-a-device"
	r3Purpose     approval.Rule = "r3-purpose"
	r3Crisis      approval.Rule = "r3-crisis"
	r3Parts       approval.Rule = "r3-parts"
	r3Login       approval.Rule = "r3-login"
	r4AskedFor    approval.Rule = "r4-asked-for"
	r4AIAdvice    approval.Rule = "r4-ai-advice"
	r4Children    approval.Rule = "r4-children"
	r5            approval.Rule = "r5-vendor-tier"
	r7            approval.Rule = "r7-guided-use"
	r8            approval.Rule = "r8-use-alone"
	r9            approval.Rule = "r9-guided-for-now"
)

func no(ids ...string) map[string]approval.Status { return status(approval.No, ids...) }

func status(s approval.Status, ids ...string) map[string]approval.Status {
	out := map[string]approval.Status{}
	for _, id := range ids {
		out[id] = s
	}
	return out
}

// and adds facts to others.
func and(a, b facts) facts {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// Each part of each rule decides somewhere, and what is close to it goes
// elsewhere. The tools are for coping or more: from 1.1.0 a panel takes those
// that nothing stricter stops.
func TestRulesOfTheBaseline(t *testing.T) {
	set, now := released(t, "1.0.0"), baseline(t)
	// a device that monitors, and one that treats
	monitor := facts{"purpose": "monitoring", "mdClass": "class-iia", "bodyMonitoring": "ordinary"}
	treat := facts{"purpose": "treatment", "mdClass": "class-iia", "decisionHarm": "limited"}
	ordinary := facts{"personalData": "ordinary"}
	high := facts{"vendorTier": "high"}
	unguided, guided := facts{"guidance": "unguided"}, facts{"guidance": "guided"}
	cases := []struct {
		name    string
		change  change
		rule    approval.Rule
		outcome approval.Outcome
	}{
		{"everything in place", change{}, r8, alone},
		{"for use alone only", change{facts: unguided, answers: map[string]approval.Status{}}, r8, alone},
		{"a major requirement is planned", change{answers: status(approval.Planned, "SEC-07", "UU-04")}, r8, alone},
		{"a major requirement is waived", change{answers: no("GEN-03"), waive: []string{"GEN-03"}}, r8, alone},
		{"a blocker is waived", change{answers: no("GEN-02"), waive: []string{"GEN-02"}}, r8, alone},
		{"a device that treats", change{facts: treat}, r8, alone},
		{"an adult tool with AI that advises and does not change", change{facts: facts{"aiAdvice": true}}, r8, alone},

		{"a blocker is not met", change{answers: no("GEN-02")}, r1Blocker, rejected},
		{"a blocker is met in part", change{answers: status(approval.Partial, "UU-01")}, r1Blocker, rejected},
		{"no evidence for use alone, for use alone only", change{facts: and(monitor, unguided), answers: no("CLIN-04")}, r1UseAlone, rejected},
		{"no guide for clinicians, for guided use only", change{facts: guided, answers: no("CLIN-10")}, r1GuidedUse, rejected},
		{"no penetration test, health data", change{answers: no("SEC-02")}, r1HealthData, rejected},
		{"penetration test planned, health data", change{answers: status(approval.Planned, "SEC-02")}, r1HealthData, rejected},
		{"local data leak, health data", change{answers: no("MOB-01")}, r1HealthData, rejected},
		{"no management system, high tier", change{facts: high, answers: no("SEC-01")}, r1VendorTier, rejected},
		{"management system planned, critical tier", change{facts: facts{"vendorTier": "critical"}, answers: status(approval.Planned, "SEC-01")}, r1VendorTier, rejected},

		{"CE marking is waived", change{facts: monitor, answers: no("MDR-02"), waive: []string{"MDR-02"}}, r2CEMarking, rejected},
		{"advertising with health data is waived", change{answers: no("PRIV-06"), waive: []string{"PRIV-06"}}, r2Advertising, rejected},
		{"advertising without health data is waived", change{facts: ordinary, answers: no("PRIV-06"), waive: []string{"PRIV-06"}}, r8, alone},
		{"transfer out of the EEA is waived", change{facts: facts{"transferOutsideEEA": true}, answers: no("PRIV-10"), waive: []string{"PRIV-10"}}, r2Transfer, rejected},

		{"no platform", change{facts: facts{"platforms": []string{}}}, r3Parts, review},
		{"treats and is no device", change{facts: facts{"purpose": "treatment"}}, r3NotADevice, review},
		{"finds illness and is no device", change{facts: facts{"purpose": "diagnosis"}}, r3NotADevice, review},
		{"helps to decide and is no device", change{facts: facts{"decisionHarm": "limited"}}, r3NotADevice, review},
		{"class I, decides", change{facts: facts{"mdClass": "class-i", "decisionHarm": "limited"}}, r3Class, review},
		{"class I, monitors", change{facts: facts{"mdClass": "class-i", "bodyMonitoring": "ordinary"}}, r3Class, review},
		{"class I, neither", change{facts: facts{"mdClass": "class-i"}}, r8, alone},
		{"class IIa, serious harm", change{facts: facts{"mdClass": "class-iia", "decisionHarm": "serious"}}, r3Class, review},
		{"class IIa, vital signs", change{facts: facts{"mdClass": "class-iia", "bodyMonitoring": "vital"}}, r3Class, review},
		{"class IIb, serious harm", change{facts: facts{"mdClass": "class-iib", "decisionHarm": "serious"}}, r8, alone},
		{"class IIb, someone can die", change{facts: facts{"mdClass": "class-iib", "decisionHarm": "irreversible"}}, r3Class, review},
		{"class III, someone can die", change{facts: facts{"mdClass": "class-iii", "decisionHarm": "irreversible"}}, r8, alone},
		{"the vendor doubts the class", change{facts: monitor, answers: no("MDR-03")}, r3Class, review},
		{"crisis information is waived", change{answers: no("CLIN-07"), waive: []string{"CLIN-07"}}, r3Crisis, review},
		{"health data on the phone and none in the tool", change{facts: and(ordinary, facts{"localData": "health"})}, r3Parts, review},
		{"health data behind a password", change{facts: facts{"identityLevel": "one-factor"}}, r3Login, review},
		{"ordinary data behind a password", change{facts: and(ordinary, facts{"identityLevel": "one-factor"})}, r8, alone},

		{"another means on a blocker", change{answers: status(approval.Alternative, "SEC-05")}, r4AskedFor, review},
		{"another means on a major requirement", change{answers: status(approval.Alternative, "SEC-06")}, r8, alone},
		{"generative AI that advises", change{facts: facts{"aiKind": "generative", "aiAdvice": true}}, r4AIAdvice, review},
		{"adaptive AI that advises", change{facts: facts{"aiKind": "adaptive", "aiAdvice": true}}, r4AIAdvice, review},
		{"generative AI that does not advise", change{facts: facts{"aiKind": "generative"}}, r8, alone},
		{"children and health data", change{facts: facts{"minimumAge": 15}}, r4Children, review},
		{"children without health data", change{facts: and(ordinary, facts{"minimumAge": 15})}, r8, alone},
		{"sixteen years", change{facts: facts{"minimumAge": 16}}, r8, alone},
		{"the vendor wants the panel", change{facts: facts{"panelWanted": true}}, r4AskedFor, review},

		{"security is planned, high tier", change{facts: high, answers: status(approval.Planned, "SEC-07")}, r5, review},
		{"privacy is waived, critical tier", change{facts: facts{"vendorTier": "critical"}, answers: no("PRIV-09"), waive: []string{"PRIV-09"}}, r5, review},
		{"management system is waived, high tier", change{facts: high, answers: no("SEC-01"), waive: []string{"SEC-01"}}, r5, review},
		{"another requirement is planned, high tier", change{facts: high, answers: status(approval.Planned, "UU-04")}, r8, alone},

		{"for guided use only", change{facts: guided}, r7, with},
		{"for guided use only, a major requirement is not met", change{facts: guided, answers: no("UU-04")}, r7, with},
		{"evidence covers guided use only", change{facts: monitor, answers: no("CLIN-04")}, r7, with},
		{"a clinician must interpret", change{facts: and(treat, facts{"clinicianInterprets": true})}, r7, with},
		{"a clinician must interpret, for coping", change{facts: facts{"clinicianInterprets": true}}, r7, with},
		{"evidence for use alone is waived", change{facts: monitor, answers: no("CLIN-04"), waive: []string{"CLIN-04"}}, r9, with},
		{"guide for clinicians is waived", change{facts: guided, answers: no("CLIN-10"), waive: []string{"CLIN-10"}}, approval.RuleDefault, review},

		{"a major requirement is not met", change{answers: no("UU-04")}, r9, with},
		{"a major requirement is met in part", change{answers: status(approval.Partial, "UU-04")}, r9, with},
		{"no penetration test, ordinary data", change{facts: ordinary, answers: no("SEC-02")}, r9, with},
		{"no management system, standard tier", change{answers: no("SEC-01")}, r9, with},
		{"advice at deterioration is waived", change{answers: no("CLIN-06"), waive: []string{"CLIN-06"}}, r9, with},

		{"a major requirement is not met, for use alone only", change{facts: unguided, answers: map[string]approval.Status{"UU-04": approval.No, "CLIN-10": approval.NotApplicable}}, approval.RuleDefault, review},
		{"a guide for clinicians, for use alone only", change{facts: unguided, answers: no("UU-04")}, approval.RuleDefault, review},
		{"no guide for clinicians, for both", change{answers: no("CLIN-10")}, approval.RuleDefault, review},
		{"a clinician must interpret what is used alone", change{facts: and(unguided, facts{"clinicianInterprets": true}), answers: status(approval.NotApplicable, "CLIN-10")}, approval.RuleDefault, review},
	}
	decidedBy := map[approval.Rule]int{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := decide(t, set, c.change)
			assert.Equal(t, c.outcome, d.Outcome, "%s %v", d.Rule, d.Missing)
			assert.Equal(t, c.rule, d.Rule)
			assert.Equal(t, []approval.Outcome{c.outcome}, d.Possible)
			decidedBy[d.Rule]++

			rule, outcome := r4AskedFor, review
			if slices.Contains(beforeThePanel, c.rule) {
				rule, outcome = c.rule, c.outcome
			}
			d = decide(t, now, c.change)
			assert.Equal(t, rule, d.Rule)
			assert.Equal(t, outcome, d.Outcome)
		})
	}
	for _, r := range set.Rules {
		assert.Positive(t, decidedBy[r.ID], "%s decides nowhere", r.ID)
	}
	assert.Positive(t, decidedBy[approval.RuleDefault])
}

// beforeThePanel are the rules that come before the one that asks for the panel.
var beforeThePanel = []approval.Rule{r1Blocker, r1UseAlone, r1GuidedUse, r1HealthData, r1VendorTier,
	r2CEMarking, r2Advertising, r2Transfer, r3Class, r3NotADevice, r3Crisis, r3Parts, r3Login}

func released(t testing.TB, version string) *approval.RequirementSet {
	t.Helper()
	set, err := requirement.GetVersion(requirement.Baseline, version)
	require.NoError(t, err)
	return set
}

// R6 of the table is no rule of the set: the panel's outcome takes the place of the rules'.
func TestThePanelDecidesAboutTheBaseline(t *testing.T) {
	before := decide(t, baseline(t), change{facts: facts{"panelWanted": true}})
	require.Equal(t, review, before.Outcome)
	panel := approval.Panel{ID: "panel", Quorum: 1, Members: []approval.Member{{ID: "m1", Name: "Fagperson"}}}
	after, err := panel.Review(before, []approval.Vote{{Member: "m1", Outcome: with, Rationale: "Trygt med oppfølging."}}, "2027-06-01", decided)
	require.NoError(t, err)
	assert.Equal(t, with, after.Outcome)
	assert.Equal(t, approval.RulePanelMajority, after.Rule)
}
