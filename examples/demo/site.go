package main

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"time"

	xlanguage "golang.org/x/text/language"

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
		"here": func(string) string { return "" }, // each page has its own
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
	t, err := p[language(r)].Clone()
	if err == nil {
		t.Funcs(template.FuncMap{"here": func(lang string) string { return here(r, lang) }})
		err = t.ExecuteTemplate(&b, name, data)
	}
	if err != nil {
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
	_, i := xlanguage.MatchStrings(matcher, append(wishes, r.Header.Get("Accept-Language"))...)
	return languages[i]
}

// matcher has the languages in the order of languages.
var matcher = xlanguage.NewMatcher([]xlanguage.Tag{xlanguage.MustParse("nb"), xlanguage.MustParse("nn"), xlanguage.English})

// here is the address of the page that is shown, in another language; the answer to a form has none of its own.
func here(r *http.Request, lang string) string {
	if r.Method != http.MethodGet {
		return "/?lang=" + lang
	}
	q := r.URL.Query()
	q.Set("lang", lang)
	return r.URL.Path + "?" + q.Encode()
}

// site adds what all three sites share: style, language, headers that keep
// pages out of frames and caches, and a guard against forms that another site
// sends in the reader's name. open are patterns that the guard lets through.
func site(mux *http.ServeMux, p pages, open ...string) http.Handler {
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "templates/style.css")
	})
	mux.HandleFunc("/", p.problem(http.StatusNotFound, "not-found"))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(p.problem(http.StatusForbidden, "other-site"))
	for _, pattern := range open {
		guard.AddInsecureBypassPattern(pattern)
	}
	guarded := guard.Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		harden(w.Header())
		if r.URL.Query().Get("lang") != "" {
			http.SetCookie(w, &http.Cookie{Name: "demo-lang", Value: string(language(r)), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
		guarded.ServeHTTP(w, r)
	})
}

func harden(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
}

func (p pages) problem(code int, key string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { p.show(w, r, code, "problem.html", key) }
}
