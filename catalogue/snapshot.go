package catalogue

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Snapshot is what a restart needs to go on where the program was: an index, and where it came from.
type Snapshot struct {
	// Source is [FollowConfig.Name], and Tag the source's for what Index was made of.
	Source, Tag string
	// Loaded is when the source gave it, Checked when the source last said that nothing is newer.
	Loaded, Checked time.Time
	// Index is written with the tools that it kept though the source has them no more.
	Index *Index
}

// The reasons why a text is not a snapshot that can be used.
var (
	ErrSnapshot = errors.New("catalogue: snapshot cannot be used")
	// ErrSnapshotDamaged: it was a snapshot, or the beginning of one.
	ErrSnapshotDamaged = fmt.Errorf("%w: it is damaged", ErrSnapshot)
	// ErrSnapshotForeign: it is something else, or another source's.
	ErrSnapshotForeign = fmt.Errorf("%w: it is not one of this source", ErrSnapshot)
)

// snapshotMark begins the first line; the SHA-256 of all that follows the line ends it. The 1 is the format's version.
const snapshotMark = "verktoy-catalogue-snapshot 1 sha256:"

const markLine = len(snapshotMark) + 2*sha256.Size + 1

// snapshotBody is what follows the first line.
type snapshotBody struct {
	Source  string    `json:"source"`
	Tag     string    `json:"tag"`
	Loaded  time.Time `json:"loaded"`
	Checked time.Time `json:"checked"`
	Missing []ToolID  `json:"missing,omitempty"`
	Tools   []Tool    `json:"tools,omitempty"`
}

// snapshotLimits leave room for the tools that an index keeps beyond its document.
func snapshotLimits() strictjson.Limits {
	l := strictjson.Catalogue()
	l.Bytes, l.Members = 4*l.Bytes, 4*l.Members
	return l
}

// WriteSnapshot writes s. The same snapshot gives the same bytes. Errors are those of w, and one for more than [ReadSnapshot] takes.
func WriteSnapshot(w io.Writer, s Snapshot) error {
	x := cmp.Or(s.Index, &Index{})
	body := snapshotBody{Source: s.Source, Tag: s.Tag, Loaded: s.Loaded.UTC(), Checked: s.Checked.UTC(),
		Missing: slices.Sorted(maps.Keys(x.missing)), Tools: x.tools}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(body); err != nil {
		return fmt.Errorf("catalogue: snapshot: %w", err)
	}
	if most := snapshotLimits().Bytes; out.Len() > most {
		return fmt.Errorf("catalogue: snapshot: want at most %d MiB", most>>20)
	}
	sum := sha256.Sum256(out.Bytes())
	if _, err := io.WriteString(w, snapshotMark+hex.EncodeToString(sum[:])+"\n"); err != nil {
		return fmt.Errorf("catalogue: snapshot: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("catalogue: snapshot: %w", err)
	}
	return nil
}

// ReadSnapshot reads what [WriteSnapshot] wrote. All else is refused whole: [ErrSnapshotDamaged] if it begins like a snapshot or is
// empty, [ErrSnapshotForeign] if it does not; both wrap [ErrSnapshot]. The sum finds accidents; it does not keep out somebody who may
// write the file, for whom there is the file's mode. Errors of r are wrapped.
//
// Its index has no options of the host's: [Options.ReadSnapshot] gives it some.
func ReadSnapshot(r io.Reader) (Snapshot, error) { return Options{}.ReadSnapshot(r) }

// ReadSnapshot is the function of that name, and makes the index with these options, which are not in a snapshot.
func (o Options) ReadSnapshot(r io.Reader) (Snapshot, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(snapshotLimits().Bytes+markLine)+1))
	if err != nil {
		return Snapshot{}, fmt.Errorf("catalogue: snapshot: %w", err)
	}
	head := string(data[:min(len(data), len(snapshotMark))])
	switch {
	case !strings.HasPrefix(snapshotMark, head):
		return Snapshot{}, ErrSnapshotForeign
	case len(data) < markLine:
		return Snapshot{}, ErrSnapshotDamaged
	}
	sum := sha256.Sum256(data[markLine:])
	if string(data[len(snapshotMark):markLine]) != hex.EncodeToString(sum[:])+"\n" {
		return Snapshot{}, ErrSnapshotDamaged
	}
	return o.parseSnapshot(data[markLine:])
}

// parseSnapshot reads the body. What is wrong now was written so: by another version of this package, or by hand.
func (o Options) parseSnapshot(data []byte) (Snapshot, error) {
	tree, err := strictjson.Parse(data, snapshotLimits())
	if err != nil {
		return Snapshot{}, fmt.Errorf("%w: %w", ErrSnapshotDamaged, documentError(err))
	}
	var b snapshotBody
	if err := tree.Decode(&b); err != nil {
		return Snapshot{}, fmt.Errorf("%w: %w", ErrSnapshotDamaged, documentError(err))
	}
	x, err := o.NewIndex(b.Tools)
	if errors.Is(err, ErrOptions) {
		return Snapshot{}, err
	}
	if err != nil {
		return Snapshot{}, fmt.Errorf("%w: %w", ErrSnapshotDamaged, err)
	}
	x.missing = make(map[ToolID]bool, len(b.Missing))
	for _, id := range b.Missing {
		if i, known := x.at[id]; !known || x.tools[i].Status != StatusWithdrawn {
			return Snapshot{}, fmt.Errorf("%w: a missing tool is not among the withdrawn ones", ErrSnapshotDamaged)
		}
		x.missing[id] = true
	}
	return Snapshot{Source: b.Source, Tag: b.Tag, Loaded: b.Loaded, Checked: b.Checked, Index: x}, nil
}
