package main

import (
	"errors"
	"net/http"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// act lets who is signed in do something, and comes back to the case:
// with a word about what was done, or with what was refused beside the form.
func (s deskSite) act(do func(*http.Request, *file, official) (string, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, _ := s.official(r)
		f, found := s.submitted(w, r)
		if !found {
			return
		}
		done, err := do(r, f, who)
		if err == nil {
			http.Redirect(w, r, "/panel/"+f.id+"?done="+done, http.StatusSeeOther)
			return
		}
		if wrong := refusedAs(err, r, done); wrong != nil {
			s.showCase(w, r, f, http.StatusUnprocessableEntity, wrong)
			return
		}
		s.failed(w, r, err)
	}
}

var errRecused = errors.New("who has stood aside takes no part in the case")

// inReview is refused for who has stood aside, and for a file that nobody looks at now.
func (s deskSite) inReview(f *file, who official) error {
	switch {
	case f.stoodAside(who.ID):
		return errRecused
	case s.state(f) != approval.CaseUnderReview || f.basis == nil:
		return errNotInReview
	}
	return nil
}

var errNotInReview = errors.New("nobody is looking at the case now")

func (s deskSite) doVote(r *http.Request, f *file, who official) (string, error) {
	if err := s.inReview(f, who); err != nil {
		return "vote", err
	}
	return "vote", s.vote(f, who, approval.Outcome(r.PostFormValue("outcome")), r.PostFormValue("rationale"))
}

func (s deskSite) doStandAside(r *http.Request, f *file, who official) (string, error) {
	if err := s.inReview(f, who); err != nil {
		return "aside", err
	}
	return "aside", s.standAside(f, who, approval.Interest(r.PostFormValue("why")))
}

func (s deskSite) doAskWaiver(r *http.Request, f *file, who official) (string, error) {
	if err := s.inReview(f, who); err != nil {
		return "waiver", err
	}
	return "waiver", s.askWaiver(f, who, r.PostFormValue("requirement"), r.PostFormValue("justification"), r.PostFormValue("compensating"), catalogue.Date(r.PostFormValue("until")))
}

func (s deskSite) doGrantWaiver(r *http.Request, f *file, who official) (string, error) {
	if err := s.inReview(f, who); err != nil {
		return "grant", err
	}
	return "grant", s.grantWaiver(f, who, r.PostFormValue("waiver"))
}

func (s deskSite) doDecide(r *http.Request, f *file, who official) (string, error) {
	if err := s.inReview(f, who); err != nil {
		return "decide", err
	}
	ev := s.event(f, approval.EventDecide, who)
	ev.Expected = seen(r)
	return "decide", s.conclude(r.Context(), f, ev, catalogue.Date(r.PostFormValue("until")))
}

// doEvent is any other thing that happens to a case.
func (s deskSite) doEvent(r *http.Request, f *file, who official) (string, error) {
	ev := s.event(f, approval.CaseEvent(r.PostFormValue("event")), who)
	ev.Expected, ev.Reason, ev.Missing = seen(r), approval.CaseReason(r.PostFormValue("reason")), r.PostForm["missing"]
	switch {
	case f.stoodAside(who.ID):
		return string(ev.Event), errRecused
	case ev.Event == approval.EventPublish:
		return "publish", s.publish(r.Context(), f, ev)
	}
	return string(ev.Event), s.happen(r.Context(), f, ev)
}
