package problem

import (
	"slices"
	"strings"
)

// Unrelated leaves out of found what only follows from a mistake in cause: a
// value of the wrong type is not missing as well. It changes found.
func Unrelated(found, cause []Problem) []Problem {
	pointers := make(map[string]bool, len(cause))
	for _, c := range cause {
		if c.Pointer == "" {
			return nil
		}
		for p := c.Pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
			pointers[p] = pointers[p] || p == c.Pointer
		}
	}
	return slices.DeleteFunc(found, func(p Problem) bool { return follows(p.Pointer, pointers) })
}

// follows says that a mistake is at pointer, at a place within it (the pointer is known), or at one that it lies within (known and true).
func follows(pointer string, pointers map[string]bool) bool {
	if _, within := pointers[pointer]; within {
		return true
	}
	for p := pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
		if pointers[p] {
			return true
		}
	}
	return false
}
