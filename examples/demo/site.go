package main

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

//go:embed templates
var files embed.FS

// pages holds the templates once for each language, so that a page has one language and no more.
type pages map[catalogue.Lang]*template.Template

func loadPages() (pages, error) {
	out := pages{}
	for _, lang := range languages {
		t, err := template.New("").Funcs(functions(lang)).ParseFS(files, "templates/*.html")
		if err != nil {
			return nil, err
		}
		out[lang] = t
	}
	return out, nil
}

func functions(lang catalogue.Lang) template.FuncMap {
	return template.FuncMap{
		"t":    func(key string) (string, error) { return say(lang, key) },
		"in":   func(text catalogue.Text) string { return text.In(lang) },
		"lang": func() string { return string(lang) },
		"when": func(at time.Time) string { return moment(lang, at) },
	}
}

// moment writes a time as people in Norway do; an empty one is a dash.
func moment(lang catalogue.Lang, at time.Time) string {
	switch {
	case at.IsZero():
		return "–"
	case lang == "en":
		return at.Format("2 January 2006 15:04")
	}
	return at.Format("02.01.2006 15:04")
}

// show writes one page, or nothing of it when the template fails.
func (p pages) show(w http.ResponseWriter, r *http.Request, code int, name string, data any) {
	var b bytes.Buffer
	if err := p[language(r)].ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(language(r)))
	w.WriteHeader(code)
	w.Write(b.Bytes())
}

// language is the reader's choice: ?lang=, else the cookie that it leaves, else the browser's wish, else Bokmål.
func language(r *http.Request) catalogue.Lang {
	wishes := []string{r.URL.Query().Get("lang")}
	if c, err := r.Cookie("demo-lang"); err == nil {
		wishes = append(wishes, c.Value)
	}
	for wish := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		wishes = append(wishes, strings.ToLower(strings.TrimSpace(wish)[:min(2, len(strings.TrimSpace(wish)))]))
	}
	for _, wish := range wishes {
		for _, lang := range languages {
			if string(lang) == wish {
				return lang
			}
		}
	}
	return "nb"
}

// site adds what all three sites share: style, language, and headers that keep pages out of frames and caches.
func site(mux *http.ServeMux) http.Handler {
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "templates/style.css")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		if lang := r.URL.Query().Get("lang"); lang != "" {
			http.SetCookie(w, &http.Cookie{Name: "demo-lang", Value: string(language(r)), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
		mux.ServeHTTP(w, r)
	})
}

// sameOrigin refuses forms that another site sends in the reader's name.
func sameOrigin(h http.Handler, except ...string) http.Handler {
	guard := http.NewCrossOriginProtection()
	for _, pattern := range except {
		guard.AddInsecureBypassPattern(pattern)
	}
	return guard.Handler(h)
}
