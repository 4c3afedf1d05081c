package oppgave

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Policy refuses a request that Helsenorge would refuse, for
// [prescription.Config.Policy]: the error wraps a [*Rule] for each rule that is
// broken. It asks nobody: whether the citizen is digitally active is not known,
// see [Deliverer.DigitallyActive]; nor is the id, which must become a GUID, as
// those are that the service makes. Where neither request nor unit says how long
// it lasts, [prescription.DefaultDays] are assumed.
func (d *Deliverer) Policy(_ context.Context, r prescription.Request, tool catalogue.Tool, unit catalogue.Unit) error {
	now := d.cfg.Now()
	days := cmp.Or(r.Days, unit.Days, prescription.DefaultDays)
	p := prescription.Prescription{ID: someID, Tenant: r.Tenant, Tool: tool.ID, Unit: unit.ID, Patient: r.Patient, Prescriber: r.Prescriber,
		Text: unit.PatientText.In(r.Patient.Lang), State: prescription.Sent, Issued: now, Expires: now.Add(time.Duration(days) * 24 * time.Hour)}
	return d.task(p, tool).check(now, d.limits())
}

// someID stands for the id that a prescription will get.
const someID prescription.ID = "00000000-0000-4000-8000-00000000000a"

// ChangePolicy refuses a change that Helsenorge would refuse, for
// [prescription.Config.ChangePolicy]: the error wraps a [*Rule] for each rule
// that is broken. What never reaches Helsenorge is not refused.
func (d *Deliverer) ChangePolicy(before prescription.Prescription, c prescription.Change) error {
	if before.StateAt(c.Received).Ended() {
		return nil
	}
	on := Standing{Status: Ready}
	on.Deadline, on.Final = d.deadlines(before.Expires)
	switch {
	case c.Event == prescription.EventExtend:
		return CheckUpdate(d.extension(c.Expires), on, c.Received)
	case slices.Contains(endings, c.Event):
		return CheckUpdate(d.ending(before, Cancelled), on, c.Received)
	}
	return nil
}

// endings are the events that may end a task.
var endings = []prescription.Event{prescription.EventCancel, prescription.EventConfirmCancel, prescription.EventEnterInError,
	prescription.EventSupersede, prescription.EventDecline, prescription.EventFail, prescription.EventComplete}

func (d *Deliverer) limits() limits {
	return limits{d.cfg.MaxTitle, d.cfg.MaxDescription, d.cfg.AllowLoopback}
}

// task is what Helsenorge is told of a prescription.
func (d *Deliverer) task(p prescription.Prescription, tool catalogue.Tool) Task {
	from, known := d.cfg.Senders(p.Tenant)
	if !known {
		from = Sender{}
	}
	t := Task{ID: p.ID, Tool: p.Tool, Unit: p.Unit, Citizen: p.Patient.NationalID, Sender: from,
		SensitiveSender: !from.NameRevealsNothingAboutHealthUnsafe, Area: d.cfg.Area, Priority: d.cfg.Priority,
		Title: tool.Name.In(p.Patient.Lang), Description: p.Text, Link: d.cfg.Link(p, tool), OnBehalf: tool.Access.OnBehalf}
	t.Deadline, t.Final = d.deadlines(p.Expires)
	return t
}

// deadlines are those of a prescription that expires then; final is zero if there is one.
func (d *Deliverer) deadlines(expires time.Time) (deadline, final time.Time) {
	expires = expires.UTC().Truncate(time.Second)
	if d.cfg.Early == 0 {
		return expires, time.Time{}
	}
	return expires.Add(-d.cfg.Early).Truncate(time.Second), expires
}

func (d *Deliverer) extension(expires time.Time) Update {
	var u Update
	u.Deadline, u.Final = d.deadlines(expires)
	return u
}

// ending ends a task, with a reason if it is taken back. It carries both deadlines
// if there are two.
func (d *Deliverer) ending(p prescription.Prescription, status Status) Update {
	u := Update{Status: status}
	if status == Cancelled {
		u.Reason = reasonText(p).In(p.Patient.Lang)
	}
	if d.cfg.Early != 0 {
		u.Deadline, u.Final = d.deadlines(p.Expires)
	}
	return u
}
