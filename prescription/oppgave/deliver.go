package oppgave

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Deliver implements [prescription.Deliverer]; the package comment says what
// becomes of each event. It may be repeated: Helsenorge knows a task by its
// identifier, and a change that was made is made again. Errors are a [*Rule], an
// [*Error], or several of them; each has a Code. What trying again will not help
// wraps [prescription.ErrUndeliverable].
func (d *Deliverer) Deliver(ctx context.Context, dv prescription.Delivery) error {
	e := dv.Message.Event
	switch {
	case dv.Message.Audience != prescription.ForPortal:
		return fmt.Errorf("%w: oppgave delivers to the citizen's portal only", prescription.ErrUndeliverable)
	case e == prescription.EventPrescribe:
		return d.create(ctx, dv.Prescription)
	case e == prescription.EventExtend:
		return d.extend(ctx, dv.Prescription)
	case slices.Contains(endings, e):
		return d.end(ctx, dv.Prescription)
	}
	return nil
}

func (d *Deliverer) create(ctx context.Context, p prescription.Prescription) error {
	now := d.cfg.Now()
	tool, err := d.tool(p, now)
	if err != nil {
		return err
	}
	task := d.task(p, tool)
	if err := task.check(now, d.limits()); err != nil {
		return err
	}
	body, err := d.cfg.Wire.Task(task)
	if err != nil {
		return unwritten(OpCreate)
	}
	_, err = d.send(ctx, call{op: OpCreate, method: http.MethodPost, path: d.cfg.Paths.Create, body: body, kind: fhirJSON})
	if d.settled(err) {
		return nil // the identifier is this prescription's alone: an earlier try came through
	}
	return err
}

// tool finds the prescription's tool. What is withdrawn does not come back; a
// catalogue that could not be read, a pause and the like pass.
func (d *Deliverer) tool(p prescription.Prescription, now time.Time) (catalogue.Tool, error) {
	tool, known := d.cfg.Tools(p.Tool)
	if !known {
		return tool, ErrToolNotNow
	}
	switch err := tool.CheckPrescribe(p.Unit, now); {
	case errors.Is(err, catalogue.ErrWithdrawn):
		return tool, ErrTool
	case err != nil:
		return tool, ErrToolNotNow
	}
	return tool, nil
}

func (d *Deliverer) extend(ctx context.Context, p prescription.Prescription) error {
	if p.State.Ended() {
		return nil // there is no task to extend, or a message that takes it away follows
	}
	u := d.extension(p.Expires)
	if err := CheckUpdate(u, Standing{Status: Ready}, d.cfg.Now()); err != nil { // also if a wrong clock says so: it is kept then
		return err
	}
	err := d.patch(ctx, p, u)
	if d.settled(err) {
		return ErrEnded
	}
	return err
}

// end ends the task if the prescription has ended; it has not if the citizen has
// begun and nothing is confirmed.
func (d *Deliverer) end(ctx context.Context, p prescription.Prescription) error {
	status := d.cfg.Ends[p.State]
	if p.State == prescription.Cancelled || p.State == prescription.EnteredInError {
		status = Cancelled
	}
	if status == "" {
		return nil
	}
	err := d.patch(ctx, p, d.ending(p, status))
	if d.settled(err) {
		return nil // it has ended: an earlier try came through, or the citizen was first
	}
	return err
}

// patch changes the task. One that is not there, and of which nobody knows that
// it came, needs no change: if it is announced later, it is as it is by then.
func (d *Deliverer) patch(ctx context.Context, p prescription.Prescription, u Update) error {
	if !guid.MatchString(string(p.ID)) {
		return ErrIdentifier
	}
	body, err := d.cfg.Wire.Update(u)
	if err != nil {
		return unwritten(OpUpdate)
	}
	_, err = d.send(ctx, call{op: OpUpdate, method: http.MethodPatch, path: d.one(p.ID), body: body, kind: d.cfg.Wire.UpdateType})
	if is(err, http.StatusNotFound) && p.Delivered.IsZero() && p.Opened.IsZero() && p.Started.IsZero() {
		return nil
	}
	return err
}

func (d *Deliverer) one(id prescription.ID) string {
	return strings.Replace(d.cfg.Paths.One, "{id}", string(id), 1)
}

// Look asks how the task of a prescription stands, and gives what that reports,
// see [Reports]. That a task can be read by its id is assumed. Errors are a
// [*Rule], an [*Error] and [ErrTask].
func (d *Deliverer) Look(ctx context.Context, id prescription.ID) ([]prescription.Report, error) {
	if !guid.MatchString(string(id)) {
		return nil, ErrIdentifier
	}
	body, err := d.send(ctx, call{op: OpLook, method: http.MethodGet, path: d.one(id)})
	if err != nil {
		return nil, err
	}
	reports, err := Reports(body, d.cfg.Now())
	if err == nil && slices.ContainsFunc(reports, func(r prescription.Report) bool { return r.Prescription != id }) {
		return nil, fmt.Errorf("%w: it is about another prescription", ErrTask)
	}
	return reports, err
}

// DigitallyActive asks whether a citizen can be reached in the service area of
// the configuration. Ask before prescribing and not in a transaction, since it
// waits for the network; the answer may have changed when the task is sent.
// Errors are [ErrCitizen] and an [*Error].
func (d *Deliverer) DigitallyActive(ctx context.Context, id prescription.NationalID) (bool, error) {
	if id.IsZero() {
		return false, ErrCitizen
	}
	body, err := d.cfg.Wire.Question(id, d.cfg.Area)
	if err != nil {
		return false, unwritten(OpActive)
	}
	answer, err := d.send(ctx, call{op: OpActive, method: http.MethodPost, path: d.cfg.Paths.Active, body: body, kind: plainJSON})
	if err != nil {
		return false, err
	}
	active, err := d.cfg.Wire.Active(answer)
	if err != nil {
		return false, &Error{Operation: OpActive, Status: http.StatusOK, kind: ErrAnswer, what: "want what Config.Wire.Active reads"}
	}
	return active, nil
}

// settled says whether the API refused because there is nothing left to do.
func (d *Deliverer) settled(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status != 0 && d.cfg.Wire.Settled(e.Operation, e.Status, e.code)
}

// is says whether err is the API's answer with that status.
func is(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == status
}
