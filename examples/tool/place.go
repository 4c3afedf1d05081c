package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// place reads JSON and notes every fault with its JSON Pointer (RFC 6901).
type place struct{ faults []string }

// check notes a fault; the place of the whole file has no name in a pointer.
func (p *place) check(good bool, at, want string) {
	if at == "" {
		at = "the file"
	}
	if !good {
		p.faults = append(p.faults, at+": want "+want)
	}
}

// wellFormed says whether the file is one JSON value, and if not, where it stops being so.
func (p *place) wellFormed(data []byte) bool {
	var value json.RawMessage
	var broken *json.SyntaxError
	if !errors.As(json.Unmarshal(data, &value), &broken) {
		return true
	}
	before := data[:max(broken.Offset-1, 0)]
	line, from := bytes.Count(before, []byte("\n"))+1, bytes.LastIndexByte(before, '\n')+1
	p.check(false, fmt.Sprintf("the file, line %d, column %d", line, utf8.RuneCount(before[from:])+1), "well-formed JSON, one object and nothing after it")
	return false
}

// object gives each member to its reader. Unknown members and those that are there twice are faults.
func (p *place) object(at string, data []byte, readers map[string]func(at string, data []byte)) {
	d := json.NewDecoder(bytes.NewReader(data))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		p.check(false, at, "a JSON object")
		return
	}
	var seen []string
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			p.check(false, at, "a JSON object")
			return
		}
		p.member(at, fmt.Sprint(name), value, &seen, readers)
	}
}

func (p *place) member(at, name string, value []byte, seen *[]string, readers map[string]func(string, []byte)) {
	at += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	read, known := readers[name]
	switch {
	case !known:
		p.faults = append(p.faults, at+": unknown member")
	case slices.Contains(*seen, name):
		p.faults = append(p.faults, at+": duplicate member")
	default:
		read(at, value)
	}
	*seen = append(*seen, name)
}

func (p *place) list(at string, data []byte, read func(at string, item []byte)) {
	var items []json.RawMessage
	if json.Unmarshal(data, &items) != nil || items == nil {
		p.check(false, at, "a list")
		return
	}
	for i, item := range items {
		read(fmt.Sprintf("%s/%d", at, i), item)
	}
}

func (p *place) text(into *string) func(at string, data []byte) {
	return func(at string, data []byte) {
		p.check(data[0] == '"' && json.Unmarshal(data, into) == nil, at, "a text")
	}
}
