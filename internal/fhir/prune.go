package fhir

import "reflect"

// Prune takes out of what resource points to everything that FHIR does not allow to be written: what is empty, and parts of which we could not
// read what makes them whole, such as an extension whose value is of a type that we do not have. Nothing in it may be shared.
func Prune(resource any) { prune(reflect.ValueOf(resource).Elem()) }

func prune(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct {
			prune(v.Elem())
			if !whole(v.Elem()) {
				v.SetZero()
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			prune(v.Field(i))
		}
	case reflect.Slice:
		pruneItems(v)
	}
}

func pruneItems(list reflect.Value) {
	kept := reflect.MakeSlice(list.Type(), 0, list.Len())
	for i := range list.Len() {
		item := list.Index(i)
		if prune(item); whole(item) {
			kept = reflect.Append(kept, item)
		}
	}
	if kept.Len() == 0 {
		kept = reflect.Zero(list.Type())
	}
	list.Set(kept)
}

// whole says whether a value may be written.
func whole(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case Extension:
		url := x.URL
		x.URL = ""
		return url != "" && !reflect.ValueOf(x).IsZero()
	case TaskInput:
		return x.ValueBoolean != nil && !reflect.ValueOf(x.Type).IsZero()
	case Annotation:
		return x.Text != ""
	case Organization:
		return x.ResourceType == "Organization" && x.ID != ""
	}
	return !v.IsZero()
}
