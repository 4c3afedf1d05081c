package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// past is what the clinic had sent before the demo began: to the demo's own
// people, and to patients of whom nothing is shown but numbers.
type past struct {
	tool    catalogue.ToolID
	patient string // a citizen's id, or empty for somebody who is not in the demo
	days    int    // ago
	events  string // what happened, one letter each, a few days apart: (o)pened, (s)tarted, (c)ompleted, (d)eclined
	times   int    // how many such
}

var pastOnes = []past{
	{tool: "sovn-steg-for-steg", patient: "citizen-Q7HV2M", days: 12},
	{tool: "lysglimt", patient: "citizen-4KXW9C", days: 30, events: "os"},
	{tool: "lengre-lunte", patient: "citizen-T3NBZ8", days: 60, events: "osc"},
	{tool: "sovn-steg-for-steg", days: 80, events: "osc", times: 7},
	{tool: "sovn-steg-for-steg", days: 40, events: "os", times: 4},
	{tool: "sovn-steg-for-steg", days: 25, events: "o", times: 3},
	{tool: "sovn-steg-for-steg", days: 100, times: 6},
	{tool: "lysglimt", days: 90, events: "osc", times: 6},
	{tool: "lysglimt", days: 35, events: "o", times: 5},
	{tool: "gjennom-bolgen", days: 50, events: "d", times: 2},
	{tool: "etter-stormen", days: 45, events: "osc", times: 3},
}

// recall writes the past. Done again, it changes nothing: each has a key of its own.
func (c *clinician) recall(ctx context.Context) error {
	now := c.now()
	for i, p := range pastOnes {
		for n := range max(p.times, 1) {
			if err := c.recallOne(ctx, p, fmt.Sprintf("past-%d-%d", i, n), now.AddDate(0, 0, -p.days-n)); err != nil {
				return fmt.Errorf("the past: %s: %w", p.tool, err)
			}
		}
	}
	_, err := c.handOver(ctx)
	return err
}

// letters are the events of a past prescription.
var letters = map[rune]prescription.Event{'o': prescription.EventOpen, 's': prescription.EventStart, 'c': prescription.EventComplete,
	'd': prescription.EventDecline}

// recallOne writes one of them, as if at that time: what is reported of it comes a few days apart.
func (c *clinician) recallOne(ctx context.Context, p past, key string, at time.Time) error {
	clock := at
	then := *c
	then.now = func() time.Time { return clock }
	var err error
	if then.service, err = c.serviceAt(then.now, false); err != nil {
		return err
	}
	sent, err := then.prescribe(ctx, c.orderOf(p, key))
	if err != nil {
		return err
	}
	if elsewhere(sent) {
		if err := c.told(ctx, sent.ID, at); err != nil {
			return err
		}
	}
	err = then.recallReport(ctx, sent.ID, prescription.EventDeliver, prescription.Actor{Role: prescription.RoleSystem, ID: "outbox"})
	for _, letter := range p.events {
		if err == nil {
			clock = clock.AddDate(0, 0, 3)
			err = then.recallReport(ctx, sent.ID, letters[letter], prescription.Actor{Role: prescription.RoleTool, ID: "tool"})
		}
	}
	return err
}

// told takes the announcement of a prescription out of the outbox: it was
// delivered then, to a portal that the demo does not have.
func (c *clinician) told(ctx context.Context, id prescription.ID, at time.Time) error {
	waiting, err := c.store.Claim(ctx, at, at.Add(time.Second), len(pastOnes)*10)
	for _, m := range waiting {
		if err == nil && m.Prescription == id {
			err = c.store.Done(ctx, m.ID)
		}
	}
	return err
}

func (c *clinician) recallReport(ctx context.Context, id prescription.ID, e prescription.Event, by prescription.Actor) error {
	_, _, err := c.service.Apply(ctx, c.store, prescription.Report{ID: "past-" + string(e), Prescription: id, Event: e, At: c.now(), By: by})
	return err
}

// orderOf is to one of the demo's people by the first of the colleagues, or to and by somebody who is not in the demo.
func (c *clinician) orderOf(p past, key string) order {
	o := order{by: colleagues[0].Actor, key: key, tool: p.tool, unit: c.firstUnit(p.tool), acknowledged: true, note: "sent a digital tool"}
	var found bool
	if o.patient, found = find(c.people, p.patient); !found {
		o.patient, o.by.ID = citizen{id: stranger + key, born: born(1985, time.April, 9), lang: "nb"}, "therapist-40"
	}
	return o
}

func (c *clinician) firstUnit(id catalogue.ToolID) catalogue.UnitID {
	tool, found := c.catalogue.Get(id)
	if !found || len(tool.Units) == 0 {
		return ""
	}
	return tool.Units[0].ID
}

// stranger begins the pseudonyms of patients who are not among the demo's people.
const stranger = "not-in-the-demo-"

// elsewhere says that a prescription is for somebody whom the demo's portal does not know.
func elsewhere(p prescription.Prescription) bool {
	return strings.HasPrefix(p.Patient.Pseudonym, stranger)
}
