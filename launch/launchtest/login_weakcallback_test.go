package launchtest_test

import (
	"context"
	"crypto/subtle"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// callback takes the provider's answer.
func (x *loginTool) callback(w http.ResponseWriter, r *http.Request) {
	form, status := x.form(r)
	if status != 0 {
		w.WriteHeader(status)
		return
	}
	b, known := x.take(w, r, form.Get("state"))
	switch {
	case !known:
		w.WriteHeader(http.StatusForbidden)
		return
	case form.Has("iss") && form.Get("iss") != x.agreed.Issuer && !x.has("iss parameter ignored"):
		w.WriteHeader(http.StatusForbidden)
		return
	case form.Has("error") && !(x.has("error ignored") && form.Get("code") != ""):
		w.WriteHeader(http.StatusForbidden)
		if x.has("error_description echoed") {
			_, _ = io.WriteString(w, "<p>"+form.Get("error_description"))
		}
		return
	case form.Get("code") == "":
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	patient, err := x.patient(r.Context(), form.Get("code"), b)
	switch {
	case err != nil && x.has("500 on everything"):
		w.WriteHeader(http.StatusInternalServerError)
	case err != nil:
		w.WriteHeader(http.StatusForbidden)
	default:
		x.begin(w, r, patient, b.next, form)
	}
}

func (x *loginTool) form(r *http.Request) (url.Values, int) {
	address := x.has("code in the query accepted")
	switch media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); {
	case address && r.URL.RawQuery != "":
		return r.URL.Query(), 0
	case r.Method != http.MethodPost:
		return nil, http.StatusMethodNotAllowed
	case media != "application/x-www-form-urlencoded" && !x.has("any content type"):
		return nil, http.StatusUnsupportedMediaType
	case r.URL.RawQuery != "":
		return nil, http.StatusBadRequest
	case r.Header.Get("Sec-Fetch-Dest") == "iframe" && !x.has("no headers"):
		return nil, http.StatusBadRequest
	}
	limit := int64(64 << 10)
	if x.has("no body limit") {
		limit = 1 << 30
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err != nil || int64(len(body)) > limit {
		return nil, http.StatusRequestEntityTooLarge
	}
	form, err := url.ParseQuery(string(body))
	for _, values := range form {
		if len(values) > 1 && !x.has("first of two fields") {
			err = errGarbage
		}
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	return form, 0
}

// take finds the login that this browser began, once.
func (x *loginTool) take(w http.ResponseWriter, r *http.Request, state string) (begun, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.has("state not checked") {
		state = x.last
	} else if x.has("state optional") && state == "" {
		state = x.last
	}
	b, known := x.begun[state]
	c, err := r.Cookie(x.cookieFor(state))
	bound := err == nil && subtle.ConstantTimeCompare([]byte(c.Value), []byte(b.binding)) == 1
	if x.has("any login cookie") {
		bound = strings.Contains(r.Header.Get("Cookie"), "__Host-login-")
	}
	if !known || !bound && !x.has("state not checked") && !x.has("not bound to the browser") {
		return b, false
	}
	if x.has("answer taken twice") {
		return b, true
	}
	delete(x.begun, state)
	http.SetCookie(w, &http.Cookie{Name: x.cookieFor(state), Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode})
	return b, true
}

// patient exchanges the code, once, and reads the ID token.
func (x *loginTool) patient(ctx context.Context, code string, b begun) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	server, err := x.discover(ctx)
	if err != nil {
		return "", err
	}
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {b.verifier}, "redirect_uri": {x.agreed.Callback}}
	if x.has("client_id at the token endpoint") {
		form.Set("client_id", x.agreed.ClientID)
	}
	x.sign(form)
	status, answer, err := x.post(ctx, text(server, "token_endpoint"), form)
	if (err != nil || status >= 500) && x.has("code sent again") {
		x.sign(form)
		status, answer, err = x.post(ctx, text(server, "token_endpoint"), form)
	}
	if err != nil || status != http.StatusOK || text(answer, "token_type") != "Bearer" && !x.has("any token_type") {
		return "", errGarbage
	}
	claims, err := x.read(ctx, text(answer, "id_token"), b.nonce)
	if err != nil {
		return "", err
	}
	return text(claims, "sub"), x.represents(claims)
}

// represents takes who acts for himself, and parents of small children.
func (x *loginTool) represents(claims map[string]any) error {
	sub, actor, relation := text(claims, "sub"), text(claims, x.agreed.Claims.Actor), text(claims, x.agreed.Claims.Relation)
	switch {
	case x.has("acting for others accepted") && sub != "":
		return nil
	case x.has("actor optional") && actor == "":
		return nil
	case sub == "" || actor == "":
		return errGarbage
	case sub != actor && relation != "2":
		return errGarbage
	}
	return nil
}
