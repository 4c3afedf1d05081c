package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"log/slog"
	"net/http"
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

func newClinician(db *sql.DB, live *catalogue.Live, people []citizen, now func() time.Time, urls [3]string, secret string, log *slog.Logger) (*clinician, error) {
	service, err := prescription.NewService(prescription.Config{
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return live.Index().Get(id) },
		Now:   now,
		// The demo's people are invented, and so are their identity numbers.
		Synthetic: true,
	})
	return &clinician{url: urls[0], db: db, store: prescriptionsql.New(db), service: service, catalogue: live, people: people,
		portal: newPeer(urls[1], secret), secret: secret, now: now, log: log}, err
}

// order is what a clinician decides: which tool, for whom.
type order struct {
	key     string // one a click, so that a second click does not send twice
	tool    catalogue.ToolID
	unit    catalogue.UnitID
	patient citizen
	note    string // for the journal
	// acknowledged says that the clinician has read for whom the tool is not meant.
	acknowledged bool
	// second sends the tool although the citizen has it already.
	second bool
}

// prescribe writes the journal note and the prescription in one transaction of
// the EPR's own: both are there afterwards, or neither. Then it hands over what
// waits in the outbox.
func (c *clinician) prescribe(ctx context.Context, o order) (prescription.Prescription, error) {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return prescription.Prescription{}, err
	}
	defer tx.Rollback()
	p, err := c.write(ctx, tx, o)
	if err != nil {
		return prescription.Prescription{}, err
	}
	return p, tx.Commit()
}

// write is what happens inside the transaction. The same click twice writes
// nothing the second time: the key finds the prescription that is there.
func (c *clinician) write(ctx context.Context, tx *sql.Tx, o order) (prescription.Prescription, error) {
	p, err := c.service.Prescribe(ctx, prescriptionsql.New(tx), c.request(o))
	if err != nil {
		return prescription.Prescription{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO demo_journal (id, patient, note) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
		string(p.ID), o.patient.id, o.note)
	return p, err
}

func (c *clinician) request(o order) prescription.Request {
	second := ""
	if o.second {
		second = prescription.ReasonOther
	}
	return prescription.Request{
		Tenant: "nordvik-dps", Key: o.key, Tool: o.tool, Unit: o.unit, Prescriber: therapist, AcknowledgedExclusions: o.acknowledged, Second: second,
		Patient: prescription.Patient{Pseudonym: o.patient.id, NationalID: o.patient.nationalID, Lang: o.patient.lang},
	}
}

// handOver delivers what waits in the outbox to the portal.
func (c *clinician) handOver(ctx context.Context) (int, error) {
	return c.service.Drain(ctx, c.store, c)
}

// Deliver makes the clinician's site the prescription service's deliverer. The
// identity number leaves for the portal only, in the body of the request.
func (c *clinician) Deliver(ctx context.Context, d prescription.Delivery) error {
	p := d.Prescription
	if d.Message.Event != prescription.EventPrescribe {
		return c.portal.post(ctx, "/tasks/"+string(p.ID)+"/withdrawal", withdrawal{Event: string(d.Message.Event)}, nil)
	}
	return c.portal.post(ctx, "/tasks", task{
		ID: string(p.ID), Tool: string(p.Tool), Unit: string(p.Unit), Text: p.Text, Deadline: p.Expires,
		NationalID: p.Patient.NationalID.Reveal("address the task to the citizen"),
	}, nil)
}

// cancel takes a prescription back in the version that the clinician has seen, and tells the portal.
func (c *clinician) cancel(ctx context.Context, ref prescription.Ref, reason string) error {
	if _, err := c.service.Cancel(ctx, c.store, ref, therapist, reason); err != nil {
		return err
	}
	_, err := c.handOver(ctx)
	if err != nil {
		c.log.Warn("the portal will be told later", "prescription", string(ref.ID))
	}
	return nil
}

// reported takes what the tool has told the portal.
func (c *clinician) reported(ctx context.Context, r *http.Request, s status) (any, int) {
	_, applied, err := c.service.Apply(ctx, c.store, prescription.Report{
		ID: s.ID, Prescription: prescription.ID(r.PathValue("id")), Event: prescription.Event(s.Event), At: s.At,
		By: prescription.Actor{Role: prescription.RoleTool, ID: "tool"},
	})
	if err != nil {
		return map[string]string{"error": err.Error()}, http.StatusBadRequest
	}
	return map[string]prescription.Applied{"applied": applied}, http.StatusOK
}

// sentIDs lists what the journal says was sent, newest first: identifiers are UUIDv7 and sort by time.
func (c *clinician) sentIDs(ctx context.Context) ([]prescription.ID, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT id FROM demo_journal ORDER BY id DESC LIMIT 100`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []prescription.ID
	for rows.Next() {
		var id prescription.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func newKey() string { return rand.Text() }
