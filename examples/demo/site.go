package main

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"net/http"

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
		t, err := template.New("").Funcs(functions(lang)).Funcs(ofRequest(nil)).ParseFS(files, "templates/*.html")
		if err != nil {
			return nil, err
		}
		out[lang] = t
	}
	return out, nil
}

// ofRequest are the functions that each request has of its own: here is the
// page's address in another language, site the name of the site, bar what the
// site shows above every page.
func ofRequest(r *http.Request) template.FuncMap {
	return template.FuncMap{
		"here": func(lang string) string { return here(r, lang) },
		"site": func() string { return siteName(r) },
		"bar":  func() any { return nil },
	}
}

// show writes one page, or nothing of it when the template fails.
func (p pages) show(w http.ResponseWriter, r *http.Request, code int, name string, data any) {
	p.showWith(w, r, code, name, data, nil)
}

// showWith is show with functions that only this page has.
func (p pages) showWith(w http.ResponseWriter, r *http.Request, code int, name string, data any, more template.FuncMap) {
	var b bytes.Buffer
	t, err := p[language(r)].Clone()
	if err == nil {
		err = t.Funcs(ofRequest(r)).Funcs(more).ExecuteTemplate(&b, name, data)
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

// inChosenLanguage lets pages that go by the browser's wish speak the language that was chosen.
func inChosenLanguage(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Accept-Language", string(language(r)))
		pages.ServeHTTP(w, r)
	})
}

// matcher has the languages in the order of languages.
var matcher = xlanguage.NewMatcher([]xlanguage.Tag{xlanguage.MustParse("nb"), xlanguage.MustParse("nn"), xlanguage.English})

// here is the address of the page that is shown, in another language. A form is
// sent to the address of the page that it stands on, so that this holds for the
// answer to a form, too; where there is no such page, it is the first one.
func here(r *http.Request, lang string) string {
	path, q := r.URL.Path, r.URL.Query()
	if r.Method != http.MethodGet && !hasPage(r) {
		path, q = "/", nil
	}
	if q == nil {
		q = map[string][]string{}
	}
	q.Set("lang", lang)
	return path + "?" + q.Encode()
}

type siteKey struct{}

// siteOf is what a site notes with its requests.
type siteOf struct {
	name string
	mux  *http.ServeMux
}

// named says which site answers: the key of a text.
func named(name string, mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), siteKey{}, siteOf{name, mux})))
	})
}

func siteName(r *http.Request) string {
	if s, ok := r.Context().Value(siteKey{}).(siteOf); ok {
		return s.name
	}
	return "demo"
}

// hasPage says whether a browser may come back to the request's address.
func hasPage(r *http.Request) bool {
	s, ok := r.Context().Value(siteKey{}).(siteOf)
	if !ok {
		return false
	}
	get := r.Clone(r.Context())
	get.Method = http.MethodGet
	_, pattern := s.mux.Handler(get)
	return pattern != "" && pattern != "/"
}
