package launchtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Run is [Check] as a test: a subtest for each case, named after the rows it
// belongs to. A case that cannot be judged is skipped. No case at all fails.
func Run(t *testing.T, target Target) {
	t.Helper()
	findings, err := Check(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	report(t, findings)
}

// report makes a subtest of each finding.
func report(t *testing.T, findings []Finding) {
	t.Helper()
	if len(findings) == Count(findings, NotJudged) {
		t.Fatal("launchtest: no case was judged")
	}
	for _, f := range findings {
		t.Run(strings.Join(f.Rows, " ")+": "+f.Case, func(t *testing.T) {
			switch f.Outcome {
			case Failed:
				t.Errorf("%s, want %s: %s", f.Case, f.Want, f.Why)
			case NotJudged:
				t.Skip(f.Why)
			}
		})
	}
}

// Check runs the matrix against a tool and gives a finding for each case. It
// judges by what every tool shows: the class of the HTTP status, and whether a
// session came about. It is an error if the suite cannot run at all: the target
// is wrong, the keys cannot be published, or not even a good message is accepted.
//
// It sends the tool about 400 messages of nobody, and 250 more at once in fives of fifty.
func Check(ctx context.Context, target Target) ([]Finding, error) {
	target = target.withDefaults()
	if err := target.faults(); err != nil {
		return nil, err
	}
	s, err := begin(ctx, target)
	if err != nil {
		return nil, fmt.Errorf("launchtest: %w", err)
	}
	defer s.keys.close()
	if err := s.warmUp(); err != nil {
		return nil, fmt.Errorf("launchtest: %w", err)
	}
	for _, part := range []func(){s.messages, s.requests, s.pages, s.sessions, s.replays, s.issuers, s.fetches, s.outages, s.keySets, s.rotation, s.slow, s.inside} {
		if part(); ctx.Err() != nil {
			return nil, fmt.Errorf("launchtest: %w", ctx.Err())
		}
	}
	return s.findings, nil
}

// suite is one run.
type suite struct {
	ctx            context.Context // the run's own: a suite lives for one call
	target         Target
	portal, second *Portal
	keys           *publisher
	tool           launch.Doer
	ledger
}

func begin(ctx context.Context, target Target) (*suite, error) {
	s := &suite{ctx: ctx, target: target, tool: target.Client}
	if err := s.portals(); err != nil {
		return nil, err
	}
	var err error
	if s.keys, err = publish(ctx, target.Listen); err != nil {
		return nil, err
	}
	s.portal.trap = s.keys.base + trap
	s.publish()
	if target.Tool == nil {
		return s, nil
	}
	if s.tool, err = s.start(s.keys.base + "/jwks.json"); err != nil {
		s.keys.close()
	}
	return s, err
}

// start makes a tool that finds the issuer's keys there.
func (s *suite) start(jwks string) (launch.Doer, error) {
	issuers := []AgreedIssuer{{s.portal.Issuer(), jwks, s.target.Algorithms}}
	if s.second != nil {
		issuers = append(issuers, AgreedIssuer{s.second.Issuer(), s.keys.base + "/second.json", s.target.Algorithms})
	}
	handler, err := s.target.Tool(Agreement{s.portal.Audience(), issuers})
	return inProcess{handler}, err
}

func (s *suite) portals() (err error) {
	config := Config{Issuer: s.target.Issuer, Audience: s.target.Audience, KeySuffix: "-" + rand.Text()[:8], Now: s.target.Now}
	if s.target.Portal != nil {
		own := *s.target.Portal // with a trap of this run
		s.portal, config = &own, own.cfg
	} else if s.portal, err = MakePortal(config); err != nil {
		return err
	}
	if s.target.SecondIssuer == "" {
		return nil
	}
	config.Issuer = s.target.SecondIssuer
	s.second, err = oneKeyPortal(config)
	return err
}

func (s *suite) publish() {
	set := s.portal.JWKS()
	if s.target.PlainKeys {
		set = s.portal.goodKeys()
	}
	s.keys.put("/jwks.json", set)
	attacker := s.portal.keys["attacker"].jwk(s.portal.KeyID("ec"))
	s.keys.put(trap, keySet(attacker, s.portal.jwk("attacker")))
	if s.second != nil {
		s.keys.put("/second.json", s.second.goodKeys())
	}
}

// warmUp sends good messages until one is accepted.
func (s *suite) warmUp() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if s.target.Whoami != "" {
		if got, _ := s.whoami(nil); got == yes {
			return errors.New("the whoami address answers 2xx to somebody without a session")
		}
	}
	for end := time.Now().Add(s.target.Wait); ; {
		outcome, why := s.judge(want{}, s.post(s.portal.Good()))
		if outcome != Failed {
			return nil
		}
		if !time.Now().Before(end) || !pause(s.ctx, time.Second) {
			return fmt.Errorf("not even a good message is accepted (%s; the tool asked for the keys %d times): is the tool told issuer %s, audience %s, the keys at %s/jwks.json and %s?",
				why, s.keys.asked("/jwks.json"), s.portal.Issuer(), s.portal.Audience(), s.keys.base, strings.Join(s.target.Algorithms, ", "))
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// messages sends every case of the matrix.
func (s *suite) messages() {
	for _, c := range Cases() {
		w := s.wanted(c)
		if why := s.leftOut(c); why != "" {
			s.add(strings.Join(c.Rows, " "), c.Name, w, NotJudged, why)
			continue
		}
		outcome, why := s.judge(w, s.post(c.Message(s.portal)))
		s.add(strings.Join(c.Rows, " "), c.Name, w, outcome, why)
	}
}

// wanted is the case's outcome for this target.
func (s *suite) wanted(c Case) want {
	switch {
	case c.algorithm != "" && !slices.Contains(s.target.Algorithms, c.algorithm):
		return want{kind: launch.KindAlgorithm}
	case c.Acting != "" && !slices.Contains(s.target.Acting, c.Acting):
		return want{kind: launch.KindRepresentation}
	}
	return want{kind: c.Want}
}

// leftOut says why the case cannot be judged, "" if it can.
func (s *suite) leftOut(c Case) string {
	switch {
	case c.border && !s.target.shared():
		return "on the very second: needs the tool's clock"
	case c.bad && s.target.PlainKeys:
		return "only good keys are published"
	case c.choice && !s.target.Exact:
		return "careful tools may differ in this"
	case c.Acting != "" && !slices.Contains(s.target.Acting, c.Acting) && !s.target.Exact:
		return "it is the tool's choice whom it takes"
	case c.Want == launch.KindKeyUnusable && slices.Contains(c.Rows, "H-31") && len(s.target.Algorithms) == 1:
		return "one agreed algorithm says what such a key is for"
	}
	return ""
}
