package approval

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
)

// FactValue is the value of a declared fact: a string (choice), a list of
// strings (choices), a boolean or a number. In Go it may be string, []string,
// bool, int, float64, or what a JSON decoder makes of them ([]any,
// [json.Number]). Anything else counts as not given.
type FactValue = any

// plain gives the value as string, []string, bool or float64; nil for anything else.
func plain(v FactValue) any {
	switch v := v.(type) {
	case string, bool:
		return v
	case float64:
		return finite(v)
	case int:
		return float64(v)
	case json.Number:
		if n, err := strconv.ParseFloat(v.String(), 64); err == nil {
			return finite(n)
		}
	case []string:
		return slices.Clone(v)
	case []any:
		return codes(v)
	}
	return nil
}

func finite(n float64) any {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil
	}
	return n
}

func codes(items []any) any {
	out := make([]string, len(items))
	for i, item := range items {
		s, ok := item.(string)
		if !ok {
			return nil
		}
		out[i] = s
	}
	return out
}

func hasCode(v FactValue, codes []string) Truth {
	if list, ok := v.([]string); ok { // as plain, without a copy
		return truth(slices.ContainsFunc(list, func(s string) bool { return slices.Contains(codes, s) }))
	}
	switch v := plain(v).(type) {
	case string:
		return truth(slices.Contains(codes, v))
	case bool:
		return truth(slices.Contains(codes, strconv.FormatBool(v)))
	case []string:
		return truth(slices.ContainsFunc(v, func(s string) bool { return slices.Contains(codes, s) }))
	}
	return Unknown
}

func inRange(v FactValue, atLeast, below *int) Truth {
	n, ok := plain(v).(float64)
	if !ok {
		return Unknown
	}
	return truth((atLeast == nil || n >= float64(*atLeast)) && (below == nil || n < float64(*below)))
}

// usable keeps the facts that the set asks for and whose values fit.
func (s *RequirementSet) usable(facts map[string]FactValue) map[string]FactValue {
	out := make(map[string]FactValue, len(s.Facts))
	for _, f := range s.Facts {
		if v := plain(facts[f.ID]); f.fits(v) {
			out[f.ID] = v
		}
	}
	return out
}

// fits says whether a plain value is one that the fact may have.
func (f Fact) fits(v any) bool {
	switch v := v.(type) {
	case string:
		return f.Type == TypeChoice && f.hasChoice(v)
	case []string:
		return f.Type == TypeChoices && !slices.ContainsFunc(v, func(s string) bool { return !f.hasChoice(s) })
	case bool:
		return f.Type == TypeBoolean
	case float64:
		return f.Type == TypeNumber && v == math.Trunc(v) && (f.Min == nil || v >= float64(*f.Min)) && (f.Max == nil || v <= float64(*f.Max))
	}
	return false
}

func (f Fact) hasChoice(code string) bool {
	return slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Code == code })
}
