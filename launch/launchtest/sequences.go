package launchtest

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/verktoykatalog/verktoy/launch"
)

// replays: a message is used once. HTI 2.0, "The message format", jti.
func (s *suite) replays() {
	replayed, accepted := want{kind: launch.KindReplayed}, want{}
	one := s.portal.Draft()
	token := s.portal.Sign(one)
	s.step("N33 E-8", "message for the first time", accepted, token)
	s.step("N33 E-8", "message for the second time", replayed, token)
	s.step("E-9 G-1", "twin of a used message", replayed, Twin(token))
	s.step("E-9", "used message with other spare bits", want{kind: launch.KindMalformed}, token[:strings.LastIndexByte(token, '.')+1]+spare(signatureOf(token)))
	one.Claims["intent"] = "order"
	s.step("N33", "another message with a used jti", replayed, s.portal.Sign(one))
	s.untouched()
	s.atOnce()
}

func (s *suite) step(rows, name string, w want, token string) {
	outcome, why := s.judge(w, s.post(token))
	s.add(rows, name, w, outcome, why)
}

// untouched: what is refused uses up no jti of somebody else.
func (s *suite) untouched() {
	d := s.portal.Draft()
	token := s.portal.Sign(d)
	d.Key = "attacker"
	s.step("N38", "bad signature with the jti of a good message", want{kind: launch.KindSignature}, s.portal.Sign(d))
	s.step("N38", "the good message after it", want{}, token)
}

const (
	races = 5
	crowd = 50
)

// atOnce sends one message many times at the same moment.
func (s *suite) atOnce() {
	const rows, name = "N34 E-8", "one message fifty times at once"
	wanted := text("exactly one accepted, each time")
	for round := range races {
		passed, unclear := s.race(s.portal.Good())
		if unclear > 0 {
			s.add(rows, name, wanted, NotJudged, "answers without a cookie: only a whoami address could tell")
			return
		}
		if passed != 1 {
			s.add(rows, name, wanted, Failed, fmt.Sprintf("%d accepted in race %d", passed, round+1))
			return
		}
	}
	s.add(rows, name, wanted, Passed, "")
}

// race gives how many got a session, and how many may have.
func (s *suite) race(token string) (passed, unclear int32) {
	var ready, sessions, unsures atomic.Int32
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			for ready.Add(1); ready.Load() < crowd; {
				runtime.Gosched()
			}
			switch s.post(token).session {
			case yes:
				sessions.Add(1)
			case unsure:
				unsures.Add(1)
			}
		})
	}
	all.Wait()
	return sessions.Load(), unsures.Load()
}

// issuers: two portals that know nothing of each other.
func (s *suite) issuers() {
	if s.second == nil {
		const why = "needs a second issuer"
		s.add("E-10 N35", "jti that another issuer used", want{}, NotJudged, why)
		s.add("K-9 N22", "key of one issuer signs for another", want{kind: launch.KindSignature}, NotJudged, why)
		return
	}
	a, b := s.portal.Draft(), s.second.Draft()
	b.Claims["jti"] = a.Claims["jti"]
	s.step("E-10 N35", "jti of one issuer", want{}, s.portal.Sign(a))
	s.step("E-10 N35", "jti that another issuer used", want{}, s.second.Sign(b))
	a, b = s.portal.Draft(), s.second.Draft()
	a.Claims["iss"], b.Claims["iss"] = s.second.Issuer(), s.portal.Issuer()
	s.step("K-9 N22", "key of the first issuer signs for the second", want{kind: launch.KindSignature}, s.portal.Sign(a))
	s.step("K-9 N22", "key of the second issuer signs for the first", want{kind: launch.KindSignature}, s.second.Sign(b))
}
