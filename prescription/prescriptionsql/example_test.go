package prescriptionsql_test

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// An EPR writes its note and prescribes in one transaction: both are kept, or
// neither.
func ExampleStore_In() {
	ctx, db, end := exampleDB()
	defer end()
	_, err := db.ExecContext(ctx, "CREATE TABLE note (text TEXT NOT NULL)")
	check(err)

	service, store := exampleService(), prescriptionsql.NewFor(prescriptionsql.SQLite, db)
	tx, err := db.BeginTx(ctx, nil)
	check(err)
	p, err := service.Prescribe(ctx, store.In(tx), prescription.Request{
		Tenant: "999999999", Key: "visit-17-sleep", Tool: "sovn-steg-for-steg", Unit: "atte-uker",
		Patient:    prescription.Patient{Pseudonym: "p-7f3a9c21", Lang: "nb"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
	})
	check(err)
	_, err = tx.ExecContext(ctx, "INSERT INTO note (text) VALUES ('Sleep course prescribed.')")
	check(err)
	check(tx.Commit())

	fmt.Println(p.State, p.Version, p.Expires.Format(time.DateOnly))
	fmt.Println(p.Text)
	entries, err := store.Audit(ctx, p.ID)
	check(err)
	for _, e := range entries {
		fmt.Println(e.Seq, e.Event, e.From, "->", e.To, "by", e.By.Role)
	}
	fmt.Println("whole:", p.CheckAudit(entries) == nil)
	// Output:
	// sent 1 2026-12-28
	// Øv litt hver kveld i åtte uker.
	// 1 prescribe drafted -> sent by therapist
	// whole: true
}

// exampleDB is a database of the EPR's own. The settings stand in the DSN, so that
// they hold for every connection.
func exampleDB() (ctx context.Context, db *sql.DB, end func()) {
	ctx = context.Background()
	dir, err := os.MkdirTemp("", "verktoy")
	check(err)
	db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "epr.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)")
	check(err)
	check(prescriptionsql.CheckSettings(ctx, db, prescriptionsql.SQLite))
	check(prescriptionsql.Migrate(ctx, db, prescriptionsql.SQLite))
	return ctx, db, func() {
		check(db.Close())
		check(os.RemoveAll(dir))
	}
}

var exampleNow = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// exampleService gives a message up after one attempt.
func exampleService() *prescription.Service {
	service, err := prescription.NewService(prescription.Config{Tools: exampleTools().Get, Now: func() time.Time { return exampleNow }, MaxAttempts: 1})
	check(err)
	return service
}

func exampleTools() *catalogue.Index {
	index, err := catalogue.NewIndex([]catalogue.Tool{{
		ID: "sovn-steg-for-steg", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sovn.example.org/start", Profile: catalogue.ProfileHelsenorge}},
		Units: []catalogue.Unit{{ID: "atte-uker", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56,
			PatientText: catalogue.Text{"nb": "Øv litt hver kveld i åtte uker."}}},
	}})
	check(err)
	return index
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
