package report

import "crypto/rand"

// newID makes random ids, and leaves out what systems on the way may take for an
// identity number.
func newID() string {
	for {
		if id := "report-" + rand.Text(); isCode(id, 128) {
			return id
		}
	}
}
