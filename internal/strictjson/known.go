package strictjson

import (
	"errors"
	"reflect"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// DecodeKnown is [Value.Decode] for a format that others own and may add to:
// members that dst has no place for are no mistakes. Their pointers are given,
// in the text's order and at most [problem.Most] of them, so that nothing gets
// lost without anybody knowing.
func (v *Value) DecodeKnown(dst any) (unknown []string, err error) {
	rv := reflect.ValueOf(dst)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return nil, errors.New("json: DecodeKnown needs a pointer that is not nil")
	}
	d := &decoder{lenient: true}
	d.value(v, rv.Elem())
	if len(d.problems) > 0 {
		problem.Sort(d.problems)
		return nil, &Error{Problems: d.problems}
	}
	return d.unknown, nil
}

// strange takes note of a member that there is no place for.
func (d *decoder) strange(v *Value, fields map[string][]int) {
	switch {
	case !d.lenient && len(d.problems) < problem.Most: // the names cost more than the rest
		d.add(v, problem.UnknownMember, names(fields))
	case !d.lenient:
	case len(d.unknown) < problem.Most:
		d.unknown = append(d.unknown, v.Pointer())
	}
}
