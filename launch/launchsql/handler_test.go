package launchsql_test

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
)

var clock = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func at(now time.Time) func() time.Time { return func() time.Time { return now } }

// sender signs messages at the clock's time.
type sender struct {
	key    launch.SigningKey
	portal *hti.Portal
}

func newSender(t testing.TB) sender {
	t.Helper()
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: issuer, Key: key, Now: at(clock)})
	require.NoError(t, err)
	return sender{key, portal}
}

func (s sender) token(t testing.TB) string {
	t.Helper()
	out, err := s.portal.Mint(hti.Message{Audience: "https://tool.example", Lifetime: 5 * time.Minute,
		Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}, Task: launch.Party{Type: "Task", ID: "task-1"}})
	require.NoError(t, err)
	return out.Token()
}

// tool is a handler of a process whose clock says now.
func tool(t testing.TB, key launch.PublicKey, store launch.ReplayStore, now func() time.Time, onLaunch func()) http.Handler {
	t.Helper()
	keys, err := launch.NewStaticKeys(key)
	require.NoError(t, err)
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: issuer, Keys: keys}}})
	require.NoError(t, err)
	h, err := launch.NewHandler(launch.HandlerConfig{Profiles: []launch.Profile{profile}, Replay: store, Now: now,
		Policy: launch.Policy{BearerReason: "a test"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, _ *launch.Launch) {
			onLaunch()
			http.Redirect(w, r, "/task", http.StatusSeeOther)
		}})
	require.NoError(t, err)
	return h
}

func post(h http.Handler, token string) int {
	r := httptest.NewRequest(http.MethodPost, "/launch", strings.NewReader(url.Values{"token": {token}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// P3: the database is full. What comes is refused, nothing is forgotten, and
// with the room everything goes on.
func TestP3AFullDatabaseRefusesAndRecovers(t *testing.T) {
	_, dsn := engines[0].Empty(t)
	db := open(t, "sqlite", dsn+"&_pragma=max_page_count(16)")
	require.NoError(t, launchsql.Migrate(t.Context(), db, launchsql.SQLite))
	store, s := replay(t, db), newSender(t)
	h := tool(t, s.key.Public(), store, at(clock), func() {})
	used := 0
	for ; used < 10_000; used++ {
		if _, err := store.Consume(t.Context(), issuer, fmt.Sprint("fill-", used), clock); err != nil {
			break
		}
	}
	require.Less(t, used, 10_000, "the database must become full")
	// The page for one key may be full while another's has room.
	token, status := "", http.StatusSeeOther
	for tries := 0; status == http.StatusSeeOther && tries < 1000; tries++ {
		token = s.token(t)
		status = post(h, token)
	}
	assert.Equal(t, http.StatusServiceUnavailable, status)
	for i := range used {
		require.False(t, consume(t, store, fmt.Sprint("fill-", i)), "live rows stay")
	}
	_, err := store.CleanAt(t.Context(), clock.Add(11*time.Minute), 1000)
	require.NoError(t, err)
	assert.Equal(t, http.StatusSeeOther, post(h, token))
	assert.Equal(t, http.StatusForbidden, post(h, token))
}

// outage makes the database unreachable for a while.
type outage struct {
	dsn         string
	stop, start func()
}

func outageOf(t *testing.T, e engine, db *sql.DB, dsn string) outage {
	t.Helper()
	if e.Dialect == launchsql.SQLite {
		return lockedOut(t, db, dsn)
	}
	return cutOff(t, dsn)
}

// lockedOut: another program holds the lock for longer than anybody waits.
func lockedOut(t *testing.T, db *sql.DB, dsn string) outage {
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	run := func(statement string) func() {
		return func() {
			_, err := conn.ExecContext(t.Context(), statement)
			require.NoError(t, err)
		}
	}
	return outage{strings.Replace(dsn, "busy_timeout(10000)", "busy_timeout(20)", 1), run("BEGIN IMMEDIATE"), run("ROLLBACK")}
}

// proxy carries bytes to the database until it is stopped; then it drops all
// connections in the middle of what they are doing.
type proxy struct {
	sync.Mutex
	target string
	down   bool
	open   []net.Conn
}

func cutOff(t *testing.T, dsn string) outage {
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	p := &proxy{target: u.Host}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go p.serve(l)
	u.Host = l.Addr().String()
	return outage{u.String(), func() { p.set(true) }, func() { p.set(false) }}
}

func (p *proxy) set(down bool) {
	p.Lock()
	defer p.Unlock()
	p.down = down
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
}

func (p *proxy) serve(l net.Listener) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		p.join(in)
	}
}

func (p *proxy) join(in net.Conn) {
	p.Lock()
	defer p.Unlock()
	if p.down {
		_ = in.Close()
		return
	}
	out, err := net.Dial("tcp", p.target)
	if err != nil {
		_ = in.Close()
		return
	}
	p.open = append(p.open, in, out)
	for from, to := range map[net.Conn]net.Conn{in: out, out: in} {
		go func() {
			_, _ = io.Copy(to, from)
			_ = to.Close()
		}()
	}
}

// P5: the database stops in the load of two instances. All is refused with 503,
// then normal again; whatever was on its way, no message passes twice.
func TestP5TheDatabaseStopsInTheLoad(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, launchsql.Migrate(t.Context(), db, e.Dialect))
		o, s := outageOf(t, e, db, dsn), newSender(t)
		l := &load{passed: map[string]int{}}
		for range 2 {
			l.instances = append(l.instances, tool(t, s.key.Public(), replay(t, open(t, e.Driver, o.dsn)), at(clock), func() {}))
		}
		var before, during, after []string
		for range 60 {
			before, during, after = append(before, s.token(t)), append(during, s.token(t)), append(after, s.token(t))
		}
		var once sync.Once
		l.post(before, func() { once.Do(o.stop) }) // in the middle
		l.statuses = map[int]int{}
		l.post(during, func() {})
		assert.Equal(t, map[int]int{http.StatusServiceUnavailable: 4 * 60}, l.statuses, "down")
		o.start()
		l.post(after, func() {})
		l.post(during, func() {})
		l.post(before, func() {})
		for _, token := range after {
			assert.Equal(t, 1, l.passed[token], "normal again")
		}
		for _, token := range append(before, during...) {
			assert.LessOrEqual(t, l.passed[token], 1)
		}
	})
}

