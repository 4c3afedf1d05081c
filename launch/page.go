package launch

import (
	"bytes"
	"crypto/rand"
	"html/template"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/acceptlanguage"
)

// harden sets the headers of every answer, OnLaunch's included.
func harden(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'")
}

// reference is eight characters that are easy to read out on the telephone.
func reference() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	ref := strings.Map(func(r rune) rune {
		if strings.ContainsRune(letters, r) {
			return r
		}
		return -1
	}, rand.Text()+rand.Text())
	return ref[:4] + "-" + ref[4:8]
}

// refuse answers with the page. again is where the person can start anew on this
// site; "" for nowhere.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, profile, again string, err *Error) {
	refused := *err // a key source may hand out the same error to many
	refused.Ref = reference()
	log := []any{"kind", string(refused.Kind), "want", refused.Want, "ref", refused.Ref, "profile", profile, "status", refused.Status()}
	if refused.Status() == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "30")
		h.cfg.Logger.ErrorContext(r.Context(), "launch not decided", append(log, "cause", refused.err)...)
	} else {
		h.cfg.Logger.WarnContext(r.Context(), "launch refused", log...)
	}
	h.page(w, r, refused.Status(), textFor(refused), refused.Ref, again)
}

func textFor(err Error) pageText {
	if err.Status() == http.StatusRequestTimeout {
		return textExpired
	}
	return textOf(err.Kind)
}

// page writes what happened, what to do, where, and the reference; of the request,
// only what again holds of the start address.
func (h *Handler) page(w http.ResponseWriter, r *http.Request, status int, text pageText, ref, again string) {
	lang, nonce := acceptlanguage.Pick(r.Header.Get("Accept-Language")), rand.Text()
	var body bytes.Buffer
	err := pageTemplate.Execute(&body, map[string]string{"Lang": lang, "Title": title[lang], "What": text.what[lang],
		"Do": text.do[lang], "RefName": refName[lang], "Ref": ref, "Nonce": nonce, "Again": again, "AgainName": againName[lang],
		"Portal": h.cfg.Portal, "PortalName": portalName[lang]})
	if err != nil {
		body.Reset() // the template is ours and cannot fail; the status says it all
	}
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", lang)
	header.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}

var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style nonce="{{.Nonce}}">body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:clamp(1.5rem,8vw,4rem) auto;padding:0 1.5rem;color:#1c1c28;background:#fff}
h1{font-size:1.75rem;line-height:1.25}.ref{color:#4a4a5a}
.again{display:inline-block;padding:.6rem 1.25rem;border-radius:.4rem;color:#fff;background:#06446c;text-decoration:none}
.again:hover{background:#032d49}.again:focus-visible{outline:3px solid #06446c;outline-offset:3px}
:root{color-scheme:light dark}@media (prefers-color-scheme:dark){body{color:#e8edf0;background:#12191e}.ref{color:#b4c0c8}a{color:#8cc8ea}
.again,.again:hover{color:#0d1a22;background:#8cc8ea}.again:focus-visible{outline-color:#8cc8ea}}</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.What}}</p>
<p>{{.Do}}</p>
{{if .Again}}<p><a class="again" href="{{.Again}}">{{.AgainName}}</a></p>
{{end}}{{if .Portal}}<p><a href="{{.Portal}}">{{.PortalName}}</a></p>
{{end}}<p class="ref">{{.RefName}}: <strong>{{.Ref}}</strong></p>
</main>
</body>
</html>
`))
