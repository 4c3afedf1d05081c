package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// launch logs the citizen in at the portal, starts the task and lands in the tool.
func (s *script) launch(ctx context.Context) (string, error) {
	var err error
	if s.browser, err = newBrowser(); err != nil {
		return "", err
	}
	if _, err := s.page(ctx, http.StatusOK, s.portal.url+"/login", url.Values{"person": {s.portal.people[0].id}}); err != nil {
		return "", err
	}
	who, err := s.startTask(ctx, string(s.sent.ID))
	if err != nil {
		return "", err
	}
	if who.Task != "Task/"+string(s.sent.ID) {
		return "", fmt.Errorf("the tool was told of %s, want Task/%s", who.Task, s.sent.ID)
	}
	return fmt.Sprintf("message %s from %s: %s does %s (%s, %s)", who.MessageID, who.Issuer, who.Patient, who.Task, who.Profile, who.Assurance), nil
}

// page posts a form and wants an answer with this code.
func (s *script) page(ctx context.Context, want int, address string, fields url.Values) (string, error) {
	page, code, err := s.browser.submit(ctx, address, fields)
	if err == nil && code != want {
		err = fmt.Errorf("%s answered %d, want %d", address, code, want)
	}
	return page, err
}

// startTask presses start in the portal, carries the message to the tool and asks the tool who has come.
func (s *script) startTask(ctx context.Context, id string) (whoami, error) {
	page, err := s.page(ctx, http.StatusOK, s.portal.url+"/start", url.Values{"task": {id}})
	if err != nil {
		return whoami{}, err
	}
	action, message, err := launchForm(page)
	if err != nil {
		return whoami{}, err
	}
	s.message = message
	if _, err := s.page(ctx, http.StatusOK, action, url.Values{"token": {message}}); err != nil {
		return whoami{}, err
	}
	return s.browser.whoami(ctx, s.tool.url)
}

// launchAgain sends the message that has been used.
func (s *script) launchAgain(ctx context.Context) (string, error) {
	if _, err := s.page(ctx, http.StatusForbidden, s.tool.url+"/launch", url.Values{"token": {s.message}}); err != nil {
		return "", err
	}
	return "the same message is refused the second time (403)", nil
}

// launchChanged sends a fresh message with one character of its payload changed.
func (s *script) launchChanged(ctx context.Context) (string, error) {
	page, err := s.page(ctx, http.StatusOK, s.portal.url+"/start", url.Values{"task": {string(s.sent.ID)}})
	if err != nil {
		return "", err
	}
	_, message, err := launchForm(page)
	if err != nil {
		return "", err
	}
	if _, err := s.page(ctx, http.StatusForbidden, s.tool.url+"/launch", url.Values{"token": {changed(message)}}); err != nil {
		return "", err
	}
	if _, err := s.page(ctx, http.StatusOK, s.tool.url+"/launch", url.Values{"token": {message}}); err != nil {
		return "", fmt.Errorf("the untouched message after it: %w", err)
	}
	return "a message with one character changed is refused (403), untouched it passes (200)", nil
}

// changed swaps one character in the middle of the signature, where every character counts whole.
func changed(message string) string {
	at := strings.LastIndexByte(message, '.') + 20
	other := byte('A')
	if message[at] == other {
		other = 'B'
	}
	return message[:at] + string(other) + message[at+1:]
}

func (s *script) reportStart(ctx context.Context) (string, error) {
	p, err := s.expect(ctx, prescription.Started)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s is %s since %s", p.ID, p.State, p.Started.Format(time.DateTime)), nil
}

func (s *script) reportDone(ctx context.Context) (string, error) {
	s.clock.advance(40 * time.Minute)
	if _, err := s.page(ctx, http.StatusOK, s.tool.url+"/done", nil); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Completed)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s is %s since %s", p.ID, p.State, p.Completed.Format(time.DateTime)), nil
}

// reportAgain repeats the last report, and then sends a start that comes after the end.
func (s *script) reportAgain(ctx context.Context) (string, error) {
	before, err := s.expect(ctx, prescription.Completed)
	if err != nil {
		return "", err
	}
	if _, err := s.page(ctx, http.StatusOK, s.tool.url+"/done", nil); err != nil {
		return "", err
	}
	late := status{ID: s.key("late-start"), Event: string(prescription.EventStart), At: s.clock.now()}
	var answer map[string]prescription.Applied
	if err := s.tool.reports.post(ctx, "/tasks/"+string(s.sent.ID)+"/status", late, &answer); err != nil {
		return "", err
	}
	after, err := s.expect(ctx, prescription.Completed)
	switch {
	case err != nil:
		return "", err
	case answer["applied"] != prescription.Late || after.Version != before.Version:
		return "", fmt.Errorf("version %d became %d and the late start was %q", before.Version, after.Version, answer["applied"])
	}
	return fmt.Sprintf("nothing changed: %s is still %s, version %d", after.ID, after.State, after.Version), nil
}

func (s *script) see(ctx context.Context) (string, error) {
	trail, err := s.clinician.store.Audit(ctx, s.sent.ID)
	if err != nil {
		return "", err
	}
	if err := prescription.VerifyAudit(trail); err != nil {
		return "", err
	}
	var events []string
	for _, e := range trail {
		events = append(events, fmt.Sprintf("%s by %s at %s", e.Event, e.By.Role, e.At.Format("15:04")))
	}
	return fmt.Sprintf("%d audit rows, chain whole: %s", len(trail), strings.Join(events, ", ")), nil
}

