package prescription

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Dimension is what prescriptions are counted by.
type Dimension string

// The dimensions.
const (
	ByTool   Dimension = "tool"
	ByUnit   Dimension = "unit"   // of a tool, so this counts by tool too
	ByTenant Dimension = "tenant" // the organisation
	ByWeek   Dimension = "week"   // ISO 8601, of the day on which it was issued
)

// LeastGroup is the smallest group that statistics show, unless asked otherwise.
// Five is common in health statistics; it is this project's choice, not a rule
// of an authority.
const LeastGroup = 5

// StatisticsQuery asks for counts.
type StatisticsQuery struct {
	// From and To bound when prescriptions were issued; To is not included.
	From, To time.Time
	// At is when it is counted: what has not ended by then may have expired.
	At time.Time
	// By are the dimensions; none counts all together.
	By []Dimension
	// Least is the size of the smallest group that is shown. 0 means
	// [LeastGroup]; 1 shows everything, for those who may see it.
	Least int
	// Location is where weeks begin, and in which the times of the [Statistics]
	// are given. Nil means that of From.
	Location *time.Location
}

// ErrStatistics says that a query cannot be answered; its text says why.
var ErrStatistics = errors.New("prescription: statistics")

// Statistics are counts without anything about persons.
type Statistics struct {
	From  time.Time   `json:"from"`
	To    time.Time   `json:"to"`
	At    time.Time   `json:"at"`
	By    []Dimension `json:"by,omitempty"`
	Least int         `json:"least"`
	// Groups are sorted by tenant, tool, unit and week. Those too small to be
	// shown are one group at the end, whose Others is true.
	Groups []Group `json:"groups"`
}

// Group is how far the prescriptions of a group came.
type Group struct {
	Tenant string           `json:"tenant,omitempty"`
	Tool   catalogue.ToolID `json:"tool,omitempty"`
	Unit   catalogue.UnitID `json:"unit,omitempty"`
	Week   string           `json:"week,omitempty"` // such as 2026-W45
	Others bool             `json:"others,omitempty"`

	// The funnel: how many came at least so far.
	Sent      Count `json:"sent"`
	Delivered Count `json:"delivered"`
	Opened    Count `json:"opened"`
	Started   Count `json:"started"`
	Completed Count `json:"completed"`
	// How those stand that are not completed: not ended, or ended otherwise. All
	// of them and Completed make up Sent.
	Open      Count `json:"open"`
	Declined  Count `json:"declined"`
	Failed    Count `json:"failed"`
	Cancelled Count `json:"cancelled"`
	Expired   Count `json:"expired"`

	// The times from sending to opening, to start, and from start to completion;
	// the last is not shown where Completed is not.
	ToOpen     Spread `json:"toOpen"`
	ToStart    Spread `json:"toStart"`
	ToComplete Spread `json:"toComplete"`
}

// Tally counts the prescriptions of a [Historian]. What was entered in error is
// left out. The error is [ErrStatistics], or the historian's.
func Tally(ctx context.Context, h Historian, q StatisticsQuery) (Statistics, error) {
	if err := q.check(); err != nil {
		return Statistics{}, err
	}
	q.Least = cmp.Or(q.Least, LeastGroup)
	t := tally{query: q, groups: map[groupKey]*sums{}}
	if err := h.Milestones(ctx, q.From, q.To, t.add); err != nil {
		return Statistics{}, err
	}
	where := q.where()
	return Statistics{From: q.From.In(where), To: q.To.In(where), At: q.At.In(where), By: slices.Clone(q.By), Least: q.Least, Groups: t.shown()}, nil
}

func (q StatisticsQuery) where() *time.Location {
	if q.Location == nil {
		return q.From.Location()
	}
	return q.Location
}

func (q StatisticsQuery) check() error {
	switch {
	case q.From.IsZero() || !q.From.Before(q.To):
		return fmt.Errorf("%w: want From before To", ErrStatistics)
	case q.At.IsZero():
		return fmt.Errorf("%w: want the time At which it is counted", ErrStatistics)
	case q.Least < 0:
		return fmt.Errorf("%w: want Least 0 or more", ErrStatistics)
	case slices.ContainsFunc(q.By, func(d Dimension) bool { return !slices.Contains([]Dimension{ByTool, ByUnit, ByTenant, ByWeek}, d) }):
		return fmt.Errorf("%w: want By of tool, unit, tenant and week", ErrStatistics)
	}
	return nil
}

type groupKey struct {
	tenant string
	tool   catalogue.ToolID
	unit   catalogue.UnitID
	week   string
}

func (q StatisticsQuery) key(m Milestones) (k groupKey) {
	for _, d := range q.By {
		switch d {
		case ByTenant:
			k.tenant = m.Tenant
		case ByTool:
			k.tool = m.Tool
		case ByUnit:
			k.tool, k.unit = m.Tool, m.Unit
		case ByWeek:
			k.week = week(m.Issued.In(q.where()))
		}
	}
	return k
}

func week(at time.Time) string {
	year, n := at.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, n)
}

func (k groupKey) compare(o groupKey) int {
	return cmp.Or(cmp.Compare(k.tenant, o.tenant), cmp.Compare(k.tool, o.tool), cmp.Compare(k.unit, o.unit), cmp.Compare(k.week, o.week))
}
