package catalogue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// OpenSnapshot is [ReadSnapshot] for a file. A file that is not there gives an error that wraps fs.ErrNotExist.
func OpenSnapshot(path string) (Snapshot, error) { return Options{}.OpenSnapshot(path) }

// OpenSnapshot is [Options.ReadSnapshot] for a file.
func (o Options) OpenSnapshot(path string) (Snapshot, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Snapshot{}, fmt.Errorf("catalogue: snapshot: %w", err)
	}
	if !info.Mode().IsRegular() {
		return Snapshot{}, fmt.Errorf("%w: %q is no file", ErrSnapshotForeign, path)
	}
	f, err := os.Open(path)
	if err != nil {
		return Snapshot{}, fmt.Errorf("catalogue: snapshot: %w", err)
	}
	defer func() { _ = f.Close() }()
	s, err := o.ReadSnapshot(f)
	if errors.Is(err, ErrSnapshot) {
		err = fmt.Errorf("%w: %q", err, path)
	}
	return s, err
}

// SaveSnapshot is [WriteSnapshot] for a file, which is then the whole new snapshot or what it was before, also when the program or the
// machine stops in between. Only the program's own user may read and write it (0600). What a program that was killed leaves behind is a
// file beside it whose name begins with that of the snapshot and ends in ".tmp"; the next SaveSnapshot takes it away. Errors of the file
// system are wrapped.
func SaveSnapshot(path string, s Snapshot) error {
	f, err := temporary(path)
	if err != nil {
		return fmt.Errorf("catalogue: snapshot: %w", err)
	}
	err = WriteSnapshot(f, s)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("catalogue: snapshot: %w", errors.Join(err, os.Remove(f.Name())))
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// temporary makes a new file beside path, and takes away what is left of others. One program at a time writes a snapshot.
func temporary(path string) (*os.File, error) {
	pattern := filepath.Base(path) + ".*.tmp"
	if names, err := os.ReadDir(filepath.Dir(path)); err == nil {
		for _, n := range names {
			if matches, _ := filepath.Match(pattern, n.Name()); matches && n.Type().IsRegular() {
				_ = os.Remove(filepath.Join(filepath.Dir(path), n.Name()))
			}
		}
	}
	return os.CreateTemp(filepath.Dir(path), pattern) // 0600
}

// syncFolder makes the renaming last. Not every system can; the file is whole without it.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
