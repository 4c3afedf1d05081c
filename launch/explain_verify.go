package launch

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// check is a rule of [Verifier.Verify], by its place in the order. Verify notes
// in the claims how far it has come; one place there may stand for several checks
// here, told apart by the kind of the error.
type check int

const (
	checkSize check = iota
	checkStructure
	checkAlgorithm
	checkPayload
	checkIssuer
	checkAgreed
	checkKey
	checkKeyAlgorithm
	checkSignature
	checkHeader
	checkType
	checkAudience
	checkTimes
	checkExpiry
	checkIssued
	checkLifetime
	checkID
	checkPersonal
	checkEnd
)

// refined says for a place and a kind which check it was, where it is not the place's own.
var refined = map[check]map[Kind]check{
	checkSize:      {KindMalformed: checkStructure, KindAlgorithm: checkAlgorithm},
	checkIssuer:    {KindAlgorithm: checkAgreed},
	checkSignature: {KindKeyUnusable: checkKey, KindAlgorithm: checkKeyAlgorithm, KindHeader: checkHeader},
	checkExpiry:    {KindNotYetValid: checkIssued, KindClaims: checkLifetime, KindLifetime: checkLifetime},
}

func failedAt(at check, kind Kind) check {
	if finer, there := refined[at][kind]; there {
		return finer
	}
	return at
}

// checks are the names, paragraphs and wants; a want that depends on the
// configuration is filled in by [Verifier.want].
var checks = [checkEnd]Check{
	checkSize:         {Name: "size", Want: "at most 16 KiB", Rule: "bound of this package: RFC 7515 has none"},
	checkStructure:    {Name: "structure", Want: "three segments of strict base64url, a header that is one JSON object", Rule: "RFC 7515, sections 3.1 and 5.2; RFC 4648, section 3.5"},
	checkAlgorithm:    {Name: "algorithm", Rule: "RFC 7515, section 4.1.1; RFC 8725, sections 3.1 and 3.2"},
	checkPayload:      {Name: "payload", Want: "one JSON object with unique names", Rule: "RFC 7519, sections 4 and 7.2; RFC 8725, section 3.7"},
	checkIssuer:       {Name: "issuer", Want: "iss to be one of the agreed issuers", Rule: "RFC 7519, section 4.1.1; RFC 8725, section 3.8"},
	checkAgreed:       {Name: "issuer-algorithm", Want: "an algorithm agreed with the issuer", Rule: "RFC 8725, section 3.1"},
	checkKey:          {Name: "key", Want: "a usable key of the issuer's with this kid", Rule: "RFC 7515, section 4.1.4; RFC 7517, section 4; RFC 8725, section 3.5"},
	checkKeyAlgorithm: {Name: "key-algorithm", Want: "the key's own algorithm", Rule: "RFC 7517, section 4.4; RFC 8725, section 3.1"},
	checkSignature:    {Name: "signature", Want: "one by the named key over these bytes", Rule: "RFC 7515, section 5.2, step 8"},
	checkHeader:       {Name: "header", Want: "no members but alg, kid, typ", Rule: "RFC 7515, section 4.1.11; RFC 8725, section 3.10"},
	checkType:         {Name: "type", Rule: "RFC 7515, section 4.1.9; RFC 8725, section 3.11"},
	checkAudience:     {Name: "audience", Rule: "RFC 7519, section 4.1.3; RFC 8725, section 3.9"},
	checkTimes:        {Name: "times", Want: "exp, iat and perhaps nbf in seconds since 1970", Rule: "RFC 7519, sections 2 (NumericDate) and 4.1.4 to 4.1.6"},
	checkExpiry:       {Name: "expiry", Rule: "RFC 7519, section 4.1.4"},
	checkIssued:       {Name: "not-yet-valid", Rule: "RFC 7519, sections 4.1.5 and 4.1.6"},
	checkLifetime:     {Name: "lifetime", Rule: "RFC 7519, sections 4.1.4 and 4.1.6"},
	checkID:           {Name: "id", Want: "jti of 16 to 255 visible ASCII characters", Rule: "RFC 7519, section 4.1.7"},
	checkPersonal:     {Name: "personal-data", Rule: "the profile"},
}

