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

// transfer hands a prescription that has been started to a colleague; both are told, and only one of them can act on it.
func (s *script) transfer(ctx context.Context) (string, error) {
	seen, err := s.expect(ctx, prescription.Started)
	if err != nil {
		return "", err
	}
	from, to := colleagues[0], colleagues[1]
	ref := prescription.Ref{ID: seen.ID, Version: seen.Version}
	if err := s.clinician.transfer(ctx, from.Actor, to.Actor, ref, prescription.ReasonOther); err != nil {
		return "", err
	}
	for _, c := range []colleague{from, to} {
		if err := s.wasTold(ctx, c, prescription.EventTransfer); err != nil {
			return "", err
		}
	}
	err = s.clinician.extend(ctx, from.Actor, ref, seen.Expires.AddDate(0, 0, 7))
	if !errors.Is(err, prescription.ErrConflict{}) {
		return "", fmt.Errorf("extending the version from before gave %v, want %v", err, prescription.ErrConflict{})
	}
	after, err := s.expect(ctx, prescription.Started)
	return fmt.Sprintf("%s follows %s after %s, and both are told; who acts on the old page is asked to look again", after.Prescriber.ID, after.ID, from.ID), err
}

// wasTold wants a message about the prescription in a therapist's inbox.
func (s *script) wasTold(ctx context.Context, whom colleague, of prescription.Event) error {
	messages, err := s.clinician.inbox(ctx, whom.ID)
	for _, m := range messages {
		if m.Prescription == s.sent.ID && m.Event == of {
			return nil
		}
	}
	return fmt.Errorf("%s was not told of %s (%v)", whom.ID, of, err)
}

// cancelBegun takes back what the citizen has begun: the clinician asks, and it ends when the citizen has seen it.
func (s *script) cancelBegun(ctx context.Context) (string, error) {
	id, err := s.begun(ctx, "visit-6")
	if err != nil {
		return "", err
	}
	seen, err := s.expect(ctx, prescription.Started)
	if err != nil {
		return "", err
	}
	err = s.clinician.cancel(ctx, colleagues[0].Actor, prescription.Ref{ID: seen.ID, Version: seen.Version}, prescription.ReasonNoLongerNeeded)
	if err != nil {
		return "", err
	}
	asked, err := s.expect(ctx, prescription.CancelAsked)
	if err != nil {
		return "", err
	}
	if _, err := s.browser.page(ctx, http.StatusOK, s.taskAddress(), url.Values{"do": {"end"}}); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Cancelled)
	return fmt.Sprintf("%s of %s was started: %s (%s), and %s when the citizen confirms", p.ID, id, asked.State, asked.Reason, p.State), err
}

// begun sends a tool that is started from Helsenorge, and starts it.
func (s *script) begun(ctx context.Context, key string) (catalogue.ToolID, error) {
	id, err := s.sendAnother(ctx, key, 0)
	if err != nil {
		return id, err
	}
	if err := s.logIn(ctx, 0); err != nil {
		return id, err
	}
	_, err = s.enter(ctx, string(s.sent.ID), 0, 0)
	return id, err
}

// declined lets the citizen say no.
func (s *script) declined(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-7", 0)
	if err != nil {
		return "", err
	}
	if _, err := s.browser.page(ctx, http.StatusOK, s.taskAddress(), url.Values{"do": {"decline"}}); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Declined)
	return fmt.Sprintf("%s of %s is %s, and the clinician is told", p.ID, id, p.State), errors.Join(err, s.wasTold(ctx, colleagues[0], prescription.EventDecline))
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
	_, unstarted := s.portal.startable(s.portal.people[0], string(p.ID))
	if !errors.Is(refused, catalogue.ErrWithdrawn) || !errors.Is(unstarted, catalogue.ErrWithdrawn) {
		return "", fmt.Errorf("prescribing gave %v and launching gave %v, want %v of both", refused, unstarted, catalogue.ErrWithdrawn)
	}
	return fmt.Sprintf("%s: prescribing says %q, launching says %q", demoTool, refused, unstarted), nil
}

// takenBack lets the clinician take a prescription back after delivery: the citizen can no longer start it.
func (s *script) takenBack(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-5", 0)
	if err != nil {
		return "", err
	}
	seen, err := s.expect(ctx, prescription.Delivered)
	if err != nil {
		return "", err
	}
	err = s.clinician.cancel(ctx, colleagues[0].Actor, prescription.Ref{ID: seen.ID, Version: seen.Version}, prescription.ReasonNoLongerNeeded)
	if err != nil {
		return "", err
	}
	_, unstarted := s.portal.startable(s.portal.people[0], string(seen.ID))
	if !errors.Is(unstarted, errTakenBack) {
		return "", fmt.Errorf("launching gave %v, want %v", unstarted, errTakenBack)
	}
	p, err := s.expect(ctx, prescription.Cancelled)
	return fmt.Sprintf("%s of %s is %s (%s): launching says %q", p.ID, id, p.State, p.Reason, unstarted), err
}

// expired lets a deadline pass between delivery and start.
func (s *script) expired(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-4", 0)
	if err != nil {
		return "", err
	}
	s.clock.advance(s.sent.Expires.Sub(s.clock.now()))
	_, unstarted := s.portal.startable(s.portal.people[0], string(s.sent.ID))
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
	return fmt.Sprintf("%s of %s is %s since %s: launching says %q, a late start changes nothing",
		p.ID, id, p.StateAt(s.clock.now()), p.Expires.Format(time.DateOnly), unstarted), err
}

// count reads the statistics of all that was sent: groups that are too small show as stars.
func (s *script) count(ctx context.Context) (string, error) {
	counted, err := s.clinician.year(ctx, s.clinician.store, 0)
	if err != nil {
		return "", err
	}
	if len(counted.Groups) != 1 {
		return "", fmt.Errorf("%d groups, want one for all", len(counted.Groups))
	}
	g := counted.Groups[0]
	return strings.Join([]string{"sent " + g.Sent.String(), "delivered " + g.Delivered.String(), "opened " + g.Opened.String(), "started " + g.Started.String(),
		"completed " + g.Completed.String()}, ", ") + fmt.Sprintf(" (* is fewer than %d)", counted.Least), nil
}
