package catalogue

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

// validators are what a server calls a version of a document (RFC 9110, section 8.8).
type validators struct{ etag, modified string }

// entityTag is RFC 9110, section 8.8.3, in ASCII and up to a length that nobody needs.
var entityTag = regexp.MustCompile(`^(W/)?"[\x21\x23-\x7e]{0,256}"$`)

// validatorsOf reads those of an answer that say for certain which version it is. A time says so only if the answer was made a second or
// more after it (RFC 9110, section 8.8.2.2): within the second, the document may change again. A weak ETag is good enough, since a server
// must change it when an older version should not be used any more (section 8.8.1).
func validatorsOf(h http.Header) validators {
	v := validators{etag: h.Get("ETag")}
	if !entityTag.MatchString(v.etag) {
		v.etag = ""
	}
	modified, err1 := http.ParseTime(h.Get("Last-Modified"))
	date, err2 := http.ParseTime(h.Get("Date"))
	if err1 == nil && err2 == nil && date.Sub(modified) >= time.Second {
		v.modified = modified.UTC().Format(http.TimeFormat)
	}
	return v
}

// parseTag reads a [Source]'s tag: an ETag, or "modified " and a time. What is neither is nothing.
func parseTag(tag string) validators {
	if entityTag.MatchString(tag) {
		return validators{etag: tag}
	}
	if date, is := strings.CutPrefix(tag, "modified "); is {
		if at, err := http.ParseTime(date); err == nil {
			return validators{modified: at.UTC().Format(http.TimeFormat)}
		}
	}
	return validators{}
}

// tag prefers the ETag, as servers do (RFC 9110, section 13.1.3).
func (v validators) tag() string {
	switch {
	case v.etag != "":
		return v.etag
	case v.modified != "":
		return "modified " + v.modified
	}
	return ""
}

func (v validators) some() bool { return v != validators{} }

// ask makes the question one for a newer document.
func (v validators) ask(h http.Header) {
	if v.etag != "" {
		h.Set("If-None-Match", v.etag)
	}
	if v.modified != "" {
		h.Set("If-Modified-Since", v.modified)
	}
}
