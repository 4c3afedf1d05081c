package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// handOver delivers what waits in the outbox: to the portal what the citizen is
// to know, and to the inbox what a therapist is to know.
func (c *clinician) handOver(ctx context.Context) (int, error) {
	return c.service.Drain(ctx, c.store, c.routes())
}

func (c *clinician) routes() prescription.Routes {
	return prescription.Routes{prescription.ForPortal: toPortal{c}, prescription.ForTherapist: toTherapist{c}}
}

// tellSoon is handOver for a page that goes on whatever becomes of it: what is
// not delivered waits in the outbox, and the page of the prescription says so.
func (c *clinician) tellSoon(ctx context.Context, id prescription.ID) {
	if _, err := c.handOver(ctx); err != nil {
		c.log.Warn("somebody will be told later", "prescription", string(id))
	}
}

// toPortal tells the portal how a prescription stands. The identity number leaves
// for the portal only, in the body of the request.
type toPortal struct{ *clinician }

func (c toPortal) Deliver(ctx context.Context, d prescription.Delivery) error {
	p := d.Prescription
	if elsewhere(p) {
		return nil
	}
	sender, _ := colleagueOf(p.Prescriber.ID)
	author, err := c.author(ctx, p.ID)
	if err != nil {
		return err
	}
	return c.portal.post(ctx, "/tasks", task{
		ID: string(p.ID), Tool: string(p.Tool), Unit: string(p.Unit), Text: p.Text, Lang: p.Patient.Lang, Author: author, Sender: sender.name,
		Deadline: p.Expires, State: p.StateAt(c.now()),
		NationalID: p.Patient.NationalID.Reveal("address the task to the citizen"),
	}, nil)
}

// author is who prescribed, whoever follows it up now: the first entry of the audit trail tells.
func (c *clinician) author(ctx context.Context, id prescription.ID) (string, error) {
	entries, err := c.store.Audit(ctx, id)
	if err != nil || len(entries) == 0 {
		return "", err
	}
	by, _ := colleagueOf(entries[0].By.ID)
	return by.name, nil
}

// toTherapist puts a message into the inbox of a therapist, once.
type toTherapist struct{ *clinician }

func (c toTherapist) Deliver(ctx context.Context, d prescription.Delivery) error {
	whom := d.Message.Recipient
	if whom == "" {
		whom = d.Prescription.Prescriber.ID
	}
	_, err := c.db.ExecContext(ctx, `INSERT INTO demo_inbox (id, therapist, prescription, event, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
		string(d.Message.ID), whom, string(d.Prescription.ID), string(d.Message.Event), c.now().UnixMicro())
	return err
}

// reports takes what tools report, which the portal passes on: it says which tool it is.
func (c *clinician) reports() (http.Handler, error) {
	return report.NewHandler(report.HandlerConfig{Service: c.service, Store: c.store, Logger: c.log,
		Authenticate: func(r *http.Request) (report.Caller, error) {
			if !knows(r, c.secret) {
				return report.Caller{}, errNoSecret
			}
			return report.Caller{Tool: catalogue.ToolID(r.Header.Get(toolHeader)), ID: "tool"}, nil
		}})
}

var errNoSecret = errors.New("the sender does not know the secret")

// toolHeader names the tool whose report the portal passes on.
const toolHeader = "Demo-Tool"

// said takes what the citizen did at the portal.
func (c *clinician) said(ctx context.Context, r *http.Request, s status) (any, int) {
	_, applied, err := c.service.Apply(ctx, c.store, prescription.Report{
		ID: s.ID, Prescription: prescription.ID(r.PathValue("id")), Event: s.Event, At: s.At,
		By: prescription.Actor{Role: prescription.RoleCitizen, ID: "portal"},
	})
	if err != nil {
		return map[string]string{"error": "this cannot be taken"}, http.StatusBadRequest
	}
	c.tellSoon(ctx, prescription.ID(r.PathValue("id")))
	return map[string]prescription.Applied{"applied": applied}, http.StatusOK
}
