package approval

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// What is written here is what json.Marshal writes, byte for byte, without
// reflection where there is much of it: the two digests are what takes the
// longest of an evaluation.

// encoded is the decision as JSON. Most of it are the reasons.
func (d *Decision) encoded() []byte {
	rest := *d
	rest.Reasons = nil
	if d.Reasons == nil {
		return marshalled(&rest)
	}
	return spliced(marshalled(&rest), `"reasons":`, "null", 700*len(d.Reasons), func(b []byte) []byte {
		return appendList(b, d.Reasons, appendReason)
	})
}

// encoded is the declaration as JSON. No answers are {}.
func (d *SelfDeclaration) encoded() []byte {
	rest := *d
	rest.Answers, rest.Evidence = map[string]Answer{}, nil
	return spliced(marshalled(&rest), `"answers":`, "{}", 70*len(d.Answers)+150*len(d.Evidence), func(b []byte) []byte {
		b = appendAnswers(b, d.Answers)
		if len(d.Evidence) == 0 {
			return b
		}
		return appendList(append(b, `,"evidence":`...), d.Evidence, appendEvidence)
	})
}

// marshalled serves types that always have a form in JSON.
func marshalled(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic("approval: " + err.Error())
	}
	return data
}

// spliced puts what fill appends in place of old after a name that no string can
// hold, because there its quotes would be escaped.
func spliced(data []byte, name, old string, more int, fill func([]byte) []byte) []byte {
	at := bytes.Index(data, []byte(name+old)) + len(name)
	out := append(make([]byte, 0, len(data)+more), data[:at]...)
	return append(fill(out), data[at+len(old):]...)
}

func appendList[T any](b []byte, items []T, one func([]byte, *T) []byte) []byte {
	b = append(b, '[')
	for i := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, &items[i])
	}
	return append(b, ']')
}

func appendReason(b []byte, r *Reason) []byte {
	b = appendString(append(b, `{"requirement":`...), r.Requirement)
	b = appendText(append(b, `,"title":`...), r.Title)
	b = appendString(append(b, `,"severity":`...), string(r.Severity))
	b = appendString(append(b, `,"result":`...), string(r.Result))
	return append(appendText(append(b, `,"text":`...), r.Text), '}')
}

func appendText(b []byte, t catalogue.Text) []byte {
	en, nb, nn := t["en"], t["nb"], t["nn"]
	if len(t) != 3 || en == "" || nb == "" || nn == "" {
		return append(b, marshalled(t)...)
	}
	b = appendString(append(b, `{"en":`...), en)
	b = appendString(append(b, `,"nb":`...), nb)
	return append(appendString(append(b, `,"nn":`...), nn), '}')
}

func appendAnswers(b []byte, answers map[string]Answer) []byte {
	b = append(b, '{')
	for i, id := range slices.Sorted(maps.Keys(answers)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, id), ':')
		b = appendAnswer(b, answers[id])
	}
	return append(b, '}')
}

func appendAnswer(b []byte, a Answer) []byte {
	b = appendString(append(b, `{"status":`...), string(a.Status))
	b = appendMember(b, "reason", a.Reason)
	b = appendMember(b, "explanation", a.Explanation)
	b = appendMember(b, "due", string(a.Due))
	if len(a.Evidence) > 0 {
		b = appendList(append(b, `,"evidence":`...), a.Evidence, func(b []byte, id *string) []byte { return appendString(b, *id) })
	}
	if a.Answered != nil {
		b = append(append(b, `,"answered":`...), marshalled(a.Answered)...)
	}
	if a.Inherited != nil {
		b = append(append(b, `,"inherited":`...), marshalled(a.Inherited)...)
	}
	return append(b, '}')
}

func appendEvidence(b []byte, e *Evidence) []byte {
	b = appendString(append(b, `{"id":`...), e.ID)
	b = appendString(append(b, `,"kind":`...), e.Kind)
	b = appendString(append(b, `,"title":`...), e.Title)
	b = appendMember(b, "url", e.URL)
	b = appendMember(b, "sha256", string(e.SHA256))
	b = appendString(append(b, `,"issued":`...), string(e.Issued))
	b = appendMember(b, "expires", string(e.Expires))
	b = appendMember(b, "level", string(e.Level))
	b = appendMember(b, "issuer", e.Issuer)
	b = appendMember(b, "checkedBy", e.CheckedBy)
	b = appendMember(b, "mediaType", e.MediaType)
	if e.Size != 0 {
		b = strconv.AppendInt(append(b, `,"size":`...), e.Size, 10)
	}
	if e.Confidential {
		b = append(b, `,"confidential":true`...)
	}
	return append(b, '}')
}

// appendMember leaves out what is empty.
func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendString(b, value)
}

// appendString leaves to encoding/json what must be escaped.
func appendString(b []byte, s string) []byte {
	if !plainJSON(s) {
		return append(b, marshalled(s)...)
	}
	return append(append(append(b, '"'), s...), '"')
}

// plainJSON says whether encoding/json writes a string as it is.
func plainJSON(s string) bool {
	for i := range len(s) {
		if escapes[s[i]] && (s[i] != 0xe2 || separates(s[i:])) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// separates finds U+2028 and U+2029, which end lines in JavaScript.
func separates(s string) bool {
	return strings.HasPrefix(s, "\u2028") || strings.HasPrefix(s, "\u2029")
}

// escapes are the bytes that encoding/json escapes, or that begin what it escapes.
var escapes = func() (all [256]bool) {
	for c := range ' ' {
		all[c] = true
	}
	for _, c := range []byte{'"', '\\', '<', '>', '&', 0x7f, 0xe2} {
		all[c] = true
	}
	return all
}()
