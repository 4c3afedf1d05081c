package reportsql_test

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

// printing is a receiver that prints what it gets.
type printing struct{}

func (printing) Send(_ context.Context, r report.Report) error {
	fmt.Println("received:", r.Sequence, r.Event, "of", r.Subject.Task)
	return nil
}

// A tool stores that an exercise is done, and reports it, in one transaction:
// both are kept, or neither. Delivery comes later.
func ExampleNew() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "verktoy")
	check(err)
	defer func() { check(os.RemoveAll(dir)) }()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "tool.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)")
	check(err)
	defer func() { check(db.Close()) }()
	check(reportsql.Migrate(ctx, db, reportsql.SQLite))
	_, err = db.ExecContext(ctx, "CREATE TABLE exercise (name TEXT NOT NULL)")
	check(err)
	reporter, err := report.NewReporter(report.Config{Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }})
	check(err)
	subject := report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}

	tx, err := db.BeginTx(ctx, nil)
	check(err)
	_, err = tx.ExecContext(ctx, "INSERT INTO exercise (name) VALUES ('breathing')")
	check(err)
	_, err = reporter.Started(ctx, reportsql.New(tx), subject)
	check(err)
	check(tx.Commit())

	_, err = reporter.Started(ctx, reportsql.New(db), subject)
	fmt.Println(err)
	n, err := reporter.Drain(ctx, reportsql.New(db), report.Routes{"helsenorge": printing{}})
	fmt.Println(n, err)
	// Output:
	// prescription: "start" by "tool" is not allowed when "started"
	// received: 1 start of Task/7f3a
	// 1 <nil>
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
