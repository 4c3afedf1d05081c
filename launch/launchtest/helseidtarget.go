package launchtest

import (
	"net/http"
	"net/url"
	"strings"
)

// sameTarget compares htu with the address that the request came to, both
// normalised. RFC 9449, section 4.3, step 9 and what follows the list.
func (h *HelseID) sameTarget(htu string, r *http.Request) bool {
	u, err := url.Parse(htu)
	if err != nil || h.cfg.ExactHTU && strings.ContainsAny(htu, "?#") {
		return false
	}
	got, is := normalised(u)
	want, _ := normalised(targetOf(r))
	return is && got == want
}

// targetOf is the address that a request came to. RFC 9110, section 7.1.
func targetOf(r *http.Request) *url.URL {
	u := *r.URL
	if line, err := url.ParseRequestURI(r.RequestURI); err == nil { // what no mux has cut
		u = *line
	}
	if u.Host = r.Host; u.Scheme == "" {
		u.Scheme = "http"
	}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return &u
}

// targetHost is the server that a request came to: each has its own nonces.
func targetHost(r *http.Request) string {
	u := targetOf(r)
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// normalised gives an address without query and fragment, in one spelling. RFC
// 3986, section 6.2.2 (case, percent-encoding, dot segments) and 6.2.3 (port, empty path).
func normalised(u *url.URL) (string, bool) {
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	if scheme != "https" && scheme != "http" || host == "" || u.User != nil {
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != "" && port != map[string]string{"https": "443", "http": "80"}[scheme] {
		host += ":" + port
	}
	return scheme + "://" + host + withoutDots(unescaped(u.EscapedPath())), true
}

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// unescaped decodes what need not be encoded, and writes the rest with capitals.
func unescaped(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' || i+2 >= len(path) {
			b.WriteByte(path[i])
			continue
		}
		if c, err := url.PathUnescape(path[i : i+3]); err == nil && strings.Contains(unreserved, c) {
			b.WriteString(c)
		} else {
			b.WriteString(strings.ToUpper(path[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

// withoutDots takes away the segments . and .. of an absolute path. RFC 3986, section 5.2.4.
func withoutDots(path string) string {
	var out []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == ".." && len(out) > 0:
			out = out[:len(out)-1]
		case s != "." && s != "..":
			out = append(out, s)
			continue
		}
		if last {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

// bareOrigin is the scheme and host of an address that has nothing else.
func bareOrigin(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || strings.ContainsAny(address, "?#") || u.Path != "" {
		return "", false
	}
	text, is := normalised(u)
	return strings.TrimSuffix(text, "/"), is
}
