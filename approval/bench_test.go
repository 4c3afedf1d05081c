package approval_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func BenchmarkCheckDeclaration(b *testing.B) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(b, err)
	d := complete(set)(func(d *declaration) {
		d.Tool.Name, d.Vendor.Name = catalogue.Text{"nb": "x"}, "x"
	})
	data := []byte(encode(b, d))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := approval.CheckDeclaration(data, set); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(b, err)
	d := complete(set)(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := approval.Evaluate(d, set, decided); err != nil {
			b.Fatal(err)
		}
	}
}
