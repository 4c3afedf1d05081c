package approval

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// What is written here is what json.Marshal writes, byte for byte, without
// reflection where there is much of it and in pieces that are digested at once:
// the two digests are what takes the longest of an evaluation.

// encode writes the decision as JSON.
func (d *Decision) encode(out *pieces) {
	d.encodeWith(out, func(b []byte, i int) []byte {
		return appendFinding(appendHead(b, &d.Reasons[i]), &d.Reasons[i])
	})
}

// encodeWith takes the reasons, which are most of a decision, from one that appends them.
func (d *Decision) encodeWith(out *pieces, reason func([]byte, int) []byte) {
	rest := *d
	rest.Reasons = nil
	if d.Reasons == nil {
		out.put(marshalled(&rest))
		return
	}
	spliced(out, marshalled(&rest), `"reasons":`, "null", func() { putList(out, len(d.Reasons), reason) })
}

// encode writes the declaration as JSON. No answers are {}.
func (d *SelfDeclaration) encode(out *pieces) {
	rest := *d
	rest.Answers, rest.Evidence = map[string]Answer{}, nil
	spliced(out, marshalled(&rest), `"answers":`, "{}", func() {
		putAnswers(out, d.Answers)
		if len(d.Evidence) > 0 {
			out.put([]byte(`,"evidence":`))
			putList(out, len(d.Evidence), func(b []byte, i int) []byte { return appendEvidence(b, &d.Evidence[i]) })
		}
	})
}

// pieces collects bytes and passes them on before they are many.
type pieces struct {
	to  io.Writer // never fails: a digest or a buffer
	all []byte
}

const pieceSize = 4096

func (p *pieces) put(b []byte) {
	p.all = append(p.all, b...)
	p.pass(pieceSize)
}

// pass passes on what there is if it is more than so much.
func (p *pieces) pass(most int) {
	if len(p.all) > most {
		_, _ = p.to.Write(p.all)
		p.all = p.all[:0]
	}
}

// digest is the SHA-256 of what fill writes.
func digest(fill func(*pieces)) Digest {
	h := sha256.New()
	p := paper.Get().(*pieces)
	defer paper.Put(p)
	p.to, p.all = h, p.all[:0]
	fill(p)
	p.pass(0)
	return Digest(hex.EncodeToString(h.Sum(nil)))
}

// paper is what pieces are written on, again and again.
var paper = sync.Pool{New: func() any { return &pieces{all: make([]byte, 0, pieceSize+pieceSize/2)} }}

// marshalled serves types that always have a form in JSON.
func marshalled(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic("approval: " + err.Error())
	}
	return data
}

// spliced puts what fill writes in place of old after a name that no string can
// hold, because there its quotes would be escaped.
func spliced(out *pieces, data []byte, name, old string, fill func()) {
	at := bytes.Index(data, []byte(name+old)) + len(name)
	out.put(data[:at])
	fill()
	out.put(data[at+len(old):])
}

func putList(out *pieces, n int, one func([]byte, int) []byte) {
	out.all = append(out.all, '[')
	for i := range n {
		if i > 0 {
			out.all = append(out.all, ',')
		}
		out.all = one(out.all, i)
		out.pass(pieceSize)
	}
	out.all = append(out.all, ']')
}

func putAnswers(out *pieces, answers map[string]Answer) {
	out.all = append(out.all, '{')
	ids := slices.AppendSeq(make([]string, 0, len(answers)), maps.Keys(answers))
	slices.Sort(ids)
	for i, id := range ids {
		if i > 0 {
			out.all = append(out.all, ',')
		}
		out.all = append(appendString(out.all, id), ':')
		out.all = appendAnswer(out.all, answers[id])
		out.pass(pieceSize)
	}
	out.all = append(out.all, '}')
}

// appendHead appends what a reason takes from the set.
func appendHead(b []byte, r *Reason) []byte {
	b = appendString(append(b, `{"requirement":`...), r.Requirement)
	b = appendText(append(b, `,"title":`...), r.Title)
	return appendString(append(b, `,"severity":`...), string(r.Severity))
}

// appendFinding appends the rest of a reason.
func appendFinding(b []byte, r *Reason) []byte {
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

func appendAnswer(b []byte, a Answer) []byte {
	b = appendString(append(b, `{"status":`...), string(a.Status))
	b = appendMember(b, "reason", a.Reason)
	b = appendMember(b, "explanation", a.Explanation)
	b = appendMember(b, "due", string(a.Due))
	if len(a.Evidence) > 0 {
		b = appendIDs(append(b, `,"evidence":`...), a.Evidence)
	}
	if a.Answered != nil {
		b = appendAnswered(append(b, `,"answered":`...), a.Answered)
	}
	if a.Inherited != nil {
		b = appendOrigin(append(b, `,"inherited":`...), a.Inherited)
	}
	return append(b, '}')
}

func appendAnswered(b []byte, a *Answered) []byte {
	b = appendString(append(b, `{"by":`...), a.By)
	b, err := a.At.AppendText(append(b, `,"at":"`...))
	if err != nil { // a year that encoding/json does not take either
		panic("approval: " + err.Error())
	}
	return append(appendString(append(b, `","wording":`...), string(a.Wording)), '}')
}

func appendOrigin(b []byte, o *Origin) []byte {
	b = appendString(append(b, `{"declaration":`...), o.Declaration)
	b = appendString(append(b, `,"sha256":`...), string(o.SHA256))
	return append(appendString(append(b, `,"until":`...), string(o.Until)), '}')
}

func appendIDs(b []byte, ids []string) []byte {
	for i, id := range ids {
		b = appendString(append(b, "[,"[min(i, 1)]), id)
	}
	return append(b, ']')
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
	rest := s
	for len(rest) >= 8 && !escapesOne(rest) {
		rest = rest[8:]
	}
	for i := range len(rest) {
		if escapes[rest[i]] && (rest[i] != 0xe2 || separates(rest[i:])) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// escapesOne looks at eight bytes at once whether one of them is in escapes.
func escapesOne(s string) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	zero := func(x uint64) uint64 { return (x - ones) &^ x } // has its top bits where a byte is 0
	control := (x - ' '*ones) &^ x
	angle, quote := zero((x|2*ones)^'>'*ones), zero((x|4*ones)^'&'*ones) // < differs from > in one bit, " from &
	return (control|angle|quote|zero(x^'\\'*ones)|zero(x^0xe2*ones))&tops != 0
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
	for _, c := range []byte{'"', '\\', '<', '>', '&', 0xe2} {
		all[c] = true
	}
	return all
}()
