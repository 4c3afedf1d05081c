package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// enter keeps birth date and identity number. The number comes on standard input:
// what is on the command line is seen by others.
func (e *epr) enter(ctx context.Context) error {
	fmt.Fprintln(e.err, "epr: want the identity number on a line of standard input")
	line, _ := bufio.NewReaderSize(e.in, 64).ReadSlice('\n') // what is too long is no number
	number, err := prescription.ParseNationalID(strings.TrimSpace(string(line)))
	if err == nil && !number.Synthetic() {
		err = errors.New("want a synthetic number, with 80 added to the month: this is an example")
	}
	if err != nil {
		return wrong("patient: on standard input: %w", err)
	}
	_, err = e.db.ExecContext(ctx, `INSERT INTO epr_patient (pseudonym, national_id, born) VALUES ($1, $2, $3)
		ON CONFLICT (pseudonym) DO UPDATE SET national_id = excluded.national_id, born = excluded.born`,
		e.patient, number.Reveal("the EPR's register"), e.born.Format(time.DateOnly))
	if err != nil {
		return errors.New("the patient could not be kept") // the database quotes the number
	}
	fmt.Fprintln(e.out, "entered", e.patient)
	return nil
}

// citizen is the patient with the age, as far as they are known: not every
// delivery needs the number, and not every tool is for certain ages. The age is
// by the birth date of the register, since a number tells the century by rules
// that change.
func (e *epr) citizen(ctx context.Context, tx *sql.Tx) (citizen prescription.Patient, age *int, err error) {
	citizen.Pseudonym = e.patient
	var number, born string
	err = tx.QueryRowContext(ctx, `SELECT national_id, born FROM epr_patient WHERE pseudonym = $1`, e.patient).Scan(&number, &born)
	if errors.Is(err, sql.ErrNoRows) {
		return citizen, nil, nil
	}
	if err == nil {
		err = citizen.NationalID.UnmarshalText([]byte(number))
	}
	day, wrong := time.Parse(time.DateOnly, born)
	if err == nil && wrong == nil {
		years := fullYears(day, e.now())
		age = &years
	}
	return citizen, age, errors.Join(err, wrong)
}

// fullYears is an age; who is born on the 29th of February is a year older on the 1st of March.
func fullYears(born, at time.Time) int {
	years := at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		years--
	}
	return years
}

func ages(a *catalogue.Ages) string {
	switch {
	case a == nil:
		return "for all ages"
	case a.Max == nil && a.Min != nil:
		return fmt.Sprintf("for ages from %d", *a.Min)
	case a.Min == nil && a.Max != nil:
		return fmt.Sprintf("for ages up to %d", *a.Max)
	case a.Min == nil:
		return "for all ages"
	}
	return fmt.Sprintf("for ages from %d to %d", *a.Min, *a.Max)
}
