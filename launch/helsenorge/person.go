package helsenorge

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// launch makes one of the ID token. OpenID Connect Core, section 3.1.3.7.
func (p *Profile) launch(ctx context.Context, idToken string, l launch.Login, now time.Time) (*launch.Launch, error) {
	c, err := p.verifier.Verify(ctx, idToken, now)
	if err != nil {
		return nil, err
	}
	if azp, there, err := c.Text("azp"); err != nil || there && azp != p.cfg.ClientID {
		return nil, launch.Refuse(launch.KindAudience, "azp to be this tool", nil)
	}
	nonce, _, err := c.Text("nonce")
	if err != nil || subtle.ConstantTimeCompare([]byte(nonce), []byte(l.Nonce.Reveal())) != 1 {
		return nil, launch.Refuse(launch.KindNonce, "the nonce of this login", nil)
	}
	got := &launch.Launch{Profile: ID, Assurance: launch.Authenticated, Issued: c.Issued, Expires: c.Expires}
	if err := p.persons(c, got); err != nil {
		p.cfg.Logger.DebugContext(ctx, "the ID token does not say who is there as expected", "its claims", c.Names())
		return nil, err
	}
	return got, nil
}

// persons reads who is logged in, who is represented, and how. Helsenorge,
// uthopp: the ID token always tells both.
func (p *Profile) persons(c *launch.Claims, l *launch.Launch) (err error) {
	if l.Patient, err = pseudonym(c, "sub", "Patient"); err != nil {
		return err
	}
	if _, there := c.Any(p.cfg.Claims.Actor); !there {
		return launch.Refuse(launch.KindClaims, "the claim "+p.cfg.Claims.Actor+" (Config.Claims.Actor) in the ID token: ask Norsk helsenett for its name", nil)
	}
	if l.Actor, err = pseudonym(c, p.cfg.Claims.Actor, "RelatedPerson"); err != nil {
		return err
	}
	relation, _, err := c.Text(p.cfg.Claims.Relation)
	if err != nil {
		return err
	}
	l.Relation = relation
	if l.Actor.ID == l.Patient.ID {
		l.Actor = l.Patient
	}
	if l.Acting, err = acting(l.Actor == l.Patient, relation); err != nil || p.cfg.Claims.NationalID == "" {
		return err
	}
	number, _, err := c.Text(p.cfg.Claims.NationalID)
	l.NationalID = launch.NewSecret(number)
	return err
}

// pseudonym reads a claim that names a person. Helsenorge's are GUIDs; an older
// token had the identity number there, which must not become a key in a database.
func pseudonym(c *launch.Claims, claim, kind string) (launch.Party, error) {
	text, there, err := c.Text(claim)
	if err != nil || !there {
		return launch.Party{}, launch.Refuse(launch.KindClaims, claim+" to be a pseudonym", nil)
	}
	if launch.PersonalData(text) {
		return launch.Party{}, launch.Refuse(launch.KindPersonalData, claim+" to be a pseudonym", nil)
	}
	party, err := launch.ParseParty(kind + "/" + text)
	if err != nil {
		return launch.Party{}, launch.Refuse(launch.KindClaims, claim+" to be 1 to 64 letters, digits, hyphens and dots", nil)
	}
	return party, nil
}

// acting reads the code list http://helsenorge.no/fhir/KanUtforesAv: 1 the citizen
// alone, 2 a parent of a child under 12, 3 of one of 12 to 16, 4 somebody with an
// assigned power of attorney, 5 with an ordinary one, 6 hidden address, 7 a citizen
// of 13 to 16. People with a hidden address represent nobody. That a launch for
// oneself may come without a code is an assumption.
func acting(self bool, relation string) (launch.Acting, error) {
	switch relation {
	case "", "1", "7", "6":
		if self {
			return launch.ActingSelf, nil
		}
	case "2", "3":
		if !self {
			return launch.ActingParent, nil
		}
	case "4", "5":
		if !self {
			return launch.ActingProxy, nil
		}
	}
	return "", launch.Refuse(launch.KindClaims, "a code of KanUtforesAv, 1 to 7, that fits who is logged in and who is represented (Config.Claims.Relation)", nil)
}