// load posts each token twice to each of two instances, many at once.
type load struct {
	sync.Mutex
	instances []http.Handler
	statuses  map[int]int
	passed    map[string]int
}

func (l *load) post(tokens []string, middle func()) {
	var all sync.WaitGroup
	var ready atomic.Int64
	for worker := range 4 {
		all.Go(func() {
			for ready.Add(1); ready.Load() < 4; {
				runtime.Gosched()
			}
			for i, token := range tokens {
				l.count(token, post(l.instances[worker%2], token))
				if i == len(tokens)/2 {
					middle()
				}
			}
		})
	}
	all.Wait()
}

func (l *load) count(token string, status int) {
	l.Lock()
	defer l.Unlock()
	if l.statuses != nil {
		l.statuses[status]++
	}
	if status == http.StatusSeeOther {
		l.passed[token]++
	}
}

// passes counts how often one message is accepted on three instances whose
// clocks differ, while the database, whose clock is fast, is cleaned all the time.
func passes(t *testing.T, db *sql.DB, skew time.Duration, first int) int {
	t.Helper()
	store, err := launchsql.NewReplayStore(launchsql.ReplayConfig{DB: db, Skew: skew})
	require.NoError(t, err)
	s, passed := newSender(t), 0
	token := s.token(t)
	real := clock
	var tools []http.Handler
	for _, off := range []time.Duration{0, -5 * time.Minute, 5 * time.Minute} {
		tools = append(tools, tool(t, s.key.Public(), store, func() time.Time { return real.Add(off) }, func() { passed++ }))
	}
	for step := -first; step < 60; step++ {
		real = clock.Add(time.Duration(step) * 15 * time.Second)
		_, err := store.CleanAt(t.Context(), real.Add(5*time.Minute), 1000)
		require.NoError(t, err)
		for _, tool := range tools {
			post(tool, token)
		}
	}
	return passed
}

// P6: clocks five minutes off, to both sides. A row outlives the message on the
// slowest clock.
func TestP6ClocksThatDifferLetNothingInTwice(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		for _, first := range []int{0, 10, 22} {
			assert.Equal(t, 1, passes(t, db, 0, first), "from step %d", -first)
		}
		assert.Greater(t, passes(t, db, time.Nanosecond, 0), 1, "without the time for clocks the test must fail")
	})
}

func TestMain(m *testing.M) {
	if job := os.Getenv(childJob); job != "" {
		os.Exit(work(job))
	}
	os.Exit(m.Run())
}
