package requirement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

// practicalFacts are those of a tool without professional content, risk or AI, whose vendor may answer for it alone.
func practicalFacts() facts {
	return and(completeFacts(), facts{"purpose": "practical", "crisisTopic": false, "userInput": false, "measurements": false, "aiKind": "none"})
}

// noContent are the reasons that hold for such a tool.
func noContent() map[string]approval.Status {
	return status(approval.NotApplicable, "CLIN-08", "AI-01")
}

func practical(more facts, answers map[string]approval.Status) change {
	c := change{facts: and(practicalFacts(), more), answers: noContent()}
	for id, s := range answers {
		c.answers[id] = s
	}
	return c
}

// Whatever the vendor writes about levels, checks and issuers, a clinical claim is for the panel.
func TestNoVendorApprovesItsOwnClinicalClaim(t *testing.T) {
	set := baseline(t)
	tried := 0
	for _, purpose := range []string{"information", "coping", "monitoring", "treatment", "diagnosis"} {
		for _, guidance := range []string{"unguided", "guided", "both"} {
			for _, class := range []string{"not-device", "class-i", "class-iia", "class-iib", "class-iii"} {
				for _, harm := range []string{"not-used", "irreversible"} {
					tried++
					d := decide(t, set, change{facts: facts{"purpose": purpose, "guidance": guidance, "mdClass": class, "decisionHarm": harm}})
					assert.Equal(t, review, d.Outcome, "%s %s %s %s: %s", purpose, guidance, class, harm, d.Rule)
				}
			}
		}
	}
	assert.Equal(t, 150, tried)
}

// What the web baseline leaves to the panel, the baseline does; and the class of a device besides.
func TestWhatIsForThePanel(t *testing.T) {
	web, err := requirement.GetVersion(requirement.WebBaseline, "1.0.0")
	require.NoError(t, err)
	assert.Equal(t, []string{"CLIN-01", "CLIN-03", "CLIN-04", "CLIN-05", "CLIN-06", "CLIN-07", "AI-01"}, forThePanel(web))
	assert.Equal(t, []string{"CLIN-01", "CLIN-03", "CLIN-04", "CLIN-05", "CLIN-06", "CLIN-07", "MDR-03", "AI-01"}, forThePanel(baseline(t)))
}

func forThePanel(set *approval.RequirementSet) (ids []string) {
	for _, r := range set.Requirements {
		if r.Panel {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// The rules after the panel's decide about what makes no clinical claim.
func TestRulesWithoutAClinicalClaim(t *testing.T) {
	set := baseline(t)
	high, unguided := facts{"vendorTier": "high"}, facts{"guidance": "unguided"}
	ai := facts{"aiKind": "fixed"}
	cases := []struct {
		name    string
		change  change
		rule    approval.Rule
		outcome approval.Outcome
	}{
		{"everything in place", practical(nil, nil), r8, alone},
		{"for guided use only", practical(facts{"guidance": "guided"}, nil), r7, with},
		{"a major requirement is not met", practical(nil, no("UU-04")), r9, with},
		{"a major requirement is not met, for use alone only", practical(unguided, status(approval.No, "UU-04")), approval.RuleDefault, review},
		{"children and health data", practical(facts{"minimumAge": 15}, nil), r4Children, review},
		{"security is planned, high tier", practical(high, status(approval.Planned, "SEC-07")), r5, review},
		{"a device for practical matters", practical(facts{"mdClass": "class-i"}, nil), r3Purpose, review},
		{"decides, and is no device", practical(facts{"decisionHarm": "limited"}, nil), r3NotADevice, review},
		{"decides, and is a device of class III", practical(facts{"mdClass": "class-iii", "decisionHarm": "irreversible"}, nil), r3Purpose, review},
		{"monitors the body, and is no device", practical(facts{"bodyMonitoring": "vital"}, nil), r3Purpose, review},
		{"the same for information", practical(facts{"purpose": "information", "bodyMonitoring": "ordinary"}, nil), r3Purpose, review},
		{"what users enter", practical(facts{"userInput": true}, status(approval.Yes, "CLIN-08")), r4AskedFor, review},
		{"AI", practical(ai, status(approval.Yes, "AI-01")), r4AskedFor, review},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := decide(t, set, c.change)
			assert.Equal(t, c.rule, d.Rule, d.Missing)
			assert.Equal(t, c.outcome, d.Outcome)
			assert.Equal(t, []approval.Outcome{c.outcome}, d.Possible)
		})
	}
}

// Nothing was reworded, so a declaration of 1.0.0 moves to 1.1.0 whole.
func TestDeclarationsMoveToTheNextBaseline(t *testing.T) {
	from, to := released(t, "1.0.0"), released(t, "1.1.0")
	assert.Empty(t, to.LintAgainst(from))
	d := declaration(from, change{answers: status(approval.NotApplicable, "CLIN-10")})
	next, report, err := approval.Migrate(d, nil, from, to)
	require.NoError(t, err)
	assert.Empty(t, report.Unconfirmed)
	assert.Empty(t, report.Unanswered)
	assert.Equal(t, d.Answers, next.Answers)
	assert.Equal(t, d.Evidence, next.Evidence)
	assert.Len(t, next.Facts, len(d.Facts))
	assert.Empty(t, next.SignedBy)
}
