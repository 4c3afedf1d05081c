package main

import (
	"sync/atomic"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// clock starts on the day that the sample catalogue is written for, runs as time does, and can be moved ahead.
type clock struct {
	began time.Time
	ahead atomic.Int64
}

func newClock() *clock { return &clock{began: time.Now()} }

func (c *clock) now() time.Time {
	return sample.Today().Add(time.Since(c.began)).Add(time.Duration(c.ahead.Load()))
}

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }
