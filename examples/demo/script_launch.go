package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// openTask logs the citizen in at the portal and looks at the task: the clinician sees that it was opened.
func (s *script) openTask(ctx context.Context) (string, error) {
	if err := s.logIn(ctx, 0); err != nil {
		return "", err
	}
	page, err := s.browser.open(ctx, http.StatusOK, s.taskAddress())
	if err != nil {
		return "", err
	}
	if !strings.Contains(page, s.sent.Text) {
		return "", fmt.Errorf("the task's page lacks the clinician's letter")
	}
	p, err := s.expect(ctx, prescription.Opened)
	return fmt.Sprintf("the citizen reads the letter: %s is %s since %s", p.ID, p.State, p.Opened.In(norway).Format("15:04")), err
}

// logIn begins with a new browser, as one of the demo's people.
func (s *script) logIn(ctx context.Context, person int) error {
	s.browser = s.newBrowser()
	_, err := s.browser.page(ctx, http.StatusOK, s.portal.url+"/", url.Values{"person": {s.portal.people[person].id}})
	return err
}

func (s *script) taskAddress() string { return s.portal.url + "/tasks/" + string(s.sent.ID) }

// launch presses start in the portal, logs in at Helsenorge and lands in the tool.
func (s *script) launch(ctx context.Context) (string, error) {
	who, err := s.enter(ctx, string(s.sent.ID), 0, 0)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("login at Helsenorge: %s does Task/%s (%s, %s)", who.Patient, who.Context.Get("task"), who.Profile, who.Assurance), nil
}

// enter starts a task, logs a person in, for that person or a child, and asks the tool who has come.
func (s *script) enter(ctx context.Context, id string, person, patient int) (whoami, error) {
	if err := s.atHelsenorge(ctx, id, person, patient); err != nil {
		return whoami{}, err
	}
	page, err := s.answer.Post(ctx)
	if _, err := wanted(http.StatusOK, s.answer.Action)(page, err); err != nil {
		return whoami{}, err
	}
	who, err := s.browser.whoami(ctx, s.tool.url)
	if err == nil && who.Context.Get("task") != id {
		err = fmt.Errorf("the tool was told of task %s, want %s", who.Context.Get("task"), id)
	}
	return who, err
}

// atHelsenorge presses start and logs in; the answer to the tool is on its way.
func (s *script) atHelsenorge(ctx context.Context, id string, person, patient int) error {
	page, err := s.browser.Post(ctx, s.portal.url, s.portal.url+"/tasks/"+id, url.Values{"do": {"start"}})
	if err != nil {
		return err
	}
	login := s.browser.At(page)
	if !login.AtHelsenorge() {
		return fmt.Errorf("starting %s leads to %s (%d), want the login at Helsenorge", id, page.URL.Path, page.Status)
	}
	s.answer, err = login.Choose(ctx, s.portal.people[person].id, s.portal.people[patient].id)
	return err
}

// launchAgain posts the answer of the login once more, from here and from another browser.
func (s *script) launchAgain(ctx context.Context) (string, error) {
	before, err := s.browser.whoami(ctx, s.tool.url)
	if err != nil {
		return "", err
	}
	page, err := s.answer.Post(ctx)
	if err != nil || page.Status != http.StatusOK {
		return "", fmt.Errorf("going back leads to %v (%v), want the exercise that is open", page, err)
	}
	after, err := s.browser.whoami(ctx, s.tool.url)
	if err != nil || after.MessageID != before.MessageID {
		return "", fmt.Errorf("the second answer began %v (%v)", after.MessageID, err)
	}
	page, err = s.answer.PostFrom(ctx, s.newBrowser().Browser)
	if _, err := wanted(http.StatusForbidden, s.answer.Action)(page, err); err != nil {
		return "", err
	}
	return "going back leads to the exercise that is open; in another browser the same answer is refused (403)", nil
}

// launchChanged changes the login's answer; the one that was not touched passes after it.
func (s *script) launchChanged(ctx context.Context) (string, error) {
	if err := s.atHelsenorge(ctx, string(s.sent.ID), 0, 0); err != nil {
		return "", err
	}
	state := s.answer.Fields.Get("state")
	s.answer.Fields.Set("state", changed(state))
	page, err := s.answer.Post(ctx)
	if _, err := wanted(http.StatusForbidden, s.answer.Action)(page, err); err != nil {
		return "", err
	}
	s.answer.Fields.Set("state", state)
	page, err = s.answer.Post(ctx)
	if _, err := wanted(http.StatusOK, s.answer.Action)(page, err); err != nil {
		return "", fmt.Errorf("the untouched answer after it: %w", err)
	}
	return "an answer with one character changed is refused (403), untouched it passes (200)", nil
}

// changed swaps one character in the middle.
func changed(text string) string {
	at := len(text) / 2
	other := byte('A')
	if text[at] == other {
		other = 'B'
	}
	return text[:at] + string(other) + text[at+1:]
}

// launchOther logs somebody else in than the one whose task it is.
func (s *script) launchOther(ctx context.Context) (string, error) {
	if err := s.atHelsenorge(ctx, string(s.sent.ID), 1, 1); err != nil {
		return "", err
	}
	page, err := s.answer.Post(ctx)
	if _, err := wanted(http.StatusForbidden, s.answer.Action)(page, err); err != nil {
		return "", err
	}
	if err := s.logIn(ctx, 0); err != nil {
		return "", err
	}
	_, err = s.enter(ctx, string(s.sent.ID), 0, 0)
	return "who logs in for a task that is not theirs gets no session (403); its owner comes back in", err
}

func (s *script) reportStart(ctx context.Context) (string, error) {
	p, err := s.expect(ctx, prescription.Started)
	return fmt.Sprintf("%s is %s since %s", p.ID, p.State, p.Started.Format(time.DateTime)), err
}

// press presses a button of the exercise.
func (s *script) press(ctx context.Context, button string) error {
	_, err := s.browser.page(ctx, http.StatusOK, s.tool.url+"/", url.Values{"do": {button}})
	return err
}

// pause rests, and goes on.
func (s *script) pause(ctx context.Context) (string, error) {
	if err := s.press(ctx, "pause"); err != nil {
		return "", err
	}
	if _, err := s.expect(ctx, prescription.Paused); err != nil {
		return "", err
	}
	if err := s.press(ctx, "resume"); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Started)
	return fmt.Sprintf("the citizen rests and goes on: paused, then %s", p.State), err
}

func (s *script) reportDone(ctx context.Context) (string, error) {
	s.clock.advance(20 * time.Minute)
	if err := s.press(ctx, "done"); err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Completed)
	return fmt.Sprintf("%s is %s since %s", p.ID, p.State, p.Completed.Format(time.DateTime)), err
}

// reportAgain presses done once more, and then sends a start that comes after the end.
func (s *script) reportAgain(ctx context.Context) (string, error) {
	before, err := s.expect(ctx, prescription.Completed)
	if err != nil {
		return "", err
	}
	if err := s.press(ctx, "done"); err != nil {
		return "", err
	}
	late := map[string]any{"version": 1, "id": s.key("late-start"), "sequence": 9, "task": string(s.sent.ID), "event": "start", "at": s.clock.now().UTC()}
	var answer map[string]prescription.Applied
	if err := s.tool.portal.post(ctx, "/reports", late, &answer); err != nil {
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
		events = append(events, fmt.Sprintf("%s by %s at %s", e.Event, e.By.Role, e.At.In(norway).Format("15:04")))
	}
	return fmt.Sprintf("%d audit rows, chain whole: %s", len(trail), strings.Join(events, ", ")), nil
}