// startAlone takes a tool that needs no prescription, from the citizen's click to done.
func (s *script) startAlone(ctx context.Context) (string, error) {
	tool, err := s.choosable()
	if err != nil {
		return "", err
	}
	t, err := s.portal.choose(s.portal.people[0], tool)
	if err != nil {
		return "", err
	}
	who, err := s.startTask(ctx, t.ID)
	if err != nil {
		return "", err
	}
	if _, err := s.page(ctx, http.StatusOK, s.tool.url+"/done", nil); err != nil {
		return "", err
	}
	done := s.portal.list(s.portal.people[0])
	for _, d := range done {
		if d.ID == t.ID && d.State == "completed" {
			return fmt.Sprintf("%s launched as %s with message %s, and done", tool, who.Task, who.MessageID), nil
		}
	}
	return "", fmt.Errorf("task %s of %s is not done", t.ID, tool)
}

func (s *script) choosable() (catalogue.ToolID, error) {
	for _, tool := range s.catalogue.Index().Tools() {
		if !tool.Access.RequiresPrescription && !tool.Access.WithoutLogin && tool.CheckStart(s.clock.now()) == nil {
			return tool.ID, nil
		}
	}
	return "", errors.New("the catalogue has no tool to start alone")
}

// withdrawn sends and delivers a tool, withdraws it, and then neither a prescription nor a launch may pass.
func (s *script) withdrawn(ctx context.Context) (string, error) {
	o, err := s.order(demoTool, s.key("visit-2"))
	if err != nil {
		return "", err
	}
	p, err := s.clinician.prescribe(ctx, o)
	if err != nil {
		return "", err
	}
	if _, err := s.clinician.handOver(ctx); err != nil {
		return "", err
	}
	if err := s.withdraw(ctx); err != nil {
		return "", err
	}
	o.key = s.key("visit-3")
	_, refused := s.clinician.prescribe(ctx, o)
	_, _, unstarted := s.portal.start(s.portal.people[0], string(p.ID), "nb")
	if !errors.Is(refused, catalogue.ErrWithdrawn) || !errors.Is(unstarted, catalogue.ErrWithdrawn) {
		return "", fmt.Errorf("prescribing gave %v and launching gave %v, want %v of both", refused, unstarted, catalogue.ErrWithdrawn)
	}
	return fmt.Sprintf("%s: prescribing says %q, launching says %q", demoTool, refused, unstarted), nil
}

// takenBack lets the clinician take a prescription back after delivery: the citizen can no longer start it.
func (s *script) takenBack(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-5")
	if err != nil {
		return "", err
	}
	seen, err := s.expect(ctx, prescription.Delivered)
	if err != nil {
		return "", err
	}
	if err := s.clinician.cancel(ctx, prescription.Ref{ID: seen.ID, Version: seen.Version}, prescription.ReasonNoLongerNeeded); err != nil {
		return "", err
	}
	_, _, unstarted := s.portal.start(s.portal.people[0], string(seen.ID), "nb")
	if !errors.Is(unstarted, errTakenBack) {
		return "", fmt.Errorf("launching gave %v, want %v", unstarted, errTakenBack)
	}
	p, err := s.expect(ctx, prescription.Cancelled)
	return fmt.Sprintf("%s of %s is %s (%s): launching says %q", p.ID, id, p.State, p.Reason, unstarted), err
}

// expired lets a deadline pass between delivery and start.
func (s *script) expired(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-4")
	if err != nil {
		return "", err
	}
	s.clock.advance(s.sent.Expires.Sub(s.clock.now()))
	_, _, unstarted := s.portal.start(s.portal.people[0], string(s.sent.ID), "nb")
	if !errors.Is(unstarted, errDeadline) {
		return "", fmt.Errorf("launching gave %v, want %v", unstarted, errDeadline)
	}
	late := prescription.Report{ID: s.key("after-the-deadline"), Prescription: s.sent.ID, Event: prescription.EventStart, At: s.clock.now(),
		By: prescription.Actor{Role: prescription.RoleTool, ID: "tool"}}
	_, applied, err := s.clinician.service.Apply(ctx, s.clinician.store, late)
	if err != nil || applied != prescription.Late {
		return "", fmt.Errorf("a start after the deadline was %q (%v), want %q", applied, err, prescription.Late)
	}
	p, err := s.expect(ctx, prescription.Expired)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s of %s is %s since %s: launching says %q, a late start changes nothing",
		p.ID, id, p.StateAt(s.clock.now()), p.Expires.Format(time.DateOnly), unstarted), nil
}

// sendAnother prescribes the first tool that can be had, and hands it over.
func (s *script) sendAnother(ctx context.Context, key string) (catalogue.ToolID, error) {
	id, err := s.prescribable()
	if err != nil {
		return "", err
	}
	o, err := s.order(id, s.key(key))
	if err != nil {
		return "", err
	}
	if s.sent, err = s.clinician.prescribe(ctx, o); err != nil {
		return "", err
	}
	_, err = s.clinician.handOver(ctx)
	return id, err
}

func (s *script) prescribable() (catalogue.ToolID, error) {
	for _, tool := range s.catalogue.Index().Tools() {
		if len(tool.Units) > 0 && tool.CheckPrescribe(tool.Units[0].ID, s.clock.now()) == nil {
			return tool.ID, nil
		}
	}
	return "", errors.New("the catalogue has no tool to prescribe")
}
