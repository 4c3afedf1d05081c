package main

import (
	"runtime"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// scale is what a large catalogue costs.
type scale struct {
	build, p99 time.Duration
	bytes      float64 // of memory per tool beyond the tools themselves
}

// scaleRounds is how often each kind of query is asked.
const scaleRounds = 100

func measureScale(tools []catalogue.Tool) (scale, error) {
	before := heap()
	start := time.Now()
	x, err := catalogue.NewIndex(tools)
	out := scale{build: time.Since(start)}
	if err != nil {
		return out, err
	}
	with := heap() - before
	copies := x.Tools()
	texts := heap() - before - with
	out.bytes = (with - texts) / float64(len(tools))
	runtime.KeepAlive(copies)
	var times []time.Duration
	for range scaleRounds {
		for _, a := range asks {
			start := time.Now()
			if _, err := x.Search(a.ours); err != nil {
				return out, err
			}
			times = append(times, time.Since(start))
		}
	}
	slices.Sort(times)
	out.p99 = times[len(times)*99/100]
	return out, nil
}

// heap is how many bytes are in use.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
