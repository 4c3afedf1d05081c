package prescription

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteCSV writes the groups as a table (RFC 4180) with a first row of names.
// "*" stands for a number that is too small to be shown; times are in hours.
func (s Statistics) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvNames); err != nil {
		return err
	}
	for _, g := range s.Groups {
		if err := out.Write(g.row()); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

var csvNames = []string{"tenant", "tool", "unit", "week", "others", "sent", "delivered", "opened", "started", "completed",
	"open", "declined", "failed", "cancelled", "expired",
	"to_open_median", "to_open_90", "to_start_median", "to_start_90", "to_complete_median", "to_complete_90"}

func (g Group) row() []string {
	row := []string{g.Tenant, string(g.Tool), string(g.Unit), g.Week, strconv.FormatBool(g.Others)}
	for _, c := range []Count{g.Sent, g.Delivered, g.Opened, g.Started, g.Completed, g.Open, g.Declined, g.Failed, g.Cancelled, g.Expired} {
		row = append(row, c.String())
	}
	for _, s := range []Spread{g.ToOpen, g.ToStart, g.ToComplete} {
		row = append(row, s.hours(s.Median), s.hours(s.Ninth))
	}
	return row
}

// hours is empty where nothing was measured.
func (s Spread) hours(h float64) string {
	switch {
	case s.N.Hidden:
		return "*"
	case s.N.N == 0:
		return ""
	}
	return strconv.FormatFloat(h, 'f', -1, 64)
}
