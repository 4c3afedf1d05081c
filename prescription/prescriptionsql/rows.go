package prescriptionsql

import (
	"database/sql"
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// micros and at turn times into whole microseconds and back; 0 is the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func at(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// whole is what the database keeps of a time.
func whole(t time.Time) time.Time { return at(micros(t)) }

type scanner interface{ Scan(dest ...any) error }

// insertArgs follow insertPrescription.
func insertArgs(p prescription.Prescription, content string) []any {
	return []any{string(p.ID), p.Version, p.Tenant, p.Key, content, string(p.Tool), string(p.Unit),
		p.Patient.Pseudonym, p.Patient.NationalID.Reveal("store"), string(p.Patient.Lang),
		string(p.Prescriber.Role), p.Prescriber.ID, p.Text, string(p.State), string(p.Replaces),
		micros(p.Issued), micros(p.Expires), micros(p.Sent), micros(p.Updated)}
}

// over is when a prescription has ended or will expire.
func over(p prescription.Prescription) int64 {
	if p.State.Ended() {
		return micros(p.Ended)
	}
	return micros(p.Expires)
}

func updateArgs(p prescription.Prescription, before int64) []any {
	return []any{p.Version, string(p.Prescriber.Role), p.Prescriber.ID, string(p.State), p.Reason, string(p.ReplacedBy),
		micros(p.Expires), micros(p.Delivered), micros(p.Opened), micros(p.Started), micros(p.CancelAsked),
		micros(p.Completed), micros(p.Ended), micros(p.Updated), over(p), string(p.ID), before}
}

// scanPrescription reads columns. No row is [prescription.ErrNotFound].
func scanPrescription(row scanner) (p prescription.Prescription, content string, err error) {
	var number string
	times := []*time.Time{&p.Issued, &p.Expires, &p.Sent, &p.Delivered, &p.Opened, &p.Started,
		&p.CancelAsked, &p.Completed, &p.Ended, &p.Updated}
	us := make([]int64, len(times))
	into := []any{&p.ID, &p.Version, &p.Tenant, &p.Key, &content, &p.Tool, &p.Unit, &p.Patient.Pseudonym, &number,
		&p.Patient.Lang, &p.Prescriber.Role, &p.Prescriber.ID, &p.Text, &p.State, &p.Reason, &p.Replaces, &p.ReplacedBy}
	for i := range us {
		into = append(into, &us[i])
	}
	if err := row.Scan(into...); err != nil {
		return prescription.Prescription{}, "", noRow(err)
	}
	for i, t := range times {
		*t = at(us[i])
	}
	err = p.Patient.NationalID.UnmarshalText([]byte(number))
	return p, content, err
}

func noRow(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return prescription.ErrNotFound
	}
	return err
}

func auditArgs(e prescription.AuditEntry) []any {
	return []any{string(e.Prescription), e.Seq, micros(e.At), string(e.Event), string(e.From), string(e.To),
		string(e.By.Role), e.By.ID, e.Reason, e.Detail, e.Previous, e.Hash}
}

func scanAudit(row scanner) (e prescription.AuditEntry, err error) {
	var us int64
	err = row.Scan(&e.Prescription, &e.Seq, &us, &e.Event, &e.From, &e.To, &e.By.Role, &e.By.ID, &e.Reason, &e.Detail, &e.Previous, &e.Hash)
	e.At = at(us)
	return e, err
}

func messageArgs(m prescription.Message) []any {
	return []any{string(m.ID), string(m.Prescription), m.Version, string(m.Audience), m.Recipient, string(m.Event), micros(m.Due)}
}

func scanMessage(row scanner) (m prescription.Message, err error) {
	var due, dead int64
	err = row.Scan(&m.ID, &m.Prescription, &m.Version, &m.Audience, &m.Recipient, &m.Event, &due, &m.Attempts, &m.Code, &dead)
	m.Due, m.Dead = at(due), at(dead)
	return m, err
}

// all reads every row and closes them.
func all[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var found []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, rows.Err()
}
