package prescriptionsql_test

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// diskCalls are the system calls by which a program can change files.
const diskCalls = "trace=open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate," +
	"fallocate,copy_file_range,sendfile,splice,unlink,unlinkat,rename,renameat,renameat2,link,linkat"

// recording is a log of strace, which ran with -f -y -xx: numbers of files come
// with their names, texts are hexadecimal.
type recording struct {
	t      *testing.T
	lines  *bufio.Scanner
	folder string
	disk   *disk
	under  map[string]func() // what happens when a thread's call comes back
	said   []string          // what the program had said by now
	last   string            // the file of the last call
}

func openRecording(t *testing.T, log, folder string, d *disk) *recording {
	t.Helper()
	file, err := os.Open(log)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	return &recording{t: t, lines: lines, folder: folder, disk: d, under: map[string]func(){}}
}

// next goes on by one line; false at the end.
func (r *recording) next() bool {
	r.last = ""
	if !r.lines.Scan() {
		require.NoError(r.t, r.lines.Err())
		return false
	}
	thread, rest, _ := strings.Cut(r.lines.Text(), " ")
	rest = strings.TrimLeft(rest, " ")
	name, arguments, isCall := strings.Cut(rest, "(")
	switch {
	case strings.HasPrefix(rest, "<... "):
		if end := r.under[thread]; end != nil {
			end()
		}
		delete(r.under, thread)
	case !isCall || strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "+++"):
	case strings.HasSuffix(arguments, "<unfinished ...>"):
		r.under[thread] = r.call(name, arguments)
	default:
		end := r.call(name, arguments)
		require.False(r.t, r.last != "" && strings.Contains(arguments, ") = -1 "), "no call about the database fails in this test")
		end()
	}
	return true
}

func nothing() {}

// call does what a call asks for and gives what happens when it comes back.
func (r *recording) call(name, arguments string) (end func()) {
	before, text, quoted := strings.Cut(arguments, `"`)
	text, after, _ := strings.Cut(text, `"`)
	if path := plain(text); quoted && strings.Contains(after, "O_CREAT") && r.ours(path) {
		r.disk.create(filepath.Base(path))
		return nothing
	}
	number, path, isFile := strings.Cut(before, "<")
	path, after1, _ := strings.Cut(path, ">")
	path = plain(path)
	switch {
	case !isFile:
		require.False(r.t, quoted && r.ours(plain(text)) && name != "open" && name != "openat", name)
		return nothing
	case path == r.folder && strings.HasSuffix(name, "sync"):
		return r.disk.nameAll
	case number == "1":
		r.said = append(r.said, strings.TrimSpace(plain(text)))
		return nothing
	case !r.ours(path):
		return nothing
	}
	r.last = filepath.Base(path)
	require.Contains(r.t, r.disk.files, r.last)
	return r.change(r.disk.files[r.last], name, plain(text), after+after1)
}

// change is a call about a file of the database; numbers are what it gives after
// the file and the text.
func (r *recording) change(f *diskFile, name, text, numbers string) (end func()) {
	w := &diskWrite{data: []byte(text)}
	length := 0
	switch name {
	case "fsync", "fdatasync":
		return f.syncing()
	case "ftruncate":
		w.cut = true
		_, err := fmt.Sscanf(numbers, ", %d", &w.at)
		require.NoError(r.t, err, numbers)
	case "pwrite64":
		_, err := fmt.Sscanf(numbers, ", %d, %d", &length, &w.at)
		require.NoError(r.t, err, numbers)
	default:
		require.Fail(r.t, "a call that this test does not know", name)
	}
	require.Len(r.t, w.data, length, "the log holds the whole text")
	f.loose = append(f.loose, w)
	return func() { w.done = true }
}

// ours says whether a path is the database or its -wal: what is in -shm is worth
// nothing after a power cut.
func (r *recording) ours(path string) bool {
	return filepath.Dir(path) == r.folder && !strings.HasSuffix(path, "-shm")
}

// plain is a text that strace has written in hexadecimal; "" if it is none.
func plain(escaped string) string {
	data, err := hex.DecodeString(strings.ReplaceAll(escaped, `\x`, ""))
	if err != nil {
		return ""
	}
	return string(data)
}
