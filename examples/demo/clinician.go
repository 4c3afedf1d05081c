package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// clinician is the EPR: it finds tools, prescribes them inside its own
// transaction, hands them to the portal and shows what became of them.
type clinician struct {
	url       string
	db        *sql.DB
	store     *prescriptionsql.Store
	service   *prescription.Service
	catalogue *catalogue.Live
	people    []citizen
	portal    *peer
	secret    string
	now       func() time.Time
	log       *slog.Logger
}

// clinic is whose prescriptions they are.
const clinic = "nordvik-dps"

func newClinician(store *prescriptionsql.Store, db *sql.DB, live *catalogue.Live, people []citizen, now func() time.Time, urls [3]string, secret string, log *slog.Logger) (*clinician, error) {
	c := &clinician{url: urls[0], db: db, store: store, catalogue: live, people: people,
		portal: newPeer(urls[1], secret), secret: secret, now: now, log: log}
	var err error
	c.service, err = c.serviceAt(now, true)
	return c, err
}

// serviceAt is the prescription service with a clock; tell puts what is reported into the therapists' inboxes.
func (c *clinician) serviceAt(now func() time.Time, tell bool) (*prescription.Service, error) {
	return prescription.NewService(prescription.Config{
		Tools: c.catalogue.Get,
		Now:   now,
		// The demo's people are invented, and so are their identity numbers.
		Synthetic:     true,
		RequireAge:    true,
		TellTherapist: tell,
	})
}

// order is what a clinician decides: which tool, for whom.
type order struct {
	by      prescription.Actor
	key     string // one a click, so that a second click does not send twice
	tool    catalogue.ToolID
	unit    catalogue.UnitID
	patient citizen
	note    string // for the journal
	// acknowledged says that the clinician has read for whom the tool is not meant.
	acknowledged bool
	// second is the reason why the citizen gets the tool although it is there already; empty for none.
	second string
	// instead is the prescription that this one takes the place of; the zero Ref for none.
	instead prescription.Ref
	renew   bool // instead is of the same tool
}

// prescribe writes the journal note and the prescription in one transaction of
// the EPR's own: both are there afterwards, or neither.
func (c *clinician) prescribe(ctx context.Context, o order) (p prescription.Prescription, err error) {
	err = c.inOne(ctx, func(tx *sql.Tx) error {
		p, err = c.write(ctx, tx, o)
		return err
	})
	return p, err
}

// inOne does work in one transaction of the EPR's own, and again when the database was busy.
func (c *clinician) inOne(ctx context.Context, work func(*sql.Tx) error) (err error) {
	for range 3 {
		if err = c.once(ctx, work); !errors.Is(err, prescription.ErrBusy) {
			return err
		}
	}
	return err
}

func (c *clinician) once(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// write is what happens inside the transaction. The same click twice writes
// nothing the second time: the key finds the prescription that is there.
func (c *clinician) write(ctx context.Context, tx *sql.Tx, o order) (prescription.Prescription, error) {
	p, err := c.place(ctx, c.store.In(tx), o)
	if err != nil {
		return p, err
	}
	if _, err = tx.ExecContext(ctx, `INSERT INTO demo_journal (id, patient, note) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
		string(p.ID), o.patient.id, o.note); err != nil {
		return p, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO demo_caseload (id, therapist) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`, string(p.ID), o.by.ID)
	return p, err
}

// place prescribes: anew, once more, or something else in its place.
func (c *clinician) place(ctx context.Context, st prescription.Store, o order) (prescription.Prescription, error) {
	switch {
	case o.instead.ID == "":
		return c.service.Prescribe(ctx, st, c.request(o))
	case o.renew:
		return c.service.Renew(ctx, st, o.instead, c.request(o))
	}
	return c.service.Replace(ctx, st, o.instead, c.request(o))
}

func (c *clinician) request(o order) prescription.Request {
	age := o.patient.age(c.now())
	return prescription.Request{
		Tenant: clinic, Key: o.key, Tool: o.tool, Unit: o.unit, Prescriber: o.by, AcknowledgedExclusions: o.acknowledged, Second: o.second,
		Patient: prescription.Patient{Pseudonym: o.patient.id, NationalID: o.patient.nationalID, Lang: o.patient.lang},
		Age:     &age,
	}
}

func newKey() string { return rand.Text() }
