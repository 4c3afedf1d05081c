package approvalfhir

import (
	"fmt"
	"strings"
)

// codes are those that may be chosen.
func (i item) codes() string {
	var out []string
	for _, o := range i.options {
		out = append(out, o.code)
	}
	return strings.Join(out, ", ")
}

func (i item) bounds() string {
	switch {
	case i.min == nil && i.max == nil:
		return "a number of 32 bits"
	case i.max == nil:
		return fmt.Sprintf("at least %d", *i.min)
	case i.min == nil:
		return fmt.Sprintf("at most %d", *i.max)
	}
	return fmt.Sprintf("%d to %d", *i.min, *i.max)
}
