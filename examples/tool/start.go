package main

import (
	"net/http"
	"net/url"
)

const startPath = "/uthopp/start"

// atBase sends who comes under another name of this machine, such as 127.0.0.1 for
// localhost, to that of baseURL: the cookie of a login that begins under the one
// is missing when it ends under the other. Behind a proxy, which listens at
// another port or on another machine, nothing is done.
func atBase(baseURL string, next http.Handler) http.Handler {
	base, err := url.Parse(baseURL)
	if err != nil || base.Scheme != "http" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came := &url.URL{Scheme: "http", Host: r.Host}
		if r.Method != http.MethodGet || r.Host == base.Host || came.Port() != base.Port() || !secure(came.String()) {
			next.ServeHTTP(w, r)
			return
		}
		to := url.URL{Scheme: base.Scheme, Host: base.Host, Path: startPath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusTemporaryRedirect)
	})
}
