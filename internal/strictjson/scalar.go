package strictjson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// text reads a string. RFC 8259, section 7; lone surrogates are refused as RFC
// 7493, section 2.1, asks.
func (p *parser) text(of *Value) string {
	p.at++
	start := p.at
	plain := p.plain()
	if p.take('"') {
		return p.part(start, start+len(plain))
	}
	return string(p.escaped(slices.Clone(plain), of))
}

// part is a piece of the text as a string.
func (p *parser) part(from, to int) string {
	if p.whole != "" {
		return p.whole[from:to]
	}
	return string(p.data[from:to])
}

// plain takes the characters that stand for themselves.
func (p *parser) plain() []byte {
	start := p.at
	for p.at < len(p.data) && p.data[p.at] >= ' ' && p.data[p.at] != '"' && p.data[p.at] != '\\' {
		p.at++
	}
	return p.data[start:p.at]
}

// escaped reads on, after the plain start of a string with something else in it.
func (p *parser) escaped(text []byte, of *Value) []byte {
	for !p.broken {
		switch {
		case p.take('"'):
			return text
		case p.take('\\'):
			text = utf8.AppendRune(text, p.escape(of))
		default:
			p.syntax(of, "the closing quote of a string")
		}
		text = append(text, p.plain()...)
	}
	return text
}

func (p *parser) escape(of *Value) rune {
	c := p.peek()
	p.at++
	if c == 'u' {
		return p.unicode(of)
	}
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 && c != 0 {
		return rune("\"\\/\b\f\n\r\t"[i])
	}
	p.at--
	p.syntax(of, `one of " \ / b f n r t u after a backslash`)
	return ' '
}

func (p *parser) unicode(of *Value) rune {
	first := p.hex(of)
	if !utf16.IsSurrogate(first) {
		return first
	}
	if p.take('\\') && p.take('u') {
		if r := utf16.DecodeRune(first, p.hex(of)); r != '�' {
			return r
		}
	}
	p.syntax(of, "a whole surrogate pair")
	return ' '
}

func (p *parser) hex(of *Value) rune {
	if p.at+4 <= len(p.data) {
		if n, err := strconv.ParseUint(string(p.data[p.at:p.at+4]), 16, 16); err == nil {
			p.at += 4
			return rune(n)
		}
	}
	p.syntax(of, "four hexadecimal digits after \\u")
	return ' '
}

// number reads a number as it is written: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
func (p *parser) number(of *Value) string {
	start := p.at
	p.take('-')
	if !p.take('0') {
		p.digits(of)
	}
	if p.take('.') {
		p.digits(of)
	}
	exponent := p.at
	if p.take('e') || p.take('E') {
		if !p.take('+') {
			p.take('-')
		}
		p.digits(of)
	}
	text := p.part(start, p.at)
	if !p.broken && (len(text) > p.limits.Number || !smallExponent(p.part(exponent, p.at))) {
		p.add(problem.Problem{Pointer: of.Pointer(), Code: problem.BadNumber,
			Want: fmt.Sprintf("at most %d characters and an exponent of at most %d", p.limits.Number, Exponent)})
	}
	return text
}

func (p *parser) digits(of *Value) {
	start := p.at
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		p.at++
	}
	if p.at == start {
		p.syntax(of, "a digit")
	}
}

func smallExponent(text string) bool {
	if text == "" {
		return true
	}
	n, err := strconv.Atoi(text[1:])
	return err == nil && n >= -Exponent && n <= Exponent
}
