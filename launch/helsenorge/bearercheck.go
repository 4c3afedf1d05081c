package helsenorge

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// errScope is a message that is good, for something else.
var errScope = launch.Refuse(launch.KindClaims, "scp to have every scope that this address needs", nil)

func (b *bearer) accept(r *http.Request) (*System, error) {
	token, err := bearerToken(r.Header)
	if err != nil {
		return nil, err
	}
	c, err := b.verifier.Verify(r.Context(), token, b.cfg.Now())
	if err != nil {
		return nil, err
	}
	if typ, _ := c.Header("typ_2"); !slices.Contains(b.cfg.Types, typ) {
		return nil, launch.Refuse(launch.KindType, "the header typ_2 to be "+strings.Join(b.cfg.Types, " or "), nil)
	}
	s, err := system(c)
	if err != nil {
		return nil, err
	}
	for _, scope := range b.cfg.Scopes {
		if !slices.Contains(s.Scopes, scope) {
			return nil, errScope
		}
	}
	return s, nil
}

// bearerToken finds the one token. Where basic authentication has taken
// Authorization, Helsenorge uses X-Authorization.
func bearerToken(h http.Header) (string, error) {
	var found []string
	for _, name := range []string{"Authorization", "X-Authorization"} {
		values := h.Values(name)
		if len(values) > 1 {
			return "", launch.Refuse(launch.KindRequest, name+" once", nil)
		}
		for _, value := range values {
			if scheme, token, _ := strings.Cut(value, " "); strings.EqualFold(scheme, "Bearer") {
				found = append(found, token)
			}
		}
	}
	if len(found) != 1 {
		return "", launch.Refuse(launch.KindRequest, "one bearer token, in Authorization or X-Authorization", nil)
	}
	return found[0], nil
}

func system(c *launch.Claims) (*System, error) {
	s := &System{Expires: c.Expires}
	var scopes, subject string
	for name, into := range map[string]*string{"client_id": &s.ClientID, "client_name": &s.ClientName, "endusertype": &s.UserType,
		"scp": &scopes, "sub": &subject} {
		text, _, err := c.Text(name)
		if err != nil {
			return nil, err
		}
		*into = text
	}
	s.Scopes, s.Subject = strings.Fields(scopes), launch.NewSecret(subject)
	return s, nil
}

// refuse answers as RFC 6750, section 3, has it, and says nothing of the token.
func (b *bearer) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var refused *launch.Error
	if !errors.As(err, &refused) {
		refused = launch.Refuse(launch.KindMalformed, "a bearer token", nil)
	}
	b.cfg.Logger.WarnContext(r.Context(), "call refused", "kind", string(refused.Kind), "want", refused.Want)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	switch {
	case refused.Status() == http.StatusServiceUnavailable:
		h.Set("Retry-After", "30")
		http.Error(w, "cannot check the token now", http.StatusServiceUnavailable)
	case refused == errScope:
		h.Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="`+strings.Join(b.cfg.Scopes, " ")+`"`)
		http.Error(w, "the token has not the scope", http.StatusForbidden)
	case refused.Kind == launch.KindRequest:
		h.Set("WWW-Authenticate", "Bearer")
		http.Error(w, "a bearer token is needed", http.StatusUnauthorized)
	default:
		h.Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		http.Error(w, "the token is not accepted", http.StatusUnauthorized)
	}
}
