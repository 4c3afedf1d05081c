package catalogue

import (
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// restore takes the snapshot, if there is one.
func (f *Follower) restore() error {
	if f.cfg.Snapshot == "" {
		return nil
	}
	s, err := f.cfg.Live.Index().options.OpenSnapshot(f.cfg.Snapshot)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, ErrSnapshotForeign):
		err = fmt.Errorf("%w: %s", err, foreignRemedy)
	case err == nil && s.Source != f.cfg.Name:
		err = fmt.Errorf("%w: %q is that of %q, want %q: %s", ErrSnapshotForeign, f.cfg.Snapshot, shownName(s.Source), f.cfg.Name, foreignRemedy)
	case err == nil:
		err = f.serve(s)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.snapshotLine("catalogue's snapshot not used", err)
	f.status.SnapshotErr = err
	return err
}

// foreignRemedy is for the person who runs the program: the file may be somebody else's, so it is not written over.
const foreignRemedy = "delete the file if nobody needs it, or give field Snapshot another path"

// shownName is a source's name from a file, if it can be one.
func shownName(s string) string {
	if !oneLine(s) {
		return "…"
	}
	return s
}

func (f *Follower) snapshotLine(what string, err error) {
	if err != nil {
		f.cfg.Logger.Warn(what, "source", f.cfg.Name, "reason", err.Error())
	}
}

// serve puts a snapshot's index in place. It follows the one that is there as if it came from the source.
func (f *Follower) serve(s Snapshot) error {
	err := f.cfg.Live.Update(func(old *Index) (*Index, error) {
		if old.Len() == 0 {
			return s.Index, nil
		}
		next, err := old.Replace(s.Index.tools)
		if err == nil {
			next.alsoMissing(s.Index, old)
		}
		return next, err
	})
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tag, f.saved = s.Tag, s.Checked
	f.status.Loaded, f.status.Checked, f.status.Generation = s.Loaded, s.Checked, 1
	return nil
}

// alsoMissing marks what the snapshot's index has as missing, unless somebody had withdrawn it in the one before.
func (x *Index) alsoMissing(snapshot, before *Index) {
	for id := range snapshot.missing {
		i, known := before.at[id]
		if !known || before.missing[id] || before.tools[i].Status != StatusWithdrawn {
			x.missing[id] = true
		}
	}
}

// saveEvery is how long a snapshot of an unchanged catalogue stays as it is: what it says of its age is that much too old.
const saveEvery = time.Hour

// save writes the snapshot if something changed, and from time to time.
func (f *Follower) save(changed bool) {
	f.mu.Lock()
	s := Snapshot{Source: f.cfg.Name, Tag: f.tag, Loaded: f.status.Loaded, Checked: f.status.Checked, Index: f.cfg.Live.Index()}
	due := changed || f.status.SnapshotErr != nil || f.saved.IsZero() || s.Checked.Sub(f.saved) >= saveEvery
	f.mu.Unlock()
	if f.cfg.Snapshot == "" || !due {
		return
	}
	err := SaveSnapshot(f.cfg.Snapshot, s)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.snapshotLine("catalogue's snapshot not written", err)
	if f.status.SnapshotErr = err; err == nil {
		f.saved = s.Checked
	}
}
