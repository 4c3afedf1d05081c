package approval

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// EncodedDecision is what a decision's id is the digest of.
func EncodedDecision(d *Decision) []byte { return d.encoded() }

// Day is how this package reads days.
func Day(s string) (time.Time, bool) { return day(catalogue.Date(s)) }
