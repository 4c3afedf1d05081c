package launchtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// RunLogin is [CheckLogin] as a test: a subtest for each case, named after the
// rows it belongs to. A case that cannot be judged is skipped. No case at all fails.
func RunLogin(t *testing.T, target LoginTarget) {
	t.Helper()
	findings, err := CheckLogin(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	report(t, findings)
}

// CheckLogin runs the matrix of logins against a tool: it plays Helsenorge, good
// and bad, and citizens and attackers with their browsers. It gives a finding for
// each case, and judges by what every tool shows: the class of the HTTP status,
// and whether a session came about.
//
// If a good login does not end with a session, the findings say what Helsenorge
// missed, and there are no others: a tool that lets nobody in refuses everything.
// It is an error if the suite cannot run at all: the target is wrong, or the tool
// does not answer.
//
// It makes about a hundred logins of nobody. What it cannot see is said for each row.
func CheckLogin(ctx context.Context, target LoginTarget) ([]Finding, error) {
	target = target.withDefaults()
	if err := target.faults(); err != nil {
		return nil, err
	}
	s, err := beginLogins(ctx, target)
	if err != nil {
		return nil, fmt.Errorf("launchtest: %w", err)
	}
	defer s.close()
	good, err := s.warmUp()
	if err != nil {
		return nil, fmt.Errorf("launchtest: %w", err)
	}
	if !good {
		return s.findings, nil
	}
	for _, part := range []func(){s.goodLogins, s.demands, s.cookies, s.pages, s.misbehaviours, s.discovery, s.unknownKeys, s.pushes, s.answers,
		s.strangers, s.tabs, s.twice, s.atOnce, s.errors, s.representations, s.redirects, s.sessions, s.frames, s.rotation, s.inside} {
		if part(); ctx.Err() != nil {
			return nil, fmt.Errorf("launchtest: %w", ctx.Err())
		}
	}
	return s.findings, nil
}

// loginSuite is one run.
type loginSuite struct {
	ctx    context.Context // the run's own: a suite lives for one call
	target LoginTarget
	sim    *Helsenorge
	wire   *wire
	tool   launch.Doer
	origin string // of the tool
	key    launch.SigningKey
	ledger
}

func beginLogins(ctx context.Context, target LoginTarget) (*loginSuite, error) {
	s := &loginSuite{ctx: ctx, target: target, tool: target.Client}
	start, err := url.Parse(target.Start)
	if err != nil {
		return nil, err
	}
	s.origin = originOf(start)
	if err := s.provider(); err != nil {
		return nil, err
	}
	if target.Tool == nil {
		return s, s.wire.listen(ctx, target.Listen)
	}
	s.tool, err = s.start()
	return s, err
}

// provider makes the simulator, and registers the tool there.
func (s *loginSuite) provider() (err error) {
	cfg := HelsenorgeConfig{Claims: s.target.Claims, Now: s.target.Now, Key: s.target.ProviderKey}
	if s.target.Tool == nil {
		cfg.API = "http://" + s.target.Listen
	}
	keys := s.target.Keys
	if keys == nil {
		if keys, err = s.makeKey(); err != nil {
			return err
		}
	}
	cfg.Clients = []HelsenorgeClient{{ID: s.target.ClientID, RedirectURIs: []string{s.target.Callback}, Keys: keys, Refresh: true, OnBehalf: true, Grants: s.target.Grants}}
	if s.sim, err = MakeHelsenorge(cfg); err != nil {
		return err
	}
	s.wire = newWire(s.sim)
	return nil
}

func (s *loginSuite) makeKey() (launch.Keys, error) {
	s.key = s.target.ToolKey
	if s.key == (launch.SigningKey{}) {
		var err error
		if s.key, err = launch.GenerateSigningKeyFor("RS256"); err != nil {
			return nil, err
		}
	}
	return launch.NewStaticKeys(s.key.Public())
}

// start makes a tool that has just started.
func (s *loginSuite) start() (launch.Doer, error) {
	handler, err := s.target.Tool(LoginAgreement{Issuer: s.sim.Issuer(), ClientID: s.target.ClientID, Callback: s.target.Callback, Key: s.key,
		Claims: s.sim.cfg.Claims, Client: s.wire.client(), Now: s.sim.Now})
	if err == nil && handler == nil {
		err = errors.New("field Tool gave no handler")
	}
	return inProcess{handler}, err
}

func (s *loginSuite) close() { s.wire.close() }

// warmUp tries until a login is accepted. That it is not is a finding; that the
// tool does not answer is an error.
func (s *loginSuite) warmUp() (good bool, err error) {
	if s.target.Whoami != "" && s.newGuest().session() == yes {
		return false, errors.New("the whoami address answers 2xx to somebody without a session")
	}
	for end := time.Now().Add(s.target.Wait); ; {
		before := len(s.sim.Requests())
		g := s.newGuest()
		a := s.login(g, "per", "")
		outcome, why := judgeGood(a)
		switch {
		case outcome != Failed:
			return true, nil
		case time.Now().Before(end) && pause(s.ctx, time.Second):
			continue
		case s.ctx.Err() != nil:
			return false, s.ctx.Err()
		case a.err != nil && len(g.seen()) == 0:
			return false, errors.New("the tool gives no answer at its start address: " + cause(a.err))
		}
		s.add("N47", goodLogin, want{}, Failed, strings.Join(append(s.missed(before, g), why+s.afterTokens(before)), "; "))
		return false, nil
	}
}

const goodLogin = "good login"
