package strictjson

import (
	"reflect"
	"slices"
	"strings"
)

// object fills a struct by its json tags. Embedded structs without a tag lend
// their members, as encoding/json has it; fields tagged "-" take nothing.
func (d *decoder) object(v *Value, dst reflect.Value) {
	if !d.kind(v, Object, "object") {
		return
	}
	fields := map[string][]int{}
	collect(dst.Type(), nil, fields)
	for _, m := range v.Members {
		if index, known := fields[m.Name]; known {
			d.value(m.Value, dst.FieldByIndex(index))
		} else {
			d.strange(m.Value, fields)
		}
	}
}

func collect(t reflect.Type, prefix []int, fields map[string][]int) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(slices.Clone(prefix), i)
		switch {
		case name == "-":
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			collect(f.Type, index, fields)
		case f.IsExported():
			fields[member(f, name)] = index
		}
	}
}

func member(f reflect.StructField, tag string) string {
	if tag == "" {
		return f.Name
	}
	return tag
}

func names(fields map[string][]int) string {
	all := make([]string, 0, len(fields))
	for name := range fields {
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
