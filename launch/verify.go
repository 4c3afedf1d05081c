package launch

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/launchform"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Verify checks a message in one fixed order, which decides the error's kind:
// size, segments and encoding, header, algorithm, payload, issuer, key,
// signature, header members, type, audience, times, id, personal data. Nothing
// is fetched for an unknown issuer. The error is an [*Error]. What the profile
// says about claims, the policy and the replay store come after it.
func (v *Verifier) Verify(ctx context.Context, token string, now time.Time) (*Claims, error) {
	c, err := v.verify(ctx, token, now)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// verify always gives the claims, as far as it came: [Verifier.Explain] reads there how far that is.
func (v *Verifier) verify(ctx context.Context, token string, now time.Time) (*Claims, error) {
	c := &Claims{at: checkSize}
	m, err := jose.Parse(token, v.cfg.Algorithms)
	if err != nil {
		return c, fromJOSE(err)
	}
	c.at = checkPayload
	payload, err := strictjson.Parse(m.Payload, strictjson.Message())
	if err != nil || payload.Kind != strictjson.Object {
		return c, Refuse(KindMalformed, "a payload that is one JSON object with unique names", nil)
	}
	c.payload, c.message = payload, m
	if err := v.signed(ctx, m, c); err != nil {
		return c, err
	}
	return c, v.content(c, now)
}

// signed finds the issuer's key and checks signature, header and type with it.
func (v *Verifier) signed(ctx context.Context, m *jose.Message, c *Claims) error {
	c.at = checkIssuer
	issuer, err := v.issuer(m, c)
	if err != nil {
		return err
	}
	c.at = checkKey
	key, err := issuer.key(ctx, m)
	if err != nil {
		return err
	}
	c.at, c.keyID = checkSignature, key.ID
	if err := m.Verify(key, v.cfg.Headers...); err != nil {
		return fromJOSE(err)
	}
	c.at = checkType
	if !slices.ContainsFunc(v.cfg.Types, func(t string) bool { return sameType(t, m.Type) }) {
		return Refuse(KindType, "the header typ to be "+strings.Join(v.cfg.Types, " or "), nil)
	}
	return nil
}

// sameType compares media types: without case, and "application/" may be left
// out where there is no other slash. RFC 7515, section 4.1.9.
func sameType(want, got string) bool {
	const prefix = "application/"
	if len(got) > len(prefix) && strings.EqualFold(got[:len(prefix)], prefix) && !strings.Contains(want, "/") {
		got = got[len(prefix):]
	}
	return strings.EqualFold(want, got)
}

func (v *Verifier) issuer(m *jose.Message, c *Claims) (Issuer, error) {
	iss, _ := c.payload.Member("iss")
	if iss == nil || iss.Kind != strictjson.String {
		return Issuer{}, Refuse(KindIssuer, "iss to be one of the agreed issuers", nil)
	}
	issuer, agreed := v.issuers[iss.Text]
	if !agreed {
		return Issuer{}, Refuse(KindIssuer, "iss to be one of the agreed issuers", nil)
	}
	if !slices.Contains(issuer.Algorithms, m.Algorithm) {
		return Issuer{}, Refuse(KindAlgorithm, strings.Join(issuer.Algorithms, ", "), nil)
	}
	c.Issuer = issuer.ID
	return issuer, nil
}

// maxKeyID bounds what is looked up: kids are thumbprints or short names.
const maxKeyID = 256

func (i Issuer) key(ctx context.Context, m *jose.Message) (*jose.Key, error) {
	if m.HasKeyID && m.KeyID == "" || len(m.KeyID) > maxKeyID {
		return nil, Refuse(KindUnknownKey, "a kid of the issuer's published keys", nil)
	}
	public, err := i.Keys.Key(ctx, m.KeyID)
	if err != nil {
		return nil, asError(err, KindKeysUnavailable, "the issuer's keys")
	}
	if public.key == nil {
		return nil, Refuse(KindKeyUnusable, "a key", nil)
	}
	if public.key.Algorithm == "" && len(i.Algorithms) == 1 {
		return public.key.Bind(i.Algorithms[0]), nil
	}
	return public.key, nil
}

func (v *Verifier) content(c *Claims, now time.Time) error {
	c.at = checkAudience
	if !c.audience(v.cfg.Audience) {
		return Refuse(KindAudience, "aud to be this tool alone", nil)
	}
	if err := v.times(c, now); err != nil {
		return err
	}
	c.at = checkID
	if err := v.id(c); err != nil {
		return err
	}
	c.at = checkPersonal
	if !v.cfg.AllowPersonalData && personal(c.payload) {
		return Refuse(KindPersonalData, "a message without identity numbers, e-mail addresses and names", nil)
	}
	return nil
}

func (v *Verifier) times(c *Claims, now time.Time) error {
	c.at = checkTimes
	if err := c.readTimes(); err != nil {
		return err
	}
	c.at = checkExpiry
	switch early := now.Add(v.cfg.Skew); {
	case !now.Before(c.Expires.Add(v.cfg.ExpirySkew)):
		return Refuse(KindExpired, "exp to be after now, it was "+by(now.Sub(c.Expires))+" ago: compare the clocks", nil)
	case c.Issued.After(early) || c.notBefore.After(early):
		ahead := max(c.Issued.Sub(now), c.notBefore.Sub(now))
		return Refuse(KindNotYetValid, "iat and nbf at most "+v.cfg.Skew.String()+" after now, they are "+by(ahead)+": compare the clocks", nil)
	case !c.Expires.After(c.Issued):
		return Refuse(KindClaims, "exp to be after iat", nil)
	case c.Expires.Sub(c.Issued) > v.cfg.MaxLifetime:
		return Refuse(KindLifetime, "exp at most "+v.cfg.MaxLifetime.String()+" after iat", nil)
	}
	// Other machines' clocks may be behind: the message is remembered for that much longer.
	c.Remember = c.Expires.Add(max(v.cfg.Skew, v.cfg.ExpirySkew))
	return nil
}

// by says how far a clock is off, in whole seconds.
func by(d time.Duration) string { return d.Round(time.Second).String() }

// minID is the least length of a message's id: shorter ones can be guessed. Longer
// ones than package launchform has it fill the replay store.
const minID = 16

func (v *Verifier) id(c *Claims) error {
	id, there, err := c.Text("jti")
	if err != nil || !there && v.cfg.IDOptional {
		return err
	}
	if len(id) < minID || !launchform.ID(id) {
		return Refuse(KindClaims, "jti of 16 to 255 visible ASCII characters", nil)
	}
	c.ID = id
	return nil
}
