package launch

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// evidence shows what a decision was about. It decides nothing: what it reads
// again of the message is only for showing.
type evidence struct {
	c     *Claims
	token string
	now   time.Time
}

// found is what a check that passed has seen.
func (e evidence) found(v *Verifier, at check) string {
	switch at {
	case checkSize:
		return e.size()
	case checkAlgorithm, checkAgreed, checkKeyAlgorithm:
		return "alg " + e.algorithm()
	case checkIssuer:
		return e.c.Issuer // one of the configured ones, letter for letter
	case checkKey:
		return "kid " + quoted(e.c.keyID) // one of the issuer's own
	case checkHeader:
		return e.headers()
	case checkType:
		return "typ " + e.typ()
	case checkAudience:
		return v.cfg.Audience
	case checkTimes, checkExpiry, checkIssued, checkLifetime, checkID:
		return e.claims(at)
	}
	return ""
}

// failed is what a check that failed has seen. The issuer and the key are not
// the agreed ones then, and are not shown.
func (e evidence) failed(v *Verifier, at check) string {
	switch at {
	case checkIssuer:
		return fmt.Sprintf("none of the %d agreed", len(v.issuers))
	case checkKey:
		return e.key()
	case checkAudience:
		return e.audience(v.cfg.Audience)
	case checkTimes:
		return ""
	}
	return e.found(v, at)
}

func (e evidence) claims(at check) string {
	c := e.c
	switch at {
	case checkTimes:
		return "exp " + c.Expires.Format(time.RFC3339) + ", iat " + c.Issued.Format(time.RFC3339)
	case checkExpiry:
		return "exp " + distance(c.Expires.Sub(e.now))
	case checkIssued:
		found := "iat " + distance(c.Issued.Sub(e.now))
		if !c.notBefore.IsZero() {
			found += ", nbf " + distance(c.notBefore.Sub(e.now))
		}
		return found
	case checkLifetime:
		return "exp " + seconds(c.Expires.Sub(c.Issued)) + " after iat"
	}
	id, there, err := c.Text("jti")
	if !there || err != nil {
		return "no text"
	}
	return fmt.Sprintf("%d characters", len(id))
}

// distance says where a time is, seen from now.
func distance(d time.Duration) string {
	if d < 0 {
		return seconds(-d) + " before now"
	}
	return seconds(d) + " after now"
}

func seconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }

func quoted(kid string) string {
	if kid == "" {
		return "none, as agreed"
	}
	return fmt.Sprintf("%q", kid)
}

func (e evidence) size() string { return fmt.Sprintf("%d bytes", len(e.token)) }

// header reads the first segment once more, nil if that cannot be shown.
func (e evidence) header() *strictjson.Value {
	segment, _, _ := strings.Cut(e.token, ".")
	data, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return nil
	}
	v, err := strictjson.Parse(data, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return nil
	}
	return v
}

func (e evidence) text(name string) string {
	if h := e.header(); h != nil {
		if m, there := h.Member(name); there {
			return m.Text
		}
	}
	return ""
}

func (e evidence) algorithm() string { return shown(e.text("alg"), shownAlgorithms) }

func (e evidence) typ() string { return shown(e.text("typ"), shownTypes) }

// key says of an unknown key only whether the message names one.
func (e evidence) key() string {
	if e.c.keyID != "" {
		return "kid " + quoted(e.c.keyID)
	}
	if e.text("kid") == "" {
		return "no kid"
	}
	return "a kid that is not shown"
}

func (e evidence) headers() string {
	var names []string
	if h := e.header(); h != nil {
		for _, m := range h.Members {
			names = append(names, shown(m.Name, shownHeaders))
		}
	}
	return strings.Join(names, ", ")
}

func (e evidence) audience(want string) string {
	aud, there := e.c.payload.Member("aud")
	switch {
	case !there:
		return "none"
	case aud.Kind == strictjson.Array:
		return fmt.Sprintf("a list of %d", len(aud.Items))
	case aud.Kind == strictjson.String && strings.EqualFold(strings.TrimRight(aud.Text, "/"), strings.TrimRight(want, "/")):
		return "the same but for case or a slash at the end"
	}
	return "another"
}
