//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime is what this process has used, on all processors, the garbage
// collector's work included.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic("yardstick: getrusage: " + err.Error()) // cannot be: both arguments are good
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
