package strictjson

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Unmarshal is [Parse] and then [Value.Decode].
func Unmarshal(data []byte, dst any, l Limits) error {
	v, err := Parse(data, l)
	if err != nil {
		return err
	}
	return v.Decode(dst)
}

// Decode fills what dst points to. Names are compared letter for letter, with
// case; unknown members, wrong types and null (but into a pointer) are
// problems, and all of them are reported in one [*Error]; dst may then be half
// filled and must not be used. A type with UnmarshalText takes strings, and its
// error becomes [problem.BadFormat] with the error's text as what was wanted,
// so such errors must not hold the value. Members that are missing are not
// reported: dst keeps what it had, and the caller knows what is required.
func (v *Value) Decode(dst any) error {
	rv := reflect.ValueOf(dst)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return errors.New("json: Decode needs a pointer that is not nil")
	}
	d := &decoder{}
	d.value(v, rv.Elem())
	if len(d.problems) == 0 {
		return nil
	}
	problem.Sort(d.problems)
	return &Error{Problems: d.problems}
}

type decoder struct {
	problems []problem.Problem
	lenient  bool     // unknown members are no problem
	unknown  []string // where they are, if lenient
}

func (d *decoder) add(v *Value, code problem.Code, want string) {
	if len(d.problems) < problem.Most {
		d.problems = append(d.problems, problem.Problem{Pointer: v.Pointer(), Code: code, Want: want})
	}
}

func (d *decoder) value(v *Value, dst reflect.Value) {
	switch {
	case dst.Kind() == reflect.Pointer:
		d.pointer(v, dst)
	case dst.Type() == reflect.TypeFor[json.Number]():
		if d.kind(v, Number, "number") {
			dst.SetString(v.Text)
		}
	case dst.CanAddr() && dst.Addr().Type().Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		d.unmarshaler(v, dst)
	default:
		d.plain(v, dst)
	}
}

func (d *decoder) pointer(v *Value, dst reflect.Value) {
	if v.Kind == Null {
		dst.SetZero()
		return
	}
	dst.Set(reflect.New(dst.Type().Elem()))
	d.value(v, dst.Elem())
}

func (d *decoder) unmarshaler(v *Value, dst reflect.Value) {
	if !d.kind(v, String, "string") {
		return
	}
	err := dst.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(v.Text))
	switch {
	case err == nil:
	case dst.Type() == reflect.TypeFor[time.Time](): // whose errors hold the value
		d.add(v, problem.BadFormat, "YYYY-MM-DDThh:mm:ssZ")
	default:
		d.add(v, problem.BadFormat, err.Error())
	}
}

func (d *decoder) plain(v *Value, dst reflect.Value) {
	switch dst.Kind() {
	case reflect.Struct:
		d.object(v, dst)
	case reflect.Map:
		d.mapping(v, dst)
	case reflect.Slice:
		d.slice(v, dst)
	case reflect.String:
		if d.kind(v, String, "string") {
			dst.SetString(v.Text)
		}
	case reflect.Bool:
		if d.kind(v, Bool, "boolean") {
			dst.SetBool(v.Bool)
		}
	case reflect.Interface:
		if a := v.Any(); a != nil {
			dst.Set(reflect.ValueOf(a))
		}
	default:
		d.number(v, dst)
	}
}

func (d *decoder) kind(v *Value, want Kind, name string) bool {
	if v.Kind == want {
		return true
	}
	d.add(v, problem.WrongType, name)
	return false
}

func (d *decoder) slice(v *Value, dst reflect.Value) {
	if !d.kind(v, Array, "array") {
		return
	}
	dst.Set(reflect.MakeSlice(dst.Type(), len(v.Items), len(v.Items)))
	for i, item := range v.Items {
		d.value(item, dst.Index(i))
	}
}

func (d *decoder) mapping(v *Value, dst reflect.Value) {
	if !d.kind(v, Object, "object") {
		return
	}
	dst.Set(reflect.MakeMapWithSize(dst.Type(), len(v.Members)))
	for _, m := range v.Members {
		key := reflect.New(dst.Type().Key()).Elem()
		d.value(&Value{Kind: String, Text: m.Name, parent: v, name: m.Name}, key)
		item := reflect.New(dst.Type().Elem()).Elem()
		d.value(m.Value, item)
		dst.SetMapIndex(key, item)
	}
}

func (d *decoder) number(v *Value, dst reflect.Value) {
	switch {
	case dst.CanInt():
		d.integer(v, dst)
	case dst.CanUint():
		d.natural(v, dst)
	case dst.CanFloat():
		d.float(v, dst)
	default:
		panic(fmt.Sprintf("strictjson: cannot decode into %s", dst.Type()))
	}
}

func (d *decoder) integer(v *Value, dst reflect.Value) {
	if !d.kind(v, Number, "integer") {
		return
	}
	n, err := strconv.ParseInt(v.Text, 10, dst.Type().Bits())
	if err != nil {
		d.add(v, notInteger(err), integerRange(dst.Type().Bits(), err))
		return
	}
	dst.SetInt(n)
}

func (d *decoder) natural(v *Value, dst reflect.Value) {
	if !d.kind(v, Number, "integer") {
		return
	}
	n, err := strconv.ParseUint(v.Text, 10, dst.Type().Bits())
	if err != nil {
		d.add(v, problem.OutOfRange, fmt.Sprintf("an integer from 0, in %d bits", dst.Type().Bits()))
		return
	}
	dst.SetUint(n)
}

func (d *decoder) float(v *Value, dst reflect.Value) {
	if !d.kind(v, Number, "number") {
		return
	}
	n, err := strconv.ParseFloat(v.Text, dst.Type().Bits())
	if err != nil {
		d.add(v, problem.OutOfRange, fmt.Sprintf("a number that fits %d bits", dst.Type().Bits()))
		return
	}
	dst.SetFloat(n)
}

func notInteger(err error) problem.Code {
	if errors.Is(err, strconv.ErrRange) {
		return problem.OutOfRange
	}
	return problem.WrongType
}

func integerRange(bits int, err error) string {
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Sprintf("an integer of %d bits", bits)
	}
	return "integer"
}
