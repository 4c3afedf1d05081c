package launchtest_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// weak is a tool that is not made with this SDK. Without flaws it is a careful
// one; with a flaw it leaves one thing out that real ones were seen to leave out.
type weak struct {
	flaws  []string
	agreed launchtest.Agreement
	keys   *weakKeys
	site   *site

	mu     sync.Mutex
	used   map[string]bool
	looked map[string]int // how often each was looked up
}

func weakTool(flaws ...string) func(launchtest.Agreement) (http.Handler, error) {
	return func(a launchtest.Agreement) (http.Handler, error) {
		x := &weak{flaws: flaws, agreed: a, site: newSite(slices.Contains(flaws, "cookie open to scripts")), used: map[string]bool{}, looked: map[string]int{}}
		x.keys = &weakKeys{weak: x, sets: map[string][]byte{}, parsed: map[string]*jose.Set{}}
		return x.site.handler(x), nil
	}
}

func (x *weak) has(flaw string) bool { return slices.Contains(x.flaws, flaw) }

// refusal is a status.
type refusal int

func (r refusal) Error() string { return http.StatusText(int(r)) }

func (x *weak) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !x.has("no headers") {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("X-Frame-Options", "DENY")
	}
	claims, err := x.accept(r)
	var status refusal
	switch {
	case err == nil:
		x.begin(w, r, claims["sub"].(string))
	case errors.As(err, &status):
		w.WriteHeader(int(status))
	case x.has("500 on garbage"):
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusForbidden)
	}
	if err != nil && x.has("error page echoes claims") {
		_ = json.NewEncoder(w).Encode(claims)
	}
}

func (x *weak) begin(w http.ResponseWriter, r *http.Request, sub string) {
	old, err := r.Cookie(cookie)
	switch {
	case x.has("session kept") && err == nil:
		x.site.mu.Lock()
		defer x.site.mu.Unlock()
		x.site.set(w, old.Value, sub)
		w.WriteHeader(http.StatusSeeOther)
	case x.has("old session lives on"):
		x.site.begin(w, &http.Request{}, sub)
	default:
		x.site.begin(w, r, sub)
	}
}

func (x *weak) accept(r *http.Request) (map[string]any, error) {
	token, err := x.token(r)
	if err != nil {
		return nil, err
	}
	return x.message(token)
}

func (x *weak) token(r *http.Request) (string, error) {
	query := x.has("token in the address")
	switch media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); {
	case r.Method != http.MethodPost && !query:
		return "", refusal(http.StatusMethodNotAllowed)
	case media != "application/x-www-form-urlencoded" && !x.has("any content type"):
		return "", refusal(http.StatusUnsupportedMediaType)
	case r.URL.Query().Has("token") && !query:
		return "", refusal(http.StatusBadRequest)
	}
	limit := int64(64<<10 + 1)
	if x.has("no body limit") {
		limit = 1 << 30
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit))
	if err != nil || int64(len(body)) == limit {
		return "", refusal(http.StatusRequestEntityTooLarge)
	}
	form, err := url.ParseQuery(string(body))
	if values := form["token"]; err == nil && (len(values) == 1 || len(values) > 1 && x.has("two tokens")) {
		return values[len(values)-1], nil
	}
	if query {
		return r.URL.Query().Get("token"), nil
	}
	return "", refusal(http.StatusBadRequest)
}

var errGarbage = errors.New("garbage")

func (x *weak) message(token string) (map[string]any, error) {
	part := strings.Split(token, ".")
	if len(part) != 3 || len(token) > 16<<10 && !x.has("no message limit") {
		return nil, errGarbage
	}
	var header, claims map[string]any
	for i, into := range []*map[string]any{&header, &claims} {
		data, err := x.decode(part[i])
		if err != nil {
			return nil, err
		}
		if *into, err = x.object(data); err != nil {
			return nil, err
		}
	}
	signature, err := x.decode(part[2])
	if err != nil {
		return nil, err
	}
	if x.has("replay before signature") && !x.first(claims, token) {
		return claims, refusal(http.StatusForbidden)
	}
	if err := x.keys.verify(header, claims, part[0]+"."+part[1], signature); err != nil {
		return claims, err
	}
	for _, check := range []func(map[string]any) bool{x.audience, x.times, x.rest} {
		if !check(claims) {
			return claims, refusal(http.StatusForbidden)
		}
	}
	if !x.head(header) || !x.has("replay before signature") && !x.first(claims, token) {
		return claims, refusal(http.StatusForbidden)
	}
	return claims, nil
}

