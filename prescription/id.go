package prescription

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// hasDigitRun finds what systems on the way may take for an identity number and
// black out: eleven digits in a row.
func hasDigitRun(s string) bool {
	row := 0
	for _, c := range []byte(s) {
		if row++; c < '0' || c > '9' {
			row = 0
		}
		if row == 11 {
			return true
		}
	}
	return false
}

// newID makes UUIDs of version 7 (RFC 9562, section 5.7): sorted by time, the
// rest random, never with eleven digits in a row.
func newID(now func() time.Time) func() ID {
	return func() ID {
		for {
			if id := uuid7(now().UnixMilli()); !hasDigitRun(id) {
				return ID(id)
			}
		}
	}
}

func uuid7(millis int64) string {
	var b [16]byte
	_, _ = rand.Read(b[6:]) // never fails, as its documentation promises
	for i := range 6 {
		b[i] = byte(millis >> (40 - 8*i))
	}
	b[6] = b[6]&0x0f | 0x70 // version 7
	b[8] = b[8]&0x3f | 0x80 // variant 10
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
