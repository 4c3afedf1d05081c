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
	ctx, db, end := exampleDB()
	defer end()
	_, err := db.ExecContext(ctx, "CREATE TABLE exercise (name TEXT NOT NULL)")
	check(err)
	reporter, subject := exampleReporter(), report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}

	tx, err := db.BeginTx(ctx, nil)
	check(err)
	_, err = tx.ExecContext(ctx, "INSERT INTO exercise (name) VALUES ('breathing')")
	check(err)
	_, err = reporter.Started(ctx, reportsql.New(tx), subject)
	check(err)
	check(tx.Commit())

	again, err := reporter.Started(ctx, reportsql.New(db), subject)
	fmt.Println("again:", again.ID == "", err)
	n, err := reporter.Drain(ctx, reportsql.New(db), report.Routes{"helsenorge": printing{}})
	fmt.Println(n, err)
	// Output:
	// again: true <nil>
	// received: 1 start of Task/7f3a
	// 1 <nil>
}

// A nightly job forgets how far the reports had come of what ended long ago:
// longer than any launch of it may still come.
func ExampleStore_ForgetEnded() {
	ctx, db, end := exampleDB()
	defer end()
	reporter, store, subject := exampleReporter(), reportsql.New(db), report.Subject{Portal: "helsenorge", Task: "Task/7f3a"}
	_, err := reporter.Completed(ctx, store, subject)
	check(err)
	forget := func() {
		forgotten, err := store.ForgetEnded(ctx, exampleNow.AddDate(1, 0, 0), 1_000)
		check(err)
		fmt.Println("forgotten:", forgotten)
	}
	forget() // its report waits still
	_, err = reporter.Drain(ctx, store, report.Routes{"helsenorge": printing{}})
	check(err)
	forget()
	// Output:
	// forgotten: 0
	// received: 1 complete of Task/7f3a
	// forgotten: 1
}

// exampleDB is a database of the tool's own. The settings stand in the DSN, so
// that they hold for every connection.
func exampleDB() (ctx context.Context, db *sql.DB, end func()) {
	ctx = context.Background()
	dir, err := os.MkdirTemp("", "verktoy")
	check(err)
	db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "tool.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)")
	check(err)
	check(reportsql.CheckSettings(ctx, db, reportsql.SQLite))
	check(reportsql.Migrate(ctx, db, reportsql.SQLite))
	return ctx, db, func() {
		check(db.Close())
		check(os.RemoveAll(dir))
	}
}

var exampleNow = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func exampleReporter() *report.Reporter {
	reporter, err := report.NewReporter(report.Config{Now: func() time.Time { return exampleNow }})
	check(err)
	return reporter
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
