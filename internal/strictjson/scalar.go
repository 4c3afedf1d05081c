package strictjson

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// text reads a string. RFC 8259, section 7; lone surrogates are refused as RFC
// 7493, section 2.1, asks.
func (p *parser) text(pointer string) string {
	p.at++
	var b strings.Builder
	for !p.broken {
		start := p.at
		for p.at < len(p.data) && p.data[p.at] >= ' ' && p.data[p.at] != '"' && p.data[p.at] != '\\' {
			p.at++
		}
		b.Write(p.data[start:p.at])
		switch {
		case p.take('"'):
			return b.String()
		case p.take('\\'):
			b.WriteRune(p.escape(pointer))
		default:
			p.syntax(pointer, "the closing quote of a string")
		}
	}
	return b.String()
}

func (p *parser) escape(pointer string) rune {
	c := p.peek()
	p.at++
	if c == 'u' {
		return p.unicode(pointer)
	}
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 && c != 0 {
		return rune("\"\\/\b\f\n\r\t"[i])
	}
	p.at--
	p.syntax(pointer, `one of " \ / b f n r t u after a backslash`)
	return ' '
}

func (p *parser) unicode(pointer string) rune {
	first := p.hex(pointer)
	if !utf16.IsSurrogate(first) {
		return first
	}
	if p.take('\\') && p.take('u') {
		if r := utf16.DecodeRune(first, p.hex(pointer)); r != '�' {
			return r
		}
	}
	p.syntax(pointer, "a whole surrogate pair")
	return ' '
}

func (p *parser) hex(pointer string) rune {
	if p.at+4 <= len(p.data) {
		if n, err := strconv.ParseUint(string(p.data[p.at:p.at+4]), 16, 16); err == nil {
			p.at += 4
			return rune(n)
		}
	}
	p.syntax(pointer, "four hexadecimal digits after \\u")
	return ' '
}

// number reads a number as it is written: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
func (p *parser) number(pointer string) string {
	start := p.at
	p.take('-')
	if !p.take('0') {
		p.digits(pointer)
	}
	if p.take('.') {
		p.digits(pointer)
	}
	exponent := p.at
	if p.take('e') || p.take('E') {
		if !p.take('+') {
			p.take('-')
		}
		p.digits(pointer)
	}
	text := string(p.data[start:p.at])
	if !p.broken && (len(text) > p.limits.Number || !smallExponent(string(p.data[exponent:p.at]))) {
		p.add(problem.Problem{Pointer: pointer, Code: problem.BadNumber,
			Want: fmt.Sprintf("at most %d characters and an exponent of at most %d", p.limits.Number, Exponent)})
	}
	return text
}

func (p *parser) digits(pointer string) {
	start := p.at
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		p.at++
	}
	if p.at == start {
		p.syntax(pointer, "a digit")
	}
}

func smallExponent(text string) bool {
	if text == "" {
		return true
	}
	n, err := strconv.Atoi(text[1:])
	return err == nil && n >= -Exponent && n <= Exponent
}