// Explain says how [Verifier.Verify] decides about a message at that time.
func (v *Verifier) Explain(ctx context.Context, token string, now time.Time) *Explanation {
	x := NewExplanation(now)
	_, _ = v.VerifyNoted(ctx, token, now, x)
	return x
}

// VerifyNoted is Verify, and adds its checks to x. It is for a [Profile] that is
// an [Explainer]: with a nil x it is nothing but Verify, so that one piece of
// code can both accept and explain.
func (v *Verifier) VerifyNoted(ctx context.Context, token string, now time.Time, x *Explanation) (*Claims, error) {
	c, err := v.verify(ctx, token, now)
	if x != nil {
		v.note(x, token, c, err)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// NotReached adds the checks of Verify to x as not reached, for a profile that refuses a
// message before.
func (v *Verifier) NotReached(x *Explanation) {
	if x == nil {
		return
	}
	for at := range checkEnd {
		x.Step(Check{Name: checks[at].Name, Want: v.want(at), Rule: checks[at].Rule}, errNotReached)
	}
}

var errNotReached = Refuse(KindMalformed, "what comes before", nil)

func (v *Verifier) note(x *Explanation, token string, c *Claims, err error) {
	last := checkEnd
	if err != nil {
		last = failedAt(c.at, asError(err, KindMalformed, "a message").Kind)
	}
	e := evidence{c: c, token: token, now: x.At}
	for at := range checkEnd {
		step := Check{Name: checks[at].Name, Want: v.want(at), Rule: checks[at].Rule}
		switch {
		case at < last:
			step.Found = e.found(v, at)
			x.Step(step, nil)
		case at == last:
			step.Found = e.failed(v, at)
			x.Step(step, err)
		default:
			x.Step(step, errNotReached)
		}
	}
}

// want fills in what the configuration says.
func (v *Verifier) want(at check) string {
	switch at {
	case checkAlgorithm:
		return "alg to be one of " + strings.Join(v.cfg.Algorithms, ", ")
	case checkType:
		return "typ to be " + strings.Join(v.cfg.Types, " or ")
	case checkAudience:
		return "aud to be " + v.cfg.Audience + " alone"
	case checkExpiry:
		return "exp after now" + leeway(v.cfg.ExpirySkew)
	case checkIssued:
		return "iat and nbf not after now" + leeway(v.cfg.Skew)
	case checkLifetime:
		return "exp after iat, by at most " + v.cfg.MaxLifetime.String()
	case checkPersonal:
		if v.cfg.AllowPersonalData {
			return "nothing: the profile allows personal data"
		}
		return "no identity numbers, e-mail addresses and names"
	}
	return checks[at].Want
}

func leeway(d time.Duration) string {
	if d == 0 {
		return ", without leeway"
	}
	return ", with " + d.String() + " of leeway"
}

// algorithms and types that may be shown: a closed list, as the header's texts are anybody's.
var shownAlgorithms = append(jose.Algorithms(), "none", "HS256", "HS384", "HS512", "ES256K", "RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "dir",
	"ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW", "A128KW", "A256KW", "PBES2-HS256+A128KW")

var shownTypes = []string{"JWT", "JWS", "JOSE", "at+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "client-authentication+jwt"}

var shownHeaders = []string{"alg", "kid", "typ", "cty", "crit", "zip", "b64", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "enc", "epk", "url", "nonce"}

func shown(text string, list []string) string {
	at := slices.IndexFunc(list, func(known string) bool { return strings.EqualFold(known, text) })
	switch {
	case text == "":
		return "none"
	case slices.Contains(list, text):
		return text
	case at >= 0:
		return list[at] + " in other letters"
	}
	return "one that is not shown"
}
