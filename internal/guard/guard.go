// Package guard calls what others wrote, such as a host's deliverer, so that a panic there is an error here. It keeps nothing.
package guard

import (
	"fmt"
	"runtime"
	"strings"
)

// Panic is the error of a call that panicked. It holds nothing of the panic's value and of the arguments, which may be anybody's data.
type Panic struct {
	// Stack is a line for each function that was called, the last one first: its name, file and line.
	Stack string
}

func (*Panic) Error() string { return "it panicked" }

// Code names it where only codes are kept.
func (*Panic) Code() string { return "panic" }

// Call gives what call gives, or a [*Panic]. What ends a program otherwise, such as a stack that is full, still does.
func Call(call func() error) (err error) {
	defer func() {
		if recover() != nil { // a nil value is another since Go 1.21
			err = &Panic{Stack: stack()}
		}
	}()
	return call()
}

// deepest is how many functions are named at most.
const deepest = 64

func stack() string {
	pcs := make([]uintptr, deepest)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)]) // 4 leaves out this function, the deferred one and the runtime's
	var lines []string
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		lines = append(lines, fmt.Sprintf("%s %s:%d", f.Function, f.File, f.Line))
	}
	return strings.Join(lines, "\n")
}
