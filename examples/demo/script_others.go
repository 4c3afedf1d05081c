package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/prescription"
)

// forChild sends a child a tool; the mother starts it for her.
func (s *script) forChild(ctx context.Context) (string, error) {
	id, err := s.sendAnother(ctx, "visit-8", child)
	if err != nil {
		return "", err
	}
	if err := s.logIn(ctx, 0); err != nil {
		return "", err
	}
	who, err := s.enter(ctx, string(s.sent.ID), 0, child)
	if err != nil {
		return "", err
	}
	if who.Acting != string(launch.ActingParent) {
		return "", fmt.Errorf("the tool was told that the mother is %q, want %q", who.Acting, launch.ActingParent)
	}
	if err := s.press(ctx, "done"); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Completed)
	return fmt.Sprintf("%s of %s: the mother does it for %s (%s), and it is %s", p.ID, id, who.Patient, who.Acting, p.State), err
}

// child is the place of the child among the demo's people; she is the first one's.
const child = 3

// startAlone takes a tool that needs no prescription, from the citizen's click to done.
func (s *script) startAlone(ctx context.Context) (string, error) {
	tool, err := s.choosable(catalogue.ProfileHelsenorge)
	if err != nil {
		return "", err
	}
	id, err := s.chosen(ctx, tool)
	if err != nil {
		return "", err
	}
	if _, err := s.enter(ctx, id, 0, 0); err != nil {
		return "", err
	}
	if err := s.press(ctx, "done"); err != nil {
		return "", err
	}
	if t, _ := s.portal.task(id); t.State != prescription.Completed {
		return "", fmt.Errorf("task %s of %s is %s, want %s", id, tool, t.State, prescription.Completed)
	}
	return fmt.Sprintf("%s chosen by the citizen, started with a login and done; no clinician is told", tool), nil
}

// chosen presses "add" in the portal and gives the task.
func (s *script) chosen(ctx context.Context, tool catalogue.ToolID) (string, error) {
	if _, err := s.browser.page(ctx, http.StatusOK, s.portal.url+"/mine", url.Values{"tool": {string(tool)}}); err != nil {
		return "", err
	}
	for _, t := range s.portal.list(s.portal.people[0]) {
		if t.Tool == string(tool) && !t.State.Ended() {
			return t.ID, nil
		}
	}
	return "", fmt.Errorf("%s is not on the list", tool)
}

func (s *script) choosable(by string) (catalogue.ToolID, error) {
	for _, tool := range s.catalogue.Index().Tools() {
		if !tool.Access.RequiresPrescription && profile(tool) == by && tool.CheckStart(s.clock.now()) == nil {
			return tool.ID, nil
		}
	}
	return "", errors.New("the catalogue has no tool to start alone by " + by)
}

// signedMessage starts a tool that takes signed messages: each is good once, and none that was changed.
func (s *script) signedMessage(ctx context.Context) (string, error) {
	tool, err := s.choosable(catalogue.ProfileHTI)
	if err != nil {
		return "", err
	}
	id, err := s.chosen(ctx, tool)
	if err != nil {
		return "", err
	}
	page, err := s.browser.page(ctx, http.StatusOK, s.portal.url+"/tasks/"+id, url.Values{"do": {"start"}})
	if err != nil {
		return "", err
	}
	action, message, err := launchForm(page)
	if err != nil {
		return "", err
	}
	signed := strings.LastIndexByte(message, '.') + 1
	for _, try := range []struct {
		message string
		want    int
	}{{message[:signed] + changed(message[signed:]), http.StatusForbidden}, {message, http.StatusOK}, {message, http.StatusForbidden}} {
		b := s.browser
		if try.want == http.StatusForbidden {
			b = s.newBrowser() // not where the message is at work
		}
		answer, err := b.Post(ctx, s.portal.url, action, url.Values{"token": {try.message}})
		if _, err := wanted(try.want, action)(answer, err); err != nil {
			return "", err
		}
	}
	who, err := s.browser.whoami(ctx, s.tool.url)
	return fmt.Sprintf("%s: %s does %s (%s, %s); changed or used again it is refused (403)", tool, who.Patient, who.Task, who.Profile, who.Assurance), err
}

// sendAnother prescribes the first tool that suits a person, and hands it over.
func (s *script) sendAnother(ctx context.Context, key string, person int) (catalogue.ToolID, error) {
	whom := s.clinician.people[person]
	id, err := s.prescribable(whom)
	if err != nil {
		return "", err
	}
	o, err := s.order(id, s.key(key))
	if err != nil {
		return "", err
	}
	o.patient = whom
	if s.sent, err = s.clinician.prescribe(ctx, o); err != nil {
		return "", err
	}
	_, err = s.clinician.handOver(ctx)
	return id, err
}

func (s *script) prescribable(whom citizen) (catalogue.ToolID, error) {
	for _, tool := range s.catalogue.Index().Tools() {
		suits := tool.Ages.Include(whom.age(s.clock.now())) && (!whom.small || tool.Access.OnBehalf && tool.Ages != nil)
		if suits && profile(tool) == catalogue.ProfileHelsenorge && sendable(tool, s.clock.now()) {
			return tool.ID, nil
		}
	}
	return "", fmt.Errorf("the catalogue has no tool to prescribe to somebody of %d", whom.age(s.clock.now()))
}
