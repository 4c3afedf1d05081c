package catalogue_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Whatever a vendor tells of itself beyond number and name, now or later, has no place in a catalogue.
func TestACatalogueHoldsReferencesToVendorsOnly(t *testing.T) {
	refused := 0
	for i := range reflect.TypeFor[vendor.Vendor]().NumField() {
		v := vendor.Vendor{OrgNumber: "999999999", Name: "Eksempel AS"}
		field := reflect.ValueOf(&v).Elem().Field(i)
		if !field.IsZero() {
			continue
		}
		switch field.Kind() {
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case reflect.String:
			field.SetString("NO")
		default:
			t.Fatalf("%s: fill it here", field.Type())
		}
		d := catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{{ID: "a", Status: catalogue.StatusListed,
			Name: catalogue.Text{"nb": "A"}, Vendor: &v}}}
		found := d.Check()
		require.Len(t, found, 1, "%s", reflect.TypeFor[vendor.Vendor]().Field(i).Name)
		assert.Equal(t, "unknown-member", found[0].Code)
		reference := v.Reference()
		d.Tools[0].Vendor = &reference
		assert.Empty(t, d.Check())
		refused++
	}
	assert.Equal(t, 5, refused)
}
