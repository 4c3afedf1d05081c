package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ErrUnchanged is what a [Source] gives instead of the document that the caller has already.
var ErrUnchanged = errors.New("catalogue: unchanged")

// Source is where a catalogue comes from: a file, an address, an API. Package cataloguetest checks implementations.
type Source interface {
	// Fetch gets the document, and a tag that stands for it in this source.
	//
	// The tag that is given is "", for the document whatever it is, or one that Fetch gave earlier, maybe to another process and before
	// a restart. If the document is still the one that it stands for, the error is [ErrUnchanged]; never for "", and never when that is
	// only likely. A tag that means nothing to the source counts as "". A source that cannot tell gives "" as its tag, and always the
	// document. Tags hold no secrets and have at most a few hundred characters.
	//
	// Any other error says why there is no document. A document with mistakes is a [*DocumentError], and is not given in part. When ctx
	// ends, Fetch returns soon, with an error that wraps ctx.Err() if that was the reason. An error holds no address with a query and
	// nothing of what was received.
	//
	// The document is the caller's own. Fetch may be called from many goroutines.
	Fetch(ctx context.Context, tag string) (d Document, next string, err error)
}

// FileSource reads a document from a file. Make one with [NewFileSource] or [NewFSSource].
type FileSource struct{ open func() (fs.File, error) }

var _ Source = (*FileSource)(nil)

// NewFileSource reads the file at path each time. Whoever writes the file should put a new one in its place, by renaming it: one that is
// changed while it is read is refused until the next time.
func NewFileSource(path string) *FileSource {
	return &FileSource{func() (fs.File, error) {
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return nil, errNotRegular // opening a pipe would wait for a writer
		}
		return os.Open(path)
	}}
}

// NewFSSource reads the file name of fsys each time, such as one of an [embed.FS].
func NewFSSource(fsys fs.FS, name string) *FileSource {
	return &FileSource{func() (fs.File, error) { return fsys.Open(name) }}
}

// NewBytesSource gives the document that data is, such as one that is embedded. It keeps data, which must not change.
func NewBytesSource(data []byte) *BytesSource { return &BytesSource{data} }

var errNotRegular = errors.New("want an ordinary file")

// Fetch implements [Source]. The tag is the content's SHA-256: times and sizes cannot tell a file from one that took its place in the
// same moment, and reading 16 MiB costs little. Errors wrap those of package io/fs.
func (s *FileSource) Fetch(ctx context.Context, tag string) (Document, string, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, "", fmt.Errorf("catalogue: file not read: %w", err)
	}
	data, err := s.read()
	if err != nil {
		return Document{}, "", fileError(err)
	}
	return unlessKnown(data, tag)
}

func fileError(err error) error {
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return documentError(err)
	}
	return fmt.Errorf("catalogue: file not read: %w", err)
}

var errMoving = errors.New("it was changed meanwhile")

// read reads the file, if it stays the same meanwhile.
func (s *FileSource) read() ([]byte, error) {
	f, err := s.open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	before, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, errNotRegular
	}
	data, err := strictjson.Read(f, strictjson.Catalogue())
	if err != nil {
		return nil, err
	}
	switch now, err := f.Stat(); {
	case err != nil:
		return nil, err
	case !now.ModTime().Equal(before.ModTime()), now.Size() != before.Size(), now.Size() != int64(len(data)):
		return nil, errMoving
	}
	return data, nil
}

// BytesSource always gives the same document. Make one with [NewBytesSource].
type BytesSource struct{ data []byte }

var _ Source = (*BytesSource)(nil)

// Fetch implements [Source].
func (s *BytesSource) Fetch(ctx context.Context, tag string) (Document, string, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, "", fmt.Errorf("catalogue: document not read: %w", err)
	}
	return unlessKnown(s.data, tag)
}

// unlessKnown parses data, unless tag stands for it.
func unlessKnown(data []byte, tag string) (Document, string, error) {
	next := contentTag(data)
	if tag == next {
		return Document{}, "", ErrUnchanged
	}
	d, err := Parse(data)
	if err != nil {
		return Document{}, "", err
	}
	return d, next, nil
}

func contentTag(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}
