package launchsql_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Used messages in a database: every process that shares it, and every later
// one, knows them.
func ExampleNewReplayStore() {
	ctx, db, end := exampleDB()
	defer end()
	store, err := launchsql.NewReplayStore(launchsql.ReplayConfig{DB: db})
	check(err)
	until := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 2 {
		first, err := store.Consume(ctx, "https://portal.example", "4b0c6a7d9e2f4c1a", until)
		check(err)
		fmt.Println("first:", first)
	}
	removed, err := store.Clean(ctx) // every few minutes
	check(err)
	fmt.Println("removed:", removed)
	// Output:
	// first: true
	// first: false
	// removed: 0
}

// Two nodes of a portal share their keys: what one signs, the other publishes.
func ExampleNewKeyStore() {
	ctx, db, end := exampleDB()
	defer end()
	var nodes []*launch.KeyRing
	for range 2 {
		store, err := launchsql.NewKeyStore(launchsql.KeyStoreConfig{DB: db})
		check(err)
		sealed, err := launch.SealKeys(store, []byte("a passphrase that a machine made"))
		check(err)
		ring, err := launch.NewKeyRing(launch.KeyRingConfig{Store: sealed})
		check(err)
		check(ring.Tick(ctx)) // or go ring.Run(ctx)
		nodes = append(nodes, ring)
	}
	for _, state := range nodes[1].States() {
		fmt.Println(state.Algorithm, state.Phase)
	}
	fmt.Println("the same:", nodes[0].States()[0].ID == nodes[1].States()[0].ID)
	// Output:
	// ES256 active
	// ES256 pending
	// the same: true
}

// For hosts that migrate with a tool of their own: one text, or the files.
func ExampleSQL() {
	text := launchsql.SQL(launchsql.PostgreSQL)
	fmt.Println(strings.Contains(text, "CREATE TABLE verktoy_launch_"))
	names, err := fs.Glob(launchsql.Migrations(), "postgres/*.sql")
	check(err)
	fmt.Println(names[0])
	// Output:
	// true
	// postgres/0001_launch.sql
}

func exampleDB() (ctx context.Context, db *sql.DB, end func()) {
	ctx = context.Background()
	dir, err := os.MkdirTemp("", "verktoy")
	check(err)
	db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "tool.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)")
	check(err)
	check(launchsql.CheckSettings(ctx, db, launchsql.SQLite))
	check(launchsql.Migrate(ctx, db, launchsql.SQLite))
	return ctx, db, func() {
		check(db.Close())
		check(os.RemoveAll(dir))
	}
}
