// Package hashchain is what records that show every change have in common: each
// row holds a hash of all it says and of the row before it, so that a row that
// is changed, removed, added or moved is found. It knows no row's meaning.
//
// Rows that are cut off at the end leave no trace in those that stay, and
// whoever can write all rows can also write a new chain: keep the newest hash
// somewhere else if that matters.
package hashchain

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Sum is SHA-256 in lower-case hexadecimal over each field with its length in
// bytes and a colon before it, so that no two lists of fields give the same
// bytes. Let the first field name the kind of row and the version of its form.
func Sum(fields ...string) string {
	text := make([]byte, 0, 512) // a usual row
	for _, f := range fields {
		text = strconv.AppendInt(text, int64(len(f)), 10)
		text = append(text, ':')
		text = append(text, f...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// What [Link.Fault] finds.
const (
	OutOfSequence = "is out of sequence"
	Unlinked      = "does not follow the entry before"
	OtherContent  = "has another hash than its content"
)

// Link is how a row hangs on the one before.
type Link struct {
	// Seq is the row's own number, 1 for the first.
	Seq int64
	// Hash and Previous are what the row holds, Sum is what its content gives.
	Hash, Previous, Sum string
}

// Fault says what is wrong with row number i, counted from 1, after a row with
// the hash previous ("" before the first). It is empty if nothing is.
func (l Link) Fault(i int, previous string) string {
	switch {
	case l.Seq != int64(i):
		return OutOfSequence
	case l.Previous != previous:
		return Unlinked
	case l.Hash != l.Sum:
		return OtherContent
	}
	return ""
}
