package prescriptionsql

import (
	"context"
	"database/sql"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
)

// EraseEnded implements [prescription.Eraser]. What is left in the files is in the
// package comment.
func (s *Store) EraseEnded(ctx context.Context, before time.Time, n int) (erased int, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) error {
		rows, err := db.QueryContext(ctx, eraseEnded, micros(before), max(n, 0))
		erased, err = eraseNotes(ctx, db, rows, err)
		return err
	})
	return erased, err
}

// ErasePatient implements [prescription.Eraser].
func (s *Store) ErasePatient(ctx context.Context, tenant, pseudonym string, at time.Time) (erased, kept int, err error) {
	if err := prescription.CheckErasure(tenant, pseudonym, at); err != nil {
		return 0, 0, err
	}
	err = s.do(ctx, func(db sqlplumbing.DBTX) error {
		rows, err := db.QueryContext(ctx, erasePatient, tenant, pseudonym, micros(at))
		if erased, err = eraseNotes(ctx, db, rows, err); err != nil {
			return err
		}
		return db.QueryRowContext(ctx, countKept, tenant, pseudonym, micros(at)).Scan(&kept)
	})
	return erased, kept, err
}

// eraseNotes deletes the notes of the prescriptions whose ids are in rows.
func eraseNotes(ctx context.Context, db sqlplumbing.DBTX, rows *sql.Rows, err error) (int, error) {
	ids, err := all(rows, err, func(row scanner) (id prescription.ID, err error) {
		err = row.Scan(&id)
		return id, err
	})
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if _, err := db.ExecContext(ctx, deleteNotes, string(id)); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}
