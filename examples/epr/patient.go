package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// What [prescription.Patient] takes for a pseudonym: the form, with a letter and
// without what may be an identity number.
var (
	pseudonymForm = regexp.MustCompile(`^[0-9._:/-]*[A-Za-z][A-Za-z0-9._:/-]*$`)
	likeANumber   = regexp.MustCompile(`[0-9]{11}|[0-9]{6}-[0-9]{5}`)
	uuid          = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`) // whose digits are random
)

// isPseudonym says whether a text can be what a patient is known by. An identity
// number, which must not be kept in clear or be in a log, never is.
func isPseudonym(s string) bool {
	return len(s) >= 8 && len(s) <= 64 && pseudonymForm.MatchString(s) && !likeANumber.MatchString(uuid.ReplaceAllString(s, ""))
}

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
