package strictjson

import (
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
	p := &parser{data: data, limits: l}
	v := p.document()
	if len(p.problems) > 0 {
		problem.Sort(p.problems)
		return nil, &Error{Problems: p.problems}
	}
	return v, nil
}

// parser keeps going after mistakes that leave the structure readable and
// stops where it is not: broken is then set, and every method returns at once.
type parser struct {
	data     []byte
	at       int
	depth    int
	count    int
	limits   Limits
	problems []problem.Problem
	broken   bool
}

func (p *parser) document() *Value {
	v := p.value("")
	p.space()
	if !p.broken && p.at < len(p.data) {
		p.stop(problem.Problem{Code: problem.Trailing})
	}
	return v
}

func (p *parser) value(pointer string) *Value {
	p.space()
	v := &Value{Pointer: pointer}
	switch c := p.peek(); {
	case p.broken:
	case c == '{':
		p.nested(v, (*parser).object)
	case c == '[':
		p.nested(v, (*parser).array)
	case c == '"':
		v.Kind, v.Text = String, p.text(pointer)
	case c == '-' || c >= '0' && c <= '9':
		v.Kind, v.Text = Number, p.number(pointer)
	default:
		p.literal(v)
	}
	return v
}

func (p *parser) nested(v *Value, read func(*parser, *Value)) {
	p.depth++
	if p.depth > p.limits.Depth {
		p.stop(problem.Problem{Pointer: v.Pointer, Code: problem.TooDeep, Want: strconv.Itoa(p.limits.Depth)})
		return
	}
	p.at++
	read(p, v)
	p.depth--
}

func (p *parser) array(v *Value) {
	v.Kind = Array
	for !p.end(']', len(v.Items) == 0, v.Pointer) && p.another() {
		v.Items = append(v.Items, p.value(v.Pointer+Pointer(len(v.Items))))
	}
}

func (p *parser) object(v *Value) {
	v.Kind = Object
	seen := map[string]bool{}
	for !p.end('}', len(v.Members) == 0, v.Pointer) && p.another() {
		m := p.member(v.Pointer)
		if seen[m.Name] && !p.broken {
			p.add(problem.Problem{Pointer: m.Value.Pointer, Code: problem.DuplicateMember})
		}
		seen[m.Name] = true
		v.Members = append(v.Members, m)
	}
}

func (p *parser) member(parent string) Member {
	p.space()
	if p.peek() != '"' {
		p.syntax(parent, "a member name in quotes")
		return Member{Value: &Value{}}
	}
	name := p.text(parent)
	p.space()
	if !p.take(':') {
		p.syntax(parent+Pointer(name), `":" after the member name`)
		return Member{Value: &Value{}}
	}
	return Member{Name: name, Value: p.value(parent + Pointer(name))}
}

// end says whether the array or object is over; between two elements it takes the comma.
func (p *parser) end(closing byte, first bool, pointer string) bool {
	p.space()
	switch {
	case p.broken || p.take(closing):
		return true
	case first || p.take(','):
		return false
	}
	p.syntax(pointer, `"," or "`+string(closing)+`"`)
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
	for word, kind := range literals {
		if len(p.data)-p.at >= len(word) && string(p.data[p.at:p.at+len(word)]) == word {
			p.at += len(word)
			v.Kind, v.Bool = kind, word == "true"
			return
		}
	}
	p.syntax(v.Pointer, "a value")
}

var literals = map[string]Kind{"true": Bool, "false": Bool, "null": Null}

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

func (p *parser) syntax(pointer, want string) {
	line, column := p.position()
	p.stop(problem.Problem{Pointer: pointer, Code: problem.Syntax,
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
