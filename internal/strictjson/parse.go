package strictjson

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Parse reads one JSON value and nothing after it. The error is an [*Error].
func Parse(data []byte, l Limits) (*Value, error) {
	if len(data) > l.Bytes {
		return nil, tooLarge(l)
	}
	if !utf8.Valid(data) {
		return nil, &Error{Problems: []problem.Problem{{Code: problem.NotUTF8}}}
	}
	if bytes.HasPrefix(data, byteOrderMark) { // RFC 8259, section 8.1: it must not be added
		return nil, &Error{Problems: []problem.Problem{{Code: problem.ByteOrderMark}}}
	}
	p := &parser{data: data, limits: l, guess: min(64, 1+len(data)/24)}
	if len(data) <= shared {
		p.whole = string(data)
	}
	v := p.document()
	if len(p.problems) > 0 {
		problem.Sort(p.problems)
		return nil, &Error{Problems: p.problems}
	}
	return v, nil
}

// byteOrderMark is what some editors put before a text, where nobody sees it.
var byteOrderMark = []byte("\ufeff")

// shared is the size up to which the strings are parts of one copy of the text.
// Made one by one they are most of what reading a signed message costs; of a
// long text, one short string that is kept would hold on to all of it.
const shared = 16 << 10

// parser keeps going after mistakes that leave the structure readable and
// stops where it is not: broken is then set, and every method returns at once.
type parser struct {
	data     []byte
	whole    string // the data once more, for its strings to be parts of; "" if it is long
	at       int
	depth    int
	count    int
	limits   Limits
	problems []problem.Problem
	broken   bool
	guess    int     // about how many values there are
	spare    []Value // made some at a time: one at a time is slow
}

func (p *parser) document() *Value {
	v := p.value(p.new(nil, "", 0))
	p.space()
	if !p.broken && p.at < len(p.data) {
		p.stop(problem.Problem{Code: problem.Trailing})
	}
	return v
}

// value reads into v, which knows its place already.
func (p *parser) value(v *Value) *Value {
	p.space()
	switch c := p.peek(); {
	case p.broken:
	case c == '{':
		p.nested(v, (*parser).object)
	case c == '[':
		p.nested(v, (*parser).array)
	case c == '"':
		v.Kind, v.Text = String, p.text(v)
	case c == '-' || c >= '0' && c <= '9':
		v.Kind, v.Text = Number, p.number(v)
	default:
		p.literal(v)
	}
	return v
}

func (p *parser) new(parent *Value, name string, index int) *Value {
	if len(p.spare) == 0 {
		p.spare = make([]Value, p.guess)
	}
	v := &p.spare[0]
	p.spare = p.spare[1:]
	v.parent, v.name, v.index = parent, name, index
	return v
}

func (p *parser) nested(v *Value, read func(*parser, *Value)) {
	p.depth++
	if p.depth > p.limits.Depth {
		p.stop(problem.Problem{Pointer: v.Pointer(), Code: problem.TooDeep, Want: strconv.Itoa(p.limits.Depth)})
		return
	}
	p.at++
	read(p, v)
	p.depth--
}

func (p *parser) array(v *Value) {
	v.Kind = Array
	for !p.end(']', len(v.Items) == 0, v) && p.another() {
		v.Items = append(v.Items, p.value(p.new(v, "", len(v.Items))))
	}
}

func (p *parser) object(v *Value) {
	v.Kind = Object
	if p.depth == 1 {
		v.Members = make([]Member, 0, p.guess)
	}
	var seen nameSet
	for !p.end('}', len(v.Members) == 0, v) && p.another() {
		m := p.member(v)
		if seen.has(m.Name, v.Members) && !p.broken {
			p.add(problem.Problem{Pointer: m.Value.Pointer(), Code: problem.DuplicateMember})
		}
		v.Members = append(v.Members, m)
	}
}

// nameSet tells whether an object has a member already. Few are compared one by
// one; when there are many, so that the time grows with their number and not
// with its square, a map takes over.
type nameSet map[string]bool

const fewNames = 16

func (n *nameSet) has(name string, members []Member) bool {
	if len(members) < fewNames {
		return slices.ContainsFunc(members, func(m Member) bool { return m.Name == name })
	}
	if *n == nil {
		*n = nameSet{}
		for _, m := range members {
			(*n)[m.Name] = true
		}
	}
	had := (*n)[name]
	(*n)[name] = true
	return had
}

func (p *parser) member(parent *Value) Member {
	p.space()
	if p.peek() != '"' {
		p.syntax(parent, "a member name in quotes")
		return Member{Value: &Value{}}
	}
	name := p.text(parent)
	v := p.new(parent, name, 0)
	p.space()
	if !p.take(':') {
		p.syntax(v, `":" after the member name`)
		return Member{Value: &Value{}}
	}
	return Member{Name: name, Value: p.value(v)}
}

// end says whether the array or object is over; between two elements it takes the comma.
func (p *parser) end(closing byte, first bool, of *Value) bool {
	p.space()
	switch {
	case p.broken || p.take(closing):
		return true
	case first || p.take(','):
		return false
	}
	p.syntax(of, `"," or "`+string(closing)+`"`)
	return true
}

func (p *parser) another() bool {
	p.count++
	if p.count > p.limits.Members {
		p.stop(problem.Problem{Code: problem.TooMany, Want: strconv.Itoa(p.limits.Members) + " members and items"})
	}
	return !p.broken
}

func (p *parser) literal(v *Value) {
	switch {
	case p.word("true"):
		v.Kind, v.Bool = Bool, true
	case p.word("false"):
		v.Kind = Bool
	case p.word("null"):
	default:
		p.syntax(v, "a value")
	}
}

func (p *parser) word(word string) bool {
	if len(p.data)-p.at < len(word) || string(p.data[p.at:p.at+len(word)]) != word {
		return false
	}
	p.at += len(word)
	return true
}

func (p *parser) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) peek() byte {
	if p.at < len(p.data) {
		return p.data[p.at]
	}
	return 0
}

func (p *parser) take(c byte) bool {
	if p.broken || p.peek() != c || p.at >= len(p.data) {
		return false
	}
	p.at++
	return true
}

func (p *parser) add(pr problem.Problem) {
	p.problems = append(p.problems, pr)
	if len(p.problems) >= problem.Most {
		p.broken = true
	}
}

func (p *parser) stop(pr problem.Problem) {
	if !p.broken {
		p.add(pr)
		p.broken = true
	}
}

func (p *parser) syntax(of *Value, want string) {
	if p.broken {
		return
	}
	line, column := p.position()
	p.stop(problem.Problem{Pointer: of.Pointer(), Code: problem.Syntax,
		Want: want + " at line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column)})
}

func (p *parser) position() (line, column int) {
	line, column = 1, 1
	for _, c := range string(p.data[:min(p.at, len(p.data))]) {
		column++
		if c == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}
