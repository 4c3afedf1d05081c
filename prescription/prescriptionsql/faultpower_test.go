package prescriptionsql_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() { jobs["prescribe, cancel and die"] = prescribeCancelAndDie }

// prescribeCancelAndDie says of each change that it is stored. Four do so at once.
func prescribeCancelAndDie(t *testing.T, j job) {
	var n int
	_, err := fmt.Sscan(j.with, &n)
	require.NoError(t, err)
	s, st := service(t), prescriptionsql.New(j.db)
	failed := together(4, func(writer int) error {
		for i := range n / 8 {
			p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d-%d", writer, i)))
			if err != nil {
				return err
			}
			say("stored", p.ID, 1)
			p, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
			if err != nil {
				return err
			}
			say("stored", p.ID, p.Version)
		}
		return nil
	})
	say("errors", len(failed))
	die()
}

// load is a program's work under strace, with the files as they were before it.
type load struct {
	log, folder string
	before      map[string][]byte
}

func recorded(t *testing.T, synchronous string, changes int) load {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		without(t, "the program strace is missing")
	}
	_, dsn := engines[0].Empty(t)
	db, err := sql.Open("sqlite", dsn)
	require.NoError(t, err)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	require.NoError(t, db.Close()) // all is in one file then
	l := load{filepath.Join(t.TempDir(), "calls"), filepath.Dir(fileOf(dsn)), nil}
	l.before = filesIn(t, l.folder)
	require.Len(t, l.before, 1)
	// A -wal file that is emptied often: power is cut while that happens too.
	dsn = strings.Replace(dsn, "synchronous(FULL)", "synchronous("+synchronous+")&_pragma=wal_autocheckpoint(60)", 1)
	o := engines[0].start(t, dsn, "prescribe, cancel and die", fmt.Sprint(changes), "",
		strace, "-f", "-qq", "-y", "-xx", "-s", "65536", "-e", diskCalls, "-o", l.log)
	said := o.rest(t)
	require.Error(t, o.Wait(), "it kills itself, so that all stays as it is")
	require.Equal(t, []string{"0"}, said["errors"])
	require.Len(t, said["stored"], changes/8*8)
	return l
}

// filesIn are the files of a folder but for -shm.
func filesIn(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "-shm") {
			continue
		}
		found[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
	}
	return found
}

// cuts says where the power is cut: after which lines of the log. A third are
// where a change was just acknowledged, a third where the database itself is written.
func (l load) cuts(t *testing.T, luck *rand.Rand, n int) map[int]int {
	t.Helper()
	var kinds [3][]int
	r := openRecording(t, l.log, l.folder, newDisk(l.before))
	for line, said := 0, 0; r.next(); line++ {
		kinds[0] = append(kinds[0], line)
		if len(r.said) > said {
			kinds[1] = append(kinds[1], line)
		}
		said = len(r.said)
		if strings.HasSuffix(r.last, ".db") {
			kinds[2] = append(kinds[2], line)
		}
	}
	require.Equal(t, filesIn(t, l.folder), r.disk.powerCut(luck, 4), "the model has what the real files have when nothing is lost")
	at := map[int]int{}
	for i := range n {
		at[pick(luck, kinds[i%3])]++
	}
	return at
}

// toll is what power cuts did.
type toll struct{ images, lost, damaged, differ int }

// cutPower makes n images of what a power cut leaves and looks at each.
func (l load) cutPower(t *testing.T, n int) (all toll) {
	t.Helper()
	luck := rand.New(rand.NewPCG(uint64(number10(t, "VERKTOY_TEST_SEED", 1)), 2))
	at := l.cuts(t, luck, n)
	r := openRecording(t, l.log, l.folder, newDisk(l.before))
	for line := 0; r.next(); line++ {
		for range at[line] {
			all.add(judge(t, r.disk.powerCut(luck, luck.IntN(5)), r.said))
		}
	}
	require.Equal(t, n, all.images)
	return all
}

