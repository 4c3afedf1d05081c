package main

import (
	"sync/atomic"
	"time"
	_ "time/tzdata" // so that the demo shows Norwegian time on every machine

	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// norway is where the demo's days begin and end.
var norway = func() *time.Location {
	place, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err) // the zones are linked in
	}
	return place
}()

// clock starts on the day that the sample catalogue is written for, runs as time does, and can be moved ahead.
type clock struct {
	began time.Time
	ahead atomic.Int64
}

func newClock() *clock { return &clock{began: time.Now()} }

func (c *clock) now() time.Time {
	return sample.Today().Add(time.Since(c.began)).Add(time.Duration(c.ahead.Load())).In(norway)
}

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }
