package launchtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// faultKinds is this SDK's word for each fault of a provider. Those that are not
// here have a case of their own.
var faultKinds = map[Misbehaviour]launch.Kind{
	BadNonceMissing: launch.KindNonce, BadNonce: launch.KindNonce, BadAudience: launch.KindAudience, BadAudiences: launch.KindAudience,
	BadExpired: launch.KindExpired, BadExpiresMissing: launch.KindClaims, BadIssuedLater: launch.KindNotYetValid, BadIssuedMissing: launch.KindClaims,
	BadSignature: launch.KindSignature, BadKeyUnknown: launch.KindUnknownKey, BadAlgorithmNone: launch.KindMalformed, BadSharedSecret: launch.KindAlgorithm,
	BadType: launch.KindType, BadIssuer: launch.KindIssuer, BadSubjectMissing: launch.KindClaims, BadSubjectPersonal: launch.KindPersonalData,
	BadRelationMissing: launch.KindClaims, BadRelation: launch.KindClaims, BadActorMissing: launch.KindClaims, BadMemberTwice: launch.KindMalformed,
	BadTokenWithoutIDToken: launch.KindLoginUnavailable, BadCallbackIssuer: launch.KindIssuer, BadCallbackState: launch.KindState,
	BadTokenHTML: launch.KindLoginUnavailable, BadTokenHuge: launch.KindLoginUnavailable, BadTokenFails: launch.KindLoginUnavailable,
	BadTokenInvalidGrant: launch.KindLoginUnavailable, BadTokenNever: launch.KindLoginUnavailable, BadTokenType: launch.KindLoginUnavailable,
	BadPARRequestURI: launch.KindLoginUnavailable,
	BadPadding:       launch.KindMalformed, BadExpiresText: launch.KindClaims, BadUTF8: launch.KindMalformed, BadCritical: launch.KindHeader,
	BadKeyEmbedded: launch.KindSignature, BadIssuerSlash: launch.KindIssuer, BadAudienceLonger: launch.KindAudience,
}

// otherRows are of the faults that have no row of their own in the matrix: the
// ID token says too little, or too much, of whom the login is about.
var otherRows = map[Misbehaviour]string{BadSubjectMissing: "N08", BadSubjectPersonal: "N41", BadRelationMissing: "N61", BadRelation: "N61", BadActorMissing: "N61"}

// misbehaviours has the provider do everything that a tool must not take.
func (s *loginSuite) misbehaviours() {
	for _, m := range Misbehaviours() {
		kind, here := faultKinds[m]
		if !here {
			continue
		}
		w, rows := want{kind: kind}, m.Row()+otherRows[m]
		if why := s.leftOut(m); why != "" {
			s.add(rows, string(m), w, NotJudged, why)
			continue
		}
		before := s.wire.count(EndpointToken)
		a := s.withFault(m)
		outcome, why := s.judge(w, a)
		if again := s.codeTwice(before); again != "" && outcome != Failed {
			outcome, why = Failed, again
		}
		s.add(rows, string(m), w, outcome, why)
	}
	s.step("N55", "good login after all of that", want{}, s.login(s.newGuest(), "per", ""))
}

// withFault makes a login at a provider with a fault.
func (s *loginSuite) withFault(m Misbehaviour) answer {
	s.sim.Misbehave(m)
	defer s.sim.Misbehave()
	citizen, patient := "per", ""
	if m == BadRelation || m == BadRelationMissing {
		citizen, patient = "kari", represented[s.target.Relations[0]]
	}
	return s.login(s.newGuest(), citizen, patient)
}

// leftOut says why a fault cannot be judged, "" if it can.
func (s *loginSuite) leftOut(m Misbehaviour) string {
	switch {
	case (m == BadRelation || m == BadRelationMissing) && len(s.target.Relations) == 0:
		return "the tool takes nobody who acts for others"
	case m == BadTokenNever && s.target.Patience == 0:
		return "needs patience"
	case m == BadSubjectPersonal && !s.target.Exact:
		return "careful tools may differ in this"
	}
	return ""
}

// codeTwice says whether a code was sent again in the token requests after the
// first n. RFC 6749, section 4.1.2: the second use ends what came of the first.
func (s *loginSuite) codeTwice(n int) string {
	times := map[string]int{}
	for _, form := range s.wire.asked(EndpointToken, n) {
		if times[form.Get("code")]++; times[form.Get("code")] > 1 {
			return "the code was sent again"
		}
	}
	return ""
}

// discovery: the document names another issuer. OpenID Connect Discovery 1.0, section 4.3.
func (s *loginSuite) discovery() {
	const rows, name = "N53", "discovery with another issuer"
	w := want{kind: launch.KindLoginUnavailable}
	running, before := s.tool, s.sim.Count(EndpointDiscovery)
	defer func() { s.tool = running }()
	s.sim.Misbehave(BadDiscoveryIssuer)
	defer s.sim.Misbehave()
	if s.target.Tool != nil {
		var err error
		if s.tool, err = s.start(); err != nil {
			s.add(rows, name, w, Passed, "") // it does not even start
			return
		}
	}
	a := s.login(s.newGuest(), "per", "")
	if s.sim.Count(EndpointDiscovery) == before {
		s.add(rows, name, w, NotJudged, "the tool has kept the document: needs a tool that has just started")
		return
	}
	s.step(rows, name, w, a)
}

// unknownKeys: a provider's faults do not make the tool ask for keys again and again.
func (s *loginSuite) unknownKeys() {
	before := s.sim.Count(EndpointJWKS)
	for range 10 {
		s.withFault(BadKeyUnknown)
	}
	asked := s.sim.Count(EndpointJWKS) - before
	s.holds("N20", "10 unknown keys", "the key set fetched once at most", asked <= 1, fmt.Sprintf("%d times", asked))
}

// pushes: PAR fails, once and for good. A pushed request may be tried once more, with a new assertion.
func (s *loginSuite) pushes() {
	before := len(s.sim.JTIs(EndpointPAR))
	s.sim.Misbehave(BadPARFailsOnce)
	a := s.login(s.newGuest(), "per", "")
	s.sim.Misbehave()
	jtis := s.sim.JTIs(EndpointPAR)[before:]
	wanted := "a session or a page that says so, and a new jti each time"
	distinct := len(slices.Compact(slices.Sorted(slices.Values(jtis)))) == len(jtis)
	s.holds("N56", "PAR answers 503 once", wanted, distinct && a.err == nil && a.status != 500, "the jti was used again, or the tool broke")
	before = len(s.sim.JTIs(EndpointPAR))
	s.sim.Fail(EndpointPAR, 503, 100)
	a = s.login(s.newGuest(), "per", "")
	s.sim.Fail(EndpointPAR, 503, 0)
	w := want{kind: launch.KindLoginUnavailable}
	outcome, why := s.judge(w, a)
	if n := len(s.sim.JTIs(EndpointPAR)) - before; n > 2 {
		outcome, why = Failed, strings.TrimPrefix(why+fmt.Sprintf("; tried %d times, want twice at most", n), "; ")
	}
	s.add("N56", "PAR answers 503", w, outcome, why)
}
