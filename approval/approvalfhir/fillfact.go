package approvalfhir

import (
	"encoding/json"
	"maps"
	"math"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// facts answers the questions about facts, and gives those that could be answered.
func (w *writing) facts(d *declaration, v *filled) map[string]approval.FactValue {
	plain := map[string]approval.FactValue{}
	for _, id := range slices.Sorted(maps.Keys(d.Facts)) {
		fact, known := w.form.set.Fact(id)
		values, fits := w.fact(fact, d.Facts[id])
		if !known || !fits {
			w.note(strictjson.Pointer("facts", id), "", NotKept)
			continue
		}
		v.values[factItem(id)] = values
		plain[id] = d.Facts[id]
	}
	return plain
}

func (w *writing) fact(fact approval.Fact, given approval.FactValue) ([]value, bool) {
	system, i := w.form.factSystem(fact.ID), w.form.fact(fact)
	switch {
	case fact.Type == approval.TypeBoolean:
		yes, is := given.(bool)
		return []value{{yes: yes}}, is
	case fact.Type == approval.TypeNumber:
		n, is := whole(given)
		return []value{{number: n}}, is && i.wants(value{number: n}) == ""
	case fact.Type == approval.TypeChoice:
		code, is := given.(string)
		return []value{{system: system, text: code}}, is && i.wants(value{system: system, text: code}) == ""
	}
	codes, is := listed(given)
	if is && len(codes) == 0 {
		return []value{{system: SystemNone, text: noneOfThem.code}}, true
	}
	var out []value
	for _, code := range codes {
		out = append(out, value{system: system, text: code})
	}
	return out, is && !slices.ContainsFunc(out, func(v value) bool { return i.wants(v) != "" })
}

// whole gives a number in any of the types that facts may have in Go.
func whole(v approval.FactValue) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32
	case json.Number:
		f, err := v.Float64()
		n, is := whole(f)
		return n, err == nil && is
	}
	return 0, false
}

// listed gives a list of codes in any of the types that facts may have in Go.
func listed(v approval.FactValue) ([]string, bool) {
	switch v := v.(type) {
	case []string:
		return v, true
	case []any:
		out := []string{}
		for _, one := range v {
			code, is := one.(string)
			if !is {
				return nil, false
			}
			out = append(out, code)
		}
		return out, true
	}
	return nil, false
}
