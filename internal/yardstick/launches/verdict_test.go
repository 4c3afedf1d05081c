package launches

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	jose4 "github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// judges say of one message whether it is good, as far as all of them can tell:
// signature, issuer, audience, times. Nil is good.
type judges struct {
	p      *Portal
	ours   *launch.Verifier
	golang *jwt.Parser
}

func newJudges(tb testing.TB) *judges {
	p, err := NewPortal()
	require.NoError(tb, err)
	v, err := launch.NewVerifier(launch.VerifierConfig{
		Audience: audience, Issuers: []launch.Issuer{{ID: issuer, Keys: p.keys}}, Types: []string{"JWT", ""},
		Algorithms: []string{"ES256"}, MaxLifetime: 5 * time.Minute, IDOptional: true, AllowPersonalData: true,
	})
	require.NoError(tb, err)
	return &judges{p, v, jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithTimeFunc(now), jwt.WithExpirationRequired())}
}

func (j *judges) verktoy(token string) error {
	_, err := j.ours.Verify(context.Background(), token, clock)
	return err
}

func (j *judges) golangJWT(token string) error {
	_, err := j.golang.Parse(token, j.p.keyfunc)
	return err
}

func (j *judges) goJOSE(token string) error {
	t, err := josejwt.ParseSigned(token, []jose4.SignatureAlgorithm{jose4.ES256})
	if err != nil {
		return err
	}
	if t.Headers[0].KeyID != j.p.kid {
		return errors.New("unknown kid")
	}
	var c josejwt.Claims
	if err := t.Claims(j.p.public, &c); err != nil {
		return err
	}
	if c.Expiry == nil {
		return errors.New("no exp")
	}
	return c.ValidateWithLeeway(josejwt.Expected{Issuer: issuer, AnyAudience: josejwt.Audience{audience}, Time: clock}, 0)
}

// difference is a way in which we and others judge differently, on purpose.
type difference struct {
	judge   string                           // "" is any of them
	kind    launch.Kind                      // why we refuse what they accept; "" if we accept what they refuse
	applies func(claims map[string]any) bool // nil: always
	why     string
}

// differences are all there are. Everything else must be judged alike; most of
// all, nobody accepts a signature, an algorithm, a key or an issuer that we refuse.
var differences = []difference{
	{kind: launch.KindTooLarge, why: "they have no bound on a message's size"},
	{kind: launch.KindMalformed, why: "they take some of these: a member twice, broken UTF-8, deep nesting, unused bits and line breaks in base64url"},
	{kind: launch.KindHeader, why: "they let be header members that they do not know; RFC 8725, section 3.10, is left to the caller"},
	{kind: launch.KindType, why: "they do not compare typ; RFC 8725, section 3.11, is left to the caller"},
	{kind: launch.KindAudience, why: "one audience among several is enough for them; a message for two can be carried from one to the other"},
	{kind: launch.KindLifetime, why: "they have no bound between iat and exp"},
	{kind: launch.KindClaims, why: "they need neither iat nor an exp after it, and do not look at jti"},
	{judge: "golang-jwt", kind: launch.KindNotYetValid, why: "it reads iat only when asked to"},
	{judge: "go-jose", kind: launch.KindExpired, applies: lastMoment, why: "it takes exp equal to now; RFC 7519, section 4.1.4, says before"},
	{judge: "golang-jwt", applies: lastMoment, why: "it drops the fraction of exp, of which RFC 7519, section 2, knows"},
	{judge: "golang-jwt", applies: soon("nbf"), why: "an nbf up to 10 s ahead: clocks differ"},
	{judge: "go-jose", applies: soon("nbf"), why: "an nbf up to 10 s ahead: clocks differ"},
	{judge: "go-jose", applies: soon("iat"), why: "an iat up to 10 s ahead: clocks differ"},
	{judge: "go-jose", applies: noText("sub"), why: "sub is no string, which is the profile's business if it reads sub at all"},
}

// lastMoment: exp is now, or less than a second after it.
func lastMoment(claims map[string]any) bool {
	at, is := claims["exp"].(float64)
	return is && int64(at) == clock.Unix()
}

func soon(name string) func(map[string]any) bool {
	return func(c map[string]any) bool {
		at, is := c[name].(float64)
		return is && at > float64(clock.Unix()) && at <= float64(clock.Unix()+10)
	}
}

func noText(name string) func(map[string]any) bool {
	return func(c map[string]any) bool {
		value, there := c[name]
		_, text := value.(string)
		return there && !text
	}
}

// compare lists the known differences that the message shows, by their place
// in the list; the error is a difference that nobody knows.
func (j *judges) compare(token string, claims map[string]any) ([]int, error) {
	ours := j.verktoy(token)
	var known []int
	for judge, verdict := range map[string]error{"golang-jwt": j.golangJWT(token), "go-jose": j.goJOSE(token)} {
		if (ours == nil) == (verdict == nil) {
			continue
		}
		at := slices.IndexFunc(differences, func(d difference) bool { return d.is(judge, ours, claims) })
		if at < 0 {
			return nil, fmt.Errorf("verktoy says %v, %s says %v", ours, judge, verdict)
		}
		known = append(known, at)
	}
	return known, nil
}

func (d difference) is(judge string, ours error, claims map[string]any) bool {
	return (d.judge == "" || d.judge == judge) && (d.applies == nil || d.applies(claims)) &&
		(d.kind == "" && ours == nil || d.kind != "" && errors.Is(ours, d.kind))
}
