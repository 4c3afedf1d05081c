package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// tree is a JSON document as it is written, right or wrong. Places in it are
// JSON Pointers (RFC 6901); none of the names here holds "~" or "/".
type tree map[string]any

func parseTree(data []byte) (tree, error) {
	var t tree
	err := json.Unmarshal(data, &t)
	return t, err
}

func (t tree) json() []byte {
	data, err := json.Marshal(t)
	if err != nil {
		panic(err) // it came from JSON and from forms
	}
	return data
}

func (t tree) copy() tree {
	out, err := parseTree(t.json())
	if err != nil {
		panic(err)
	}
	return out
}

// get gives what is at a place; nil if there is nothing.
func (t tree) get(pointer string) any {
	var v any = map[string]any(t)
	for _, name := range path(pointer) {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

// text is what a field shows of a place.
func (t tree) text(pointer string) string { return plain(t.get(pointer)) }

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool, int, json.Number:
		return fmt.Sprint(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// texts is what a field with several values shows of a place.
func (t tree) texts(pointer string) []string {
	list, _ := t.get(pointer).([]any)
	var out []string
	for _, v := range list {
		out = append(out, plain(v))
	}
	return out
}

// put writes to a place, and makes the way to it. Nil takes away what is there,
// and what is left empty by that.
func (t tree) put(pointer string, v any) {
	changed, _ := put(map[string]any(t), path(pointer), v).(map[string]any)
	clear(t)
	maps.Copy(t, changed)
}

func path(pointer string) []string {
	if pointer == "" {
		return nil
	}
	return strings.Split(pointer, "/")[1:]
}

func put(in any, way []string, v any) any {
	if len(way) == 0 || in == nil && v == nil {
		return v
	}
	if list, isList := in.([]any); isList || in == nil && way[0] == "0" {
		return withItem(list, way, v)
	}
	out := map[string]any{}
	if object, isObject := in.(map[string]any); isObject {
		out = maps.Clone(object)
	}
	if inner := put(out[way[0]], way[1:], v); inner != nil {
		out[way[0]] = inner
	} else {
		delete(out, way[0])
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// withItem changes a list's item, or adds one at its end. Others keep their places, so an item is emptied, not taken away.
func withItem(list []any, way []string, v any) any {
	i, err := strconv.Atoi(way[0])
	if err != nil || i < 0 || i > len(list) {
		return list
	}
	list = slices.Clone(list)
	if i == len(list) {
		list = append(list, nil)
	}
	list[i] = put(list[i], way[1:], v)
	return list
}
