package prescription_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// past is a historian that knows these milestones.
type past []prescription.Milestones

func (p past) Milestones(_ context.Context, from, to time.Time, each func(prescription.Milestones) error) error {
	for _, m := range p {
		if !m.Issued.Before(from) && m.Issued.Before(to) {
			if err := each(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// ended makes n prescriptions of a tool that came to a state.
func ended(n int, tool catalogue.ToolID, state prescription.State) past {
	m := prescription.Milestones{Tool: tool, Unit: "eight-weeks", Tenant: "clinic", State: state, Issued: noon, Expires: noon.AddDate(0, 0, 56)}
	switch state {
	case prescription.Completed:
		m.Opened, m.Started, m.Completed = noon.Add(24*time.Hour), noon.Add(48*time.Hour), noon.Add(240*time.Hour)
	case prescription.Started:
		m.Started = noon.Add(72 * time.Hour)
	case prescription.Delivered:
		m.Delivered = noon.Add(time.Minute)
	}
	out := make(past, n)
	for i := range out {
		out[i] = m
	}
	return out
}

func join(parts ...past) (all past) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func year(by ...prescription.Dimension) prescription.StatisticsQuery {
	return prescription.StatisticsQuery{From: noon.AddDate(0, -6, 0), To: noon.AddDate(0, 6, 0), At: noon.AddDate(0, 0, 7), By: by}
}

func tallied(t *testing.T, h prescription.Historian, q prescription.StatisticsQuery) prescription.Statistics {
	t.Helper()
	s, err := prescription.Tally(t.Context(), h, q)
	require.NoError(t, err)
	return s
}

func TestTallyCountsTheFunnel(t *testing.T) {
	h := join(ended(20, "sleep", prescription.Completed), ended(10, "sleep", prescription.Started), ended(10, "sleep", prescription.Delivered),
		ended(30, "sleep", prescription.Sent), ended(7, "sleep", prescription.EnteredInError))
	s := tallied(t, h, year())
	require.Len(t, s.Groups, 1)
	g := s.Groups[0]
	assert.Equal(t, []string{"70", "40", "30", "30", "20", "50", "0"},
		texts(g.Sent, g.Delivered, g.Opened, g.Started, g.Completed, g.Open, g.Expired), "who started has opened, whoever forgot to say so")
	assert.Equal(t, []any{"20", 24.0, 24.0}, []any{g.ToOpen.N.String(), g.ToOpen.Median, g.ToOpen.Ninth})
	assert.Equal(t, []any{"30", 48.0, 72.0}, []any{g.ToStart.N.String(), g.ToStart.Median, g.ToStart.Ninth})
	assert.InDelta(t, 192.0, g.ToComplete.Median, 0.001)
	later := year()
	later.At = noon.AddDate(0, 0, 56)
	g = tallied(t, h, later).Groups[0]
	assert.Equal(t, []string{"0", "50"}, texts(g.Open, g.Expired), "expiry is computed")
}

func texts(counts ...prescription.Count) []string {
	out := make([]string, len(counts))
	for i, c := range counts {
		out[i] = c.String()
	}
	return out
}

func TestTallyByGroups(t *testing.T) {
	h := join(ended(6, "sleep", prescription.Sent), ended(7, "anxiety", prescription.Sent))
	for i := range h {
		if i%2 == 0 {
			h[i].Tenant, h[i].Issued = "other", noon.AddDate(0, 0, 7)
		}
	}
	q := year(prescription.ByTenant, prescription.ByUnit, prescription.ByWeek)
	q.Least = 1
	var got []string
	for _, g := range tallied(t, h, q).Groups {
		got = append(got, fmt.Sprint(g.Tenant, g.Tool, g.Unit, g.Week, g.Sent))
	}
	assert.Equal(t, []string{"clinicanxietyeight-weeks2026-W443", "clinicsleepeight-weeks2026-W443",
		"otheranxietyeight-weeks2026-W454", "othersleepeight-weeks2026-W453"}, got)
}

// A week begins where the people are.
func TestWeeksFollowTheLocation(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	require.NoError(t, err)
	h := ended(9, "sleep", prescription.Sent)
	for i := range h {
		h[i].Issued = time.Date(2026, 11, 1, 23, 30, 0, 0, time.UTC) // Monday in Oslo
	}
	q := year(prescription.ByWeek)
	assert.Equal(t, "2026-W44", tallied(t, h, q).Groups[0].Week)
	q.Location = oslo
	assert.Equal(t, "2026-W45", tallied(t, h, q).Groups[0].Week)
	q.From, q.Location = q.From.In(oslo), nil
	assert.Equal(t, "2026-W45", tallied(t, h, q).Groups[0].Week, "nil means that of From")
}

func TestSmallGroupsAreNotShown(t *testing.T) {
	names := func(h past) (out []string) {
		for _, g := range tallied(t, h, year(prescription.ByTool)).Groups {
			out = append(out, fmt.Sprint(g.Tool, g.Others, " ", g.Sent))
		}
		return out
	}
	for name, test := range map[string]struct {
		h    past
		want []string
	}{
		"all large":                 {join(ended(9, "a", prescription.Sent), ended(5, "b", prescription.Sent)), []string{"afalse 9", "bfalse 5"}},
		"two small make a group":    {join(ended(9, "a", prescription.Sent), ended(3, "b", prescription.Sent), ended(2, "c", prescription.Sent)), []string{"afalse 9", "true 5"}},
		"one small takes a second":  {join(ended(9, "a", prescription.Sent), ended(6, "b", prescription.Sent), ended(2, "c", prescription.Sent)), []string{"afalse 9", "true 8"}},
		"everything is small":       {ended(4, "a", prescription.Sent), []string{"true *"}},
		"nothing":                   {nil, nil},
		"the small one and no more": {join(ended(9, "a", prescription.Sent), ended(1, "b", prescription.Sent)), []string{"true 10"}},
	} {
		assert.Equal(t, test.want, names(test.h), name)
	}
}

// How many times from start to completion there are would say how many completed.
func TestTimesDoNotTellAHiddenNumber(t *testing.T) {
	h := join(ended(6, "a", prescription.Completed), ended(4, "a", prescription.Declined))
	g := tallied(t, h, year()).Groups[0]
	assert.Equal(t, []string{"10", "*", "*", "*"}, texts(g.Sent, g.Completed, g.Declined, g.ToComplete.N))
	assert.Zero(t, g.ToComplete.Median)
	assert.Equal(t, "6", g.ToStart.N.String(), "how many started is shown")
}

// One hidden number among parts of a whole could be found by subtraction.
func TestNoNumberIsHiddenAlone(t *testing.T) {
	g := tallied(t, join(ended(20, "a", prescription.Completed), ended(2, "a", prescription.Declined), ended(8, "a", prescription.Cancelled)), year()).Groups[0]
	assert.Equal(t, []string{"30", "20", "*", "*", "0"}, texts(g.Sent, g.Completed, g.Declined, g.Cancelled, g.Open))
	g = tallied(t, join(ended(20, "a", prescription.Completed), ended(2, "a", prescription.Declined), ended(3, "a", prescription.Cancelled)), year()).Groups[0]
	assert.Equal(t, []string{"25", "20", "*", "*"}, texts(g.Sent, g.Completed, g.Declined, g.Cancelled))
}

func TestTallyRefuses(t *testing.T) {
	good := year()
	for want, edit := range map[string]func(*prescription.StatisticsQuery){
		"prescription: statistics: want From before To":                    func(q *prescription.StatisticsQuery) { q.To = q.From },
		"prescription: statistics: want the time At which it is counted":   func(q *prescription.StatisticsQuery) { q.At = time.Time{} },
		"prescription: statistics: want Least 0 or more":                   func(q *prescription.StatisticsQuery) { q.Least = -1 },
		"prescription: statistics: want By of tool, unit, tenant and week": func(q *prescription.StatisticsQuery) { q.By = []prescription.Dimension{"patient"} },
	} {
		q := good
		edit(&q)
		_, err := prescription.Tally(t.Context(), past{}, q)
		require.ErrorIs(t, err, prescription.ErrStatistics)
		require.EqualError(t, err, want)
	}
	_, err := prescription.Tally(t.Context(), broken{}, good)
	require.ErrorIs(t, err, errBroken)
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Milestones(context.Context, time.Time, time.Time, func(prescription.Milestones) error) error {
	return errBroken
}

func TestStatisticsAsJSONAndCSV(t *testing.T) {
	s := tallied(t, join(ended(20, "sleep", prescription.Completed), ended(3, "sleep", prescription.Declined)), year(prescription.ByTool))
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"tool":"sleep","sent":23,"delivered":20,"opened":20,"started":20,"completed":null,"open":0,"declined":null,`)
	var back prescription.Statistics
	require.NoError(t, json.Unmarshal(data, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.JSONEq(t, string(data), string(again))
	var out bytes.Buffer
	require.NoError(t, s.WriteCSV(&out))
	assert.Equal(t, "tenant,tool,unit,week,others,sent,delivered,opened,started,completed,open,declined,failed,cancelled,expired,"+
		"to_open_median,to_open_90,to_start_median,to_start_90,to_complete_median,to_complete_90\n"+
		",sleep,,,false,23,20,20,20,*,0,*,0,0,0,24,24,48,48,*,*\n", out.String())
}

func TestScoreChanges(t *testing.T) {
	var scores []prescription.Score
	for i := range 6 {
		scores = append(scores, prescription.Score{Instrument: "PHQ-9", Tool: "sleep", Before: 14, After: float64(8 + i%2)})
	}
	scores = append(scores, prescription.Score{Instrument: "GAD-7", Tool: "sleep", Before: 21, After: 0})
	got := prescription.ScoreChanges(scores, 0)
	require.Len(t, got, 2)
	assert.Equal(t, []any{"GAD-7", "*", 0.0}, []any{got[0].Instrument, got[0].Pairs.String(), got[0].MeanChange}, "one person is not shown")
	assert.Equal(t, []any{"PHQ-9", "6"}, []any{got[1].Instrument, got[1].Pairs.String()})
	assert.InDelta(t, -5.5, got[1].MeanChange, 1e-9)
}