func (a *toll) add(err error) {
	a.images++
	switch {
	case errors.Is(err, errLost):
		a.lost++
	case errors.Is(err, errDiffer):
		a.differ++
	case err != nil:
		a.damaged++
	}
}

var (
	errLost    = errors.New("what was acknowledged is lost")
	errDiffer  = errors.New("two programs read two things")
	errDamaged = errors.New("damaged")
)

// judge opens files with the program sqlite3 and, another copy of them, with this
// package: both must find the same, and all that was said to be stored.
func judge(t *testing.T, files map[string][]byte, said []string) error {
	t.Helper()
	second, err := bySecondProgram(t, laid(t, files))
	if err != nil {
		return err
	}
	first, err := byThisPackage(t, laid(t, files))
	if err != nil {
		return err
	}
	if first != second {
		return errDiffer
	}
	for _, word := range said {
		var id string
		var version, stored int
		if n, _ := fmt.Sscanf(word, "stored %s %d", &id, &version); n < 2 {
			continue
		}
		_, rest, there := strings.Cut(first, id+"|")
		if _, _ = fmt.Sscan(rest, &stored); !there || stored < version {
			return errLost
		}
	}
	return nil
}

// laid puts files into a new folder and gives the database's name.
func laid(t *testing.T, files map[string][]byte) string {
	t.Helper()
	folder, err := os.MkdirTemp(t.TempDir(), "image")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	for name, data := range files {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), data, 0o600))
	}
	return filepath.Join(folder, "test.db")
}

const versions = "SELECT id || '|' || version FROM verktoy_prescription ORDER BY id"

func bySecondProgram(t *testing.T, file string) (string, error) {
	t.Helper()
	second, err := exec.LookPath("sqlite3")
	if err != nil {
		without(t, "the program sqlite3 is missing")
	}
	out, err := exec.CommandContext(t.Context(), second, file, "PRAGMA integrity_check; PRAGMA foreign_key_check; "+versions).CombinedOutput()
	text, sound := strings.CutPrefix(string(out), "ok\n")
	if err != nil || !sound {
		return "", errDamaged
	}
	return text, nil
}

// byThisPackage wants whole chains, and for each change the message about it.
func byThisPackage(t *testing.T, file string) (string, error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	sum, err := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	if err != nil {
		return "", errDamaged
	}
	var text string
	var messages int64
	query := "SELECT coalesce(group_concat(line || char(10), ''), ''), (SELECT count(*) FROM verktoy_prescription_outbox) FROM (" +
		strings.Replace(versions, "version FROM", "version AS line FROM", 1) + ")"
	if err := db.QueryRowContext(t.Context(), query).Scan(&text, &messages); err != nil || messages != sum.Entries {
		return "", errDamaged
	}
	return text, nil
}

// D2, power cut, second half: the disk keeps what was synced and any part of the
// rest, sectors in any order. The files are built from the calls that the program
// made, as a power cut at that moment would leave them. Pass: with synchronous
// FULL nothing that was acknowledged is lost in any of them, the file is sound,
// the chains are whole and each change has its message, says the program sqlite3
// and says this package. Controls: with NORMAL acknowledged changes are lost, with
// OFF files are damaged besides.
func TestD2PowerCut(t *testing.T) {
	t.Parallel()
	changes, images := often(80, 800), often(underrace.Cases(60), 3_000)
	all := recorded(t, "FULL", changes).cutPower(t, images)
	assert.Equal(t, toll{images: images}, all)
	normal := recorded(t, "NORMAL", changes).cutPower(t, often(20+underrace.Cases(40), 300))
	assert.NotZero(t, normal.lost, "the control")
	assert.Zero(t, normal.damaged+normal.differ)
	off := recorded(t, "OFF", changes).cutPower(t, often(20+underrace.Cases(40), 300))
	assert.NotZero(t, off.lost+off.damaged, "the control")
	t.Logf("FULL %+v, NORMAL %+v, OFF %+v", all, normal, off)
}
