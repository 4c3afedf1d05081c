// Package unset finds fields that nobody has filled in.
package unset

import "reflect"

// Is says whether v, a value of an interface type, is nil, or holds a pointer or
// function that is nil: a variable that was declared and not filled, such as a
// *http.Client, makes an interface that is not nil and fails when it is used. A nil
// map is no fault; it works as an empty one.
func Is(v any) bool {
	value := reflect.ValueOf(v)
	kind := value.Kind()
	return kind == reflect.Invalid || (kind == reflect.Pointer || kind == reflect.Func) && value.IsNil()
}
