package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// tenant and therapist come from the login in a real EPR.
const (
	tenant     = "999999999" // the clinic's organisation number
	tenantName = "Nordvik DPS"
)

var therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}

// epr is the whole program.
type epr struct {
	options
	surroundings
	log     *slog.Logger
	known   map[catalogue.ToolID]catalogue.Tool // an EPR that searches has a catalogue.Live
	portal  prescription.Deliverer
	service *prescription.Service
	db      *sql.DB
	store   *prescriptionsql.Store
}

func newEPR(o options, s surroundings) (*epr, error) {
	e := &epr{options: o, surroundings: s, known: map[catalogue.ToolID]catalogue.Tool{}, log: slog.New(slog.NewTextHandler(s.err, nil))}
	d, err := document(o.catalogue)
	if err != nil {
		return nil, wrong("-catalogue: %w", err)
	}
	for _, t := range d.Tools {
		e.known[t.ID] = t
	}
	// The tools report here and not to the portal, so the worker tells the portal.
	cfg := prescription.Config{Tools: e.get, Now: s.now, Synthetic: true, RequireAge: true, TellPortal: true}
	if e.portal = e.printer(); o.oppgave != "" {
		helsenorge, err := oppgave.New(e.helsenorge())
		if err != nil {
			return nil, wrong("-oppgave: %w", err)
		}
		e.portal, cfg.Policy, cfg.ChangePolicy = helsenorge, helsenorge.Policy, helsenorge.ChangePolicy
	}
	for _, tool := range o.tools {
		if _, known := e.get(tool); !known {
			return nil, wrong("EPR_TOOL_SECRETS: there is a tool in it that is not in the catalogue")
		}
	}
	e.service, err = prescription.NewService(cfg)
	return e, err
}

func document(file string) (catalogue.Document, error) {
	if file == "" {
		return sample.Document()
	}
	f, err := os.Open(file)
	if err != nil {
		return catalogue.Document{}, err
	}
	defer f.Close()
	return catalogue.Read(f)
}

// get gives withdrawn ones too.
func (e *epr) get(id catalogue.ToolID) (catalogue.Tool, bool) {
	t, known := e.known[id]
	return t, known
}

// helsenorge says how to reach the task API. Real ones want the client of
// launch/helseid as HTTP, which brings a token.
func (e *epr) helsenorge() oppgave.Config {
	cfg := oppgave.Config{Address: e.oppgave, HTTP: &http.Client{Timeout: 15 * time.Second}, Tools: e.get, Area: oppgave.AreaCare,
		Link: oppgave.TaskLink, AllowLoopback: true, Now: e.now, Senders: func(of string) (oppgave.Sender, bool) {
			return oppgave.Sender{OrgNumber: tenant, Name: tenantName}, of == tenant
		}}
	if e.command == "worker" {
		cfg.Logger = e.log
	}
	return cfg
}

// printer takes the place of Helsenorge. It prints no identity number.
func (e *epr) printer() prescription.Deliverer {
	return deliver(func(_ context.Context, d prescription.Delivery) error {
		p := d.Prescription
		_, err := fmt.Fprintf(e.out, "to the portal: %s of %s: %s, unit %s, for %s until %s\n", d.Message.Event, p.ID, p.Tool, p.Unit,
			p.Patient.Pseudonym, p.Expires.Format(time.DateOnly))
		return err
	})
}

type deliver func(context.Context, prescription.Delivery) error

// Deliver implements [prescription.Deliverer].
func (f deliver) Deliver(ctx context.Context, d prescription.Delivery) error { return f(ctx, d) }
