package main

import (
	"errors"
	"runtime"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// scale is what a large catalogue costs.
type scale struct {
	build, p99 time.Duration
	slowest    time.Duration // the median of the kind of question that takes longest
	bytes      float64       // of memory per tool beyond the tools themselves
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
	x.Prepare()
	with := heap() - before
	copies := x.Tools()
	texts := heap() - before - with
	out.bytes = (with - texts) / float64(len(tools))
	runtime.KeepAlive(copies)
	err = out.time(questions(x))
	return out, err
}

// questions are what is asked at scale: every kind of query, the orders by a day, and suggestions for one letter and for more.
func questions(x *catalogue.Index) []func() error {
	var all []func() error
	search := func(q catalogue.Query) {
		all = append(all, func() error { _, err := x.Search(q); return err })
	}
	for _, a := range asks {
		search(a.ours)
	}
	for _, by := range []catalogue.Sort{catalogue.SortNewest, catalogue.SortReviewed} {
		search(catalogue.Query{Sort: by})
	}
	for _, typed := range []string{"m", "mi", "migren", "a", "s"} {
		all = append(all, func() error {
			if len(x.Suggest(typed, "nb", 10, time.Time{})) == 0 {
				return errors.New("nothing suggested for " + typed)
			}
			return nil
		})
	}
	return all
}

// time asks each question [scaleRounds] times, all by turns.
func (s *scale) time(ask []func() error) error {
	each, all := make([][]time.Duration, len(ask)), []time.Duration{}
	for range scaleRounds {
		for i, one := range ask {
			start := time.Now()
			if err := one(); err != nil {
				return err
			}
			each[i] = append(each[i], time.Since(start))
		}
	}
	for _, times := range each {
		slices.Sort(times)
		s.slowest = max(s.slowest, times[len(times)/2])
		all = append(all, times...)
	}
	slices.Sort(all)
	s.p99 = all[len(all)*99/100]
	return nil
}

// heap is how many bytes are in use. What a pool holds goes with the second collection only.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
