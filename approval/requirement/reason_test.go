package requirement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// Turning a fact around that a reason rests on gives one contradiction, at that reason and nowhere else.
func TestEveryReasonOfTheBaselineCanBeContradicted(t *testing.T) {
	set := baseline(t)
	noBackend := []string{"web", "mobile"}
	cases := map[string]struct {
		facts facts   // with which the reason is true
		turns []facts // each of which makes it false
	}{
		"CLIN-06 no-user-input":      {facts{"purpose": "monitoring", "userInput": false, "measurements": false}, []facts{{"userInput": true}, {"measurements": true}}},
		"CLIN-08 no-input":           {facts{"userInput": false, "measurements": false}, []facts{{"userInput": true}, {"measurements": true}}},
		"CLIN-10 no-clinician":       {facts{"guidance": "unguided"}, []facts{{"guidance": "guided"}, {"guidance": "both"}}},
		"PRIV-03 other-legal-basis":  {facts{"consentBasis": false}, []facts{{"consentBasis": true}}},
		"SEC-03 no-network":          {facts{"network": false}, []facts{{"network": true}}},
		"SEC-04 no-backend":          {facts{"platforms": noBackend}, []facts{{"platforms": []string{"web", "backend"}}}},
		"SEC-05 no-login":            {facts{"login": false}, []facts{{"login": true}}},
		"SEC-06 no-sessions":         {facts{"login": false}, []facts{{"login": true}}},
		"SEC-10 no-upload":           {facts{"fileUpload": false}, []facts{{"fileUpload": true}}},
		"SEC-11 no-backend":          {facts{"platforms": noBackend}, []facts{{"platforms": []string{"mobile", "backend"}}}},
		"MOB-01 no-local-data":       {facts{"localData": "none"}, []facts{{"localData": "other"}, {"localData": "health"}}},
		"MOB-06 none-used":           {facts{"appInterfaces": false}, []facts{{"appInterfaces": true}}},
		"WEB-04 private-device-only": {facts{"sharedDevices": false}, []facts{{"sharedDevices": true}}},
		"UU-02 private-owner":        {facts{"publicOwner": false}, []facts{{"publicOwner": true}}},
		"AI-01 no-ai":                {facts{"aiKind": "none"}, []facts{{"aiKind": "fixed"}, {"aiKind": "adaptive"}, {"aiKind": "generative"}}},
	}
	tried := 0
	for _, r := range set.Requirements {
		for _, n := range r.NotApplicable {
			tried++
			c, ok := cases[r.ID+" "+n.Code]
			require.True(t, ok, "%s %s has no case", r.ID, n.Code)
			t.Run(r.ID+" "+n.Code, func(t *testing.T) {
				answers := status(approval.NotApplicable, r.ID)
				fits := decide(t, set, change{facts: c.facts, answers: answers})
				assert.Empty(t, unanswered(fits))
				assert.Equal(t, approval.ResultNotApplicable, result(fits, r.ID))
				for _, turned := range c.turns {
					d := decide(t, set, change{facts: and(c.facts, turned), answers: answers})
					found := unanswered(d)
					require.Len(t, found, 1)
					assert.Equal(t, r.ID, found[0].Requirement)
					assert.Contains(t, found[0].Text["nb"], "stemmer ikke med")
					assert.Contains(t, found[0].Text["nb"], n.Text["nb"])
					assert.False(t, d.Outcome.Approves())
				}
			})
		}
	}
	assert.Len(t, cases, tried)
}

func unanswered(d *approval.Decision) (out []approval.Reason) {
	for _, r := range d.Reasons {
		if r.Result == approval.ResultUnanswered {
			out = append(out, r)
		}
	}
	return out
}

func result(d *approval.Decision, id string) approval.Result {
	for _, r := range d.Reasons {
		if r.Requirement == id {
			return r.Result
		}
	}
	return ""
}
