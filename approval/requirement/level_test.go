package requirement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// What must be proven better for some tools and vendors; the level before is not enough there, and is elsewhere.
func TestLevelsOfTheBaseline(t *testing.T) {
	set := baseline(t)
	monitor := facts{"purpose": "monitoring", "mdClass": "class-i", "guidance": "guided"}
	ordinary := facts{"personalData": "ordinary"}
	cases := []struct {
		name, id     string
		level        approval.Level
		enough, more facts
	}{
		{"effect, when citizens are to use the tool alone", "CLIN-03", approval.Documented, monitor, and(monitor, facts{"guidance": "both"})},
		{"CE marking, from class IIa", "MDR-02", approval.Documented, monitor, and(monitor, facts{"mdClass": "class-iia"})},
		{"local data, with health data", "MOB-01", approval.Checked, ordinary, nil},
		{"injection, with health data", "WEB-01", approval.Checked, ordinary, nil},
		{"management system, high tier", "SEC-01", approval.Declared, nil, facts{"vendorTier": "high"}},
		{"management system, critical tier", "SEC-01", approval.Checked, facts{"vendorTier": "high"}, facts{"vendorTier": "critical"}},
		{"access control, high tier", "SEC-07", approval.Declared, nil, facts{"vendorTier": "high"}},
		{"access control, critical tier", "SEC-07", approval.Documented, facts{"vendorTier": "high"}, facts{"vendorTier": "critical"}},
		{"processors, critical tier", "PRIV-09", approval.Documented, facts{"vendorTier": "high"}, facts{"vendorTier": "critical"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Contains(t, []approval.Result{approval.ResultMet, approval.ResultNeedsPanel}, result(proven(t, set, c.enough, c.id, c.level), c.id))
			assert.Equal(t, approval.ResultUnanswered, result(proven(t, set, c.more, c.id, c.level), c.id))
		})
	}
}

// proven decides with evidence of a level for one requirement.
func proven(t *testing.T, set *approval.RequirementSet, known facts, id string, level approval.Level) *approval.Decision {
	t.Helper()
	d := declaration(set, change{facts: known})
	for i := range d.Evidence {
		if e := &d.Evidence[i]; e.ID == "e-"+id {
			e.Level, e.URL = level, "https://example.no/bevis"
		}
	}
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	return dec
}

// The vendor's own word is never enough where a tool is rejected without.
func TestBlockersAreAtLeastDocumented(t *testing.T) {
	for _, r := range baseline(t).Requirements {
		require.NotNil(t, r.Evidence, r.ID)
		if r.Severity == approval.Blocker {
			assert.True(t, r.Evidence.MinLevel.AtLeast(approval.Documented), r.ID)
		}
	}
}