func (x *weak) decode(segment string) ([]byte, error) {
	if x.has("lenient base64") {
		return base64.RawURLEncoding.DecodeString(strings.TrimRight(segment, "= \n"))
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if strings.ContainsAny(segment, "\r\n") {
		err = errGarbage
	}
	return data, err
}

func (x *weak) object(data []byte) (map[string]any, error) {
	var members map[string]any
	if x.has("last of two members") || x.has("case folding") {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		err := d.Decode(&members)
		for name, value := range members {
			if x.has("case folding") {
				members[strings.ToLower(name)] = value
			}
		}
		return members, err
	}
	limits := strictjson.Message()
	if x.has("no message limit") {
		limits = strictjson.Document()
	}
	v, err := strictjson.Parse(data, limits)
	if err != nil || v.Kind != strictjson.Object {
		return nil, errGarbage
	}
	return v.Any().(map[string]any), nil
}

func (x *weak) head(header map[string]any) bool {
	typ, _ := header["typ"].(string)
	known := 0
	for _, name := range []string{"alg", "kid", "typ"} {
		if _, there := header[name]; there {
			known++
		}
	}
	return (strings.EqualFold(typ, "JWT") || x.has("any typ")) && (known == len(header) || x.has("any header"))
}

func (x *weak) audience(claims map[string]any) bool {
	aud := claims["aud"]
	if list, is := aud.([]any); is && len(list) > 0 && (len(list) == 1 || x.has("one aud of many")) {
		aud = list[0]
	}
	text, _ := aud.(string)
	return text == x.agreed.Audience || x.has("no aud") || x.has("aud prefix") && strings.HasPrefix(text, x.agreed.Audience)
}

func (x *weak) times(claims map[string]any) bool {
	exp, hasExp := seconds(claims["exp"])
	iat, hasIat := seconds(claims["iat"])
	nbf, hasNbf := seconds(claims["nbf"])
	_, saysNbf := claims["nbf"]
	at, late := float64(start.Unix()), 0.0
	if x.has("exp late by skew") {
		late = 10
	}
	switch {
	case !hasExp && !x.has("exp optional"), !hasIat && !x.has("iat optional"), saysNbf && !hasNbf:
		return false
	case hasExp && at >= exp+late && !x.has("exp not checked"), hasIat && iat > at+10 && !x.has("iat ahead"), hasNbf && nbf > at+10:
		return false
	}
	return !hasExp || !hasIat || exp > iat && (exp-iat <= 300 || x.has("any lifetime")) || x.has("exp late by skew") && exp+late > iat || x.has("exp not checked") && exp < iat
}

func seconds(v any) (float64, bool) {
	number, is := v.(json.Number)
	f, err := number.Float64()
	return f, is && err == nil && f < 253402300799
}

var (
	person   = regexp.MustCompile(`^(Patient|Practitioner|RelatedPerson|Person)/[A-Za-z0-9.-]{1,64}$`)
	taskForm = regexp.MustCompile(`^Task/[A-Za-z0-9.-]{1,64}$`)
	link     = regexp.MustCompile(`^https://[^@\s]{1,1000}$`)
	plain    = regexp.MustCompile(`^[ -~]{0,64}$`)
	jtiForm  = regexp.MustCompile(`^[!-~]{16,256}$`)
)

// rest: the claims of HTI.
func (x *weak) rest(claims map[string]any) bool {
	for _, c := range []struct {
		name     string
		form     *regexp.Regexp
		optional bool
	}{{"sub", person, false}, {"patient", person, true}, {"resource", taskForm, false}, {"definition", link, true}, {"intent", plain, true},
		{"jti", jtiForm, x.has("jti optional")}, {"hti-version", regexp.MustCompile(`^2\.0$`), true}} {
		value, there := claims[c.name]
		text, is := value.(string)
		if there && (!is || !c.form.MatchString(text)) || !there && !c.optional {
			return false
		}
	}
	patient, there := claims["patient"]
	return (!there || patient == claims["sub"]) && (x.has("personal data") || !personal(claims))
}

func personal(claims map[string]any) bool {
	data, err := json.Marshal(claims)
	_, name := claims["name"]
	_, mail := claims["email"]
	number := launchtest.IdentityNumber()
	return err != nil || name || mail || bytes.Contains(data, []byte("@")) || bytes.Contains(data, []byte(number)) || bytes.Contains(data, []byte("1"+number[1:]))
}

func (x *weak) first(claims map[string]any, token string) bool {
	jti, _ := claims["jti"].(string)
	iss, _ := claims["iss"].(string)
	key := iss + " " + jti
	switch {
	case x.has("no replay"), x.has("jti optional") && jti == "":
		return true
	case x.has("replay key without issuer"):
		key = jti
	case x.has("replay by the message's text"):
		key = token
	case x.has("replay not atomic"):
		return x.slowly(key)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	before := x.used[key]
	x.used[key] = true
	return !before
}

// slowly looks first and writes later: it gives another caller time to look in between.
func (x *weak) slowly(key string) bool {
	x.mu.Lock()
	before := x.used[key]
	x.looked[key]++
	x.mu.Unlock()
	for range 20_000 {
		if x.lookers(key) > 1 {
			break
		}
		runtime.Gosched()
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.used[key] = true
	return !before
}

func (x *weak) lookers(key string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.looked[key]
}
