package launch

import (
	"errors"
	"strings"
	"time"
)

// faults collects what is wrong with a configuration, to report all of it at once.
type faults []string

func (f *faults) check(good bool, text string) {
	if !good {
		*f = append(*f, text)
	}
}

func (f faults) err(config string) error {
	if len(f) == 0 {
		return nil
	}
	return errors.New("launch: invalid " + config + ": " + strings.Join(f, "; "))
}

func within(d, most time.Duration) bool { return d >= 0 && d <= most }
