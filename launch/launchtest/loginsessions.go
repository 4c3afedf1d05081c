package launchtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// represented is whom kari acts for, by relation: see [Citizens].
var represented = map[Relation]string{RelationChild: "ola", RelationOlder: "ine", RelationAssigned: "leif", RelationPower: "gerd"}

// representations: who acts for others is taken where the tool says so, and nowhere else.
func (s *loginSuite) representations() {
	for _, r := range []struct {
		relation Relation
		name     string
	}{{RelationChild, "parent of a child under 12"}, {RelationOlder, "parent of a child of 12 to 16"},
		{RelationAssigned, "representative with assigned power"}, {RelationPower, "representative with ordinary power"}} {
		w := want{kind: launch.KindRepresentation}
		if slices.Contains(s.target.Relations, r.relation) {
			w = want{}
		}
		s.step("N61", "login of the "+r.name, w, s.login(s.newGuest(), "kari", represented[r.relation]))
	}
}

// sessions: a login ends the session that is there, and takes none from outside.
func (s *loginSuite) sessions() {
	const rows, name, wanted = "N64", "login of the next citizen in the same browser", "a new session id, and nothing of the old session shown"
	g := s.newGuest()
	first := s.login(g, "per", "")
	before := g.cookiesFor(s.target.Callback)
	if len(first.cookies) == 0 {
		s.add(rows, name, text(wanted), NotJudged, "the tool sets no cookie")
		return
	}
	sent := g.cookiesAtCallback()
	second := s.login(g, "ine", "")
	after := values(g.cookiesFor(s.target.Callback))
	kept := !slices.ContainsFunc(before, func(c *http.Cookie) bool { return after[c.Name] != c.Value })
	if s.target.Whoami != "" {
		kept = kept || second.session != yes || second.who == first.who
	}
	s.holds(rows, name, wanted, !kept, "the session id is kept, or the old session is shown")
	s.old(g, before, sent)
	s.planted(before)
}

// old: the session of the citizen before is over on the tool's side, too. A
// session's cookie with SameSite=Lax does not come with Helsenorge's post, so
// only a tool that looks for it at its start can end the session.
func (s *loginSuite) old(g *guest, before []*http.Cookie, sent int) {
	const rows, name = "N64", "session of the citizen before"
	wanted := text("over")
	if s.target.Whoami == "" {
		s.add(rows, name, wanted, NotJudged, "needs a whoami address")
		return
	}
	lives, _ := g.whoami(before)
	switch {
	case lives == no:
		s.add(rows, name, wanted, Passed, "")
	case sent == 0:
		s.add(rows, name, wanted, NotJudged, "it lives on where nobody has its cookie: the browser does not send it with Helsenorge's post, so the tool could end it at its start only (with this SDK: HandlerConfig.Session and Launch.Earlier)")
	default:
		s.add(rows, name, wanted, Failed, "it lives on")
	}
}

// cookiesAtCallback says how many of the browser's cookies go along with Helsenorge's post now.
func (g *guest) cookiesAtCallback() int {
	return len(g.jar.of(visit{url: mustParse(g.s.target.Callback), method: http.MethodPost, crossSite: true, now: g.now()}))
}

const chosen = "chosenbyanattacker"

// planted: session ids that an attacker put into the browser before the login.
func (s *loginSuite) planted(like []*http.Cookie) {
	g := s.newGuest()
	var planted []*http.Cookie
	for _, c := range like {
		planted = append(planted, &http.Cookie{Name: c.Name, Value: chosen, Path: "/", Secure: true, SameSite: http.SameSiteNoneMode})
	}
	g.jar.set(visit{url: mustParse(s.target.Callback), method: http.MethodGet, now: g.now()}, planted)
	a := s.login(g, "per", "")
	kept := slices.ContainsFunc(a.cookies, func(c *http.Cookie) bool { return c.Value == chosen })
	if s.target.Whoami != "" {
		got, _ := g.whoami(planted)
		kept = kept || got == yes
	}
	s.holds("N64", "session chosen by an attacker", "a new session, and nothing under the chosen one", !kept, "the chosen session is used")
}

// mustParse is for addresses that were checked with the target.
func mustParse(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		panic("launchtest: an address that is none")
	}
	return u
}

// rotation: the provider announces a key, and then signs with it.
func (s *loginSuite) rotation() {
	const rows, name = "N68", "login just after the provider's key has changed"
	if s.target.Tool == nil {
		s.add(rows, name, want{}, NotJudged, "needs a tool that has just started")
		return
	}
	running := s.tool
	defer func() { s.tool = running }()
	var err error
	if s.tool, err = s.start(); err == nil {
		err = s.sim.AnnounceKey()
	}
	if err == nil {
		s.step(rows, "login while a new key is announced", want{}, s.login(s.newGuest(), "per", ""))
		err = s.sim.RotateKey()
	}
	if err != nil {
		s.add(rows, name, want{}, Failed, "the tool does not start")
		return
	}
	s.step(rows, name, want{}, s.login(s.newGuest(), "per", ""))
}

// inside notes the rows that nobody can see from outside.
func (s *loginSuite) inside() {
	for _, r := range LoginRows() {
		if r.NotApplicable != "" {
			s.add(r.ID, r.What, text("see the row"), NotJudged, strings.TrimSpace(r.NotApplicable))
		}
	}
}
