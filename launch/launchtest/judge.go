package launchtest

import (
	"fmt"
	"net/http"

	"github.com/verktoykatalog/verktoy/launch"
)

// want is what must happen.
type want struct {
	kind   launch.Kind // "" is accepted
	status int         // for Exact; 0 is what the kind gives
}

func (w want) String() string {
	if w.kind == "" {
		return "accepted"
	}
	return fmt.Sprintf("refused (%s, %d)", string(w.kind), w.exact())
}

func (w want) exact() int {
	if w.status != 0 {
		return w.status
	}
	return launch.Refuse(w.kind, "", nil).Status()
}

// judge compares an answer with what must happen.
func (s *suite) judge(w want, a answer) (Outcome, string) {
	if a.err != nil && !(w.kind == launch.KindTooLarge && a.status == 0) { // who hangs up on too much has refused it
		return Failed, "no answer: " + cause(a.err)
	}
	if w.kind == "" {
		return judgeAccepted(a)
	}
	return s.judgeRefused(w, a)
}

func judgeAccepted(a answer) (Outcome, string) {
	switch {
	case a.session == yes && a.status < http.StatusBadRequest:
		return Passed, ""
	case a.session == unsure && a.status < http.StatusBadRequest:
		return NotJudged, fmt.Sprintf("status %d without a cookie: only a whoami address could tell", a.status)
	}
	return Failed, fmt.Sprintf("refused with status %d", a.status)
}

func (s *suite) judgeRefused(w want, a answer) (Outcome, string) {
	unavailable := w.exact() == http.StatusServiceUnavailable && a.status == http.StatusServiceUnavailable
	refused := a.status >= http.StatusBadRequest && a.status < http.StatusInternalServerError || unavailable || a.err != nil
	switch {
	case a.session == yes:
		return Failed, fmt.Sprintf("accepted with status %d and a session", a.status)
	case s.target.Exact && a.status != w.exact():
		return Failed, fmt.Sprintf("status %d, want %d", a.status, w.exact())
	case refused:
		return Passed, ""
	case a.status >= http.StatusInternalServerError:
		return Failed, fmt.Sprintf("status %d: a bad launch is not the tool's own fault", a.status)
	case a.session == no:
		return Passed, ""
	}
	return NotJudged, fmt.Sprintf("status %d without a cookie: only a whoami address could tell", a.status)
}

// cause is an error without the address in it.
func cause(err error) string {
	type inner interface{ Unwrap() error }
	if u, is := err.(inner); is && u.Unwrap() != nil {
		return u.Unwrap().Error()
	}
	return err.Error()
}
