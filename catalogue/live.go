package catalogue

import (
	"errors"
	"sync/atomic"
)

// Live holds the index that a running program uses, while newer ones take its place. All methods may be called at the same time from
// many goroutines; readers never wait. Use [NewLive]; the zero value holds an empty index.
type Live struct{ current atomic.Pointer[Index] }

// NewLive starts with x. Nil means an empty index.
func NewLive(x *Index) *Live {
	l := &Live{}
	l.current.Store(x)
	return l
}

// Index gives the current index, never nil. Ask once for everything that must fit together, such as a search and the tools found by it,
// and ask again for what comes later.
func (l *Live) Index() *Index {
	if x := l.current.Load(); x != nil {
		return x
	}
	return &Index{}
}

// Get is [Index.Get] of the current index. Give this method, live.Get, to whatever keeps a function for long; the Get of one index, as in
// live.Index().Get, goes on to give the tools of the moment when it was made, and a tool that is withdrawn later looks as if it were listed.
func (l *Live) Get(id ToolID) (Tool, bool) { return l.Index().Get(id) }

// Swap puts x in the current index's place. It does not look at what was there, and could lose an id or revive one: use
// [Live.Replace] for newer tools of the same source, and [Live.Update] for changes that build on it. A nil x changes nothing.
func (l *Live) Swap(x *Index) {
	if x != nil {
		l.current.Store(x)
	}
}

// ErrNoIndex is what [Live.Update] gives when the change returned neither an index nor an error.
var ErrNoIndex = errors.New("catalogue: change gave no index")

// Update changes the index: change gets the current one and returns a new one. If another index has been put in place meanwhile, change
// is called again with that one, so it may run several times and must have no other effect. An error of change is returned as it is, and
// nothing is changed.
func (l *Live) Update(change func(*Index) (*Index, error)) error {
	for {
		old := l.current.Load()
		base := old
		if base == nil {
			base = &Index{}
		}
		x, err := change(base)
		if err != nil {
			return err
		}
		if x == nil {
			return ErrNoIndex
		}
		if l.current.CompareAndSwap(old, x) {
			return nil
		}
	}
}
