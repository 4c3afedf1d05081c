package prescription

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// Count is a number of prescriptions, or that it is too small to be shown. Zero
// is shown.
type Count struct {
	// N is the number; 0 if Hidden.
	N int
	// Hidden says that it is more than zero and is not shown.
	Hidden bool
	least  int
}

func count(n, least int) Count {
	if n > 0 && n < least {
		return Count{Hidden: true, least: least}
	}
	return Count{N: n, least: least}
}

// hideTwo hides a second number where only one is hidden: the parts make up a
// whole that is shown.
func hideTwo(parts []*Count) {
	hidden := 0
	var smallest *Count
	for _, c := range parts {
		switch {
		case c.Hidden:
			hidden++
		case c.N > 0 && (smallest == nil || c.N < smallest.N):
			smallest = c
		}
	}
	if hidden == 1 && smallest != nil {
		*smallest = Count{Hidden: true, least: smallest.least}
	}
}

// String is the number, or "*" if it is not shown.
func (c Count) String() string {
	if c.Hidden {
		return "*"
	}
	return strconv.Itoa(c.N)
}

// MarshalJSON writes a number, or null if it is not shown.
func (c Count) MarshalJSON() ([]byte, error) {
	if c.Hidden {
		return []byte("null"), nil
	}
	return json.Marshal(c.N)
}

// UnmarshalJSON reads what [Count.MarshalJSON] writes.
func (c *Count) UnmarshalJSON(data []byte) error {
	*c = Count{Hidden: string(data) == "null"}
	if c.Hidden {
		return nil
	}
	return json.Unmarshal(data, &c.N)
}

// Spread says how long something took, in hours: half of them at most Median,
// nine in ten at most Ninth. Both are zero where N is not shown or zero.
type Spread struct {
	N      Count   `json:"n"`
	Median float64 `json:"medianHours"`
	Ninth  float64 `json:"ninetiethHours"`
}

func spreadOf(durations []time.Duration, least int) Spread {
	s := Spread{N: count(len(durations), least)}
	if s.N.Hidden || len(durations) == 0 {
		return s
	}
	slices.Sort(durations)
	s.Median, s.Ninth = quantile(durations, 50), quantile(durations, 90)
	return s
}

// quantile is the smallest of the values that percent of them do not exceed, in
// hours with two decimals.
func quantile(sorted []time.Duration, percent int) float64 {
	return math.Round(sorted[(len(sorted)*percent+99)/100-1].Hours()*100) / 100
}

// Score is a person's totals of a questionnaire before and after, such as PHQ-9
// (0 to 27) or GAD-7 (0 to 21). It names nobody; whose it is, the host knows.
type Score struct {
	Instrument, Tool string
	Before, After    float64
}

// ScoreChange is how scores changed.
type ScoreChange struct {
	Instrument string `json:"instrument"`
	Tool       string `json:"tool"`
	// Pairs is how many had both scores. Means are zero where it is not shown.
	Pairs      Count   `json:"pairs"`
	MeanBefore float64 `json:"meanBefore"`
	MeanAfter  float64 `json:"meanAfter"`
	// MeanChange is after minus before: below zero where symptoms are fewer.
	MeanChange float64 `json:"meanChange"`
}

// ScoreChanges are the mean changes by instrument and tool, in that order. least
// is the smallest number of pairs that is shown; 0 means [LeastGroup]. That
// people grew better is no proof that the tool was the reason.
func ScoreChanges(scores []Score, least int) []ScoreChange {
	least = cmp.Or(least, LeastGroup)
	by := map[[2]string][]Score{}
	for _, s := range scores {
		by[[2]string{s.Instrument, s.Tool}] = append(by[[2]string{s.Instrument, s.Tool}], s)
	}
	changes := make([]ScoreChange, 0, len(by))
	for key, group := range by {
		changes = append(changes, changeOf(key, group, least))
	}
	slices.SortFunc(changes, func(a, b ScoreChange) int {
		return cmp.Or(cmp.Compare(a.Instrument, b.Instrument), cmp.Compare(a.Tool, b.Tool))
	})
	return changes
}

func changeOf(key [2]string, group []Score, least int) ScoreChange {
	c := ScoreChange{Instrument: key[0], Tool: key[1], Pairs: count(len(group), least)}
	if c.Pairs.Hidden {
		return c
	}
	for _, s := range group {
		c.MeanBefore += s.Before / float64(len(group))
		c.MeanAfter += s.After / float64(len(group))
	}
	c.MeanChange = c.MeanAfter - c.MeanBefore
	return c
}

// Percent is part of whole in per cent, or "*" if either is not shown.
func Percent(part, whole Count) string {
	if part.Hidden || whole.Hidden {
		return "*"
	}
	return fmt.Sprintf("%d %%", (200*part.N+whole.N)/max(2*whole.N, 1))
}
