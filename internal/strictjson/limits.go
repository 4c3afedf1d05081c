package strictjson

import (
	"fmt"
	"io"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Limits bound what a text may cost before anything of it is used. A zero
// field allows nothing: take [Message], [Document] or [Catalogue].
type Limits struct {
	Bytes   int // size of the text
	Depth   int // arrays and objects inside each other
	Members int // object members and array items in the whole text
	Number  int // characters of one number
}

// Exponent is the greatest power of ten, up or down, that a number may name.
// Nine characters such as 1e1000000 cost a validator that computes with them
// seconds and hundreds of megabytes.
const Exponent = 308

// Message bounds a signed message's header or payload.
func Message() Limits { return Limits{Bytes: 16 << 10, Depth: 8, Members: 200, Number: 32} }

// Document bounds a document that one person or system hands in.
func Document() Limits { return Limits{Bytes: 1 << 20, Depth: 32, Members: 10_000, Number: 32} }

// Catalogue bounds a whole catalogue.
func Catalogue() Limits { return Limits{Bytes: 16 << 20, Depth: 32, Members: 1_000_000, Number: 32} }

// Read reads r to its end, but no more than the limit's bytes: a larger text is
// an [*Error] with [problem.TooLarge], and what was read of it is dropped.
func Read(r io.Reader, l Limits) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(l.Bytes)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > l.Bytes {
		return nil, tooLarge(l)
	}
	return data, nil
}

func tooLarge(l Limits) error {
	return &Error{Problems: []problem.Problem{{Code: problem.TooLarge, Want: size(l.Bytes)}}}
}

func size(bytes int) string {
	switch {
	case bytes >= 1<<20 && bytes%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", bytes>>20)
	case bytes >= 1<<10 && bytes%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
