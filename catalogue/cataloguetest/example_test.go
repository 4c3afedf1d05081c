package cataloguetest_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// The national catalogue in one process: tools, a withdrawal, and a failure on the
// way.
func ExampleNew() {
	api, err := cataloguetest.New(cataloguetest.Config{Tools: []catalogue.Tool{
		cataloguetest.Tool("sovn", cataloguetest.Named("Søvn steg for steg"), cataloguetest.For("sleep")),
		cataloguetest.Tool("pust", cataloguetest.WithAccess(catalogue.Access{WithoutLogin: true})),
	}})
	check(err)
	client, err := catalogueapi.New(catalogueapi.Config{Address: api.Address(), HTTP: api.Client()})
	check(err)
	ctx := context.Background()

	check(api.Withdraw("sovn"))
	found, err := client.Get(ctx, "sovn")
	check(err)
	fmt.Println(found.Tool.Name.In("nb"), found.Tool.Status)

	api.Fail(cataloguetest.Get, 1, http.StatusServiceUnavailable)
	_, err = client.Get(ctx, "pust")
	fmt.Println(errors.Is(err, catalogueapi.ErrUnavailable), api.Requests(cataloguetest.Get))
	// Output:
	// Søvn steg for steg withdrawn
	// true 2
}

// stale is a source that says of every tag that nothing has changed.
type stale struct{ catalogue.Source }

func (s stale) Fetch(ctx context.Context, tag string) (catalogue.Document, string, error) {
	if tag != "" {
		return catalogue.Document{}, "", catalogue.ErrUnchanged
	}
	return s.Source.Fetch(ctx, tag)
}

// Who writes a source runs the contract on it. In a test it is TestSource, with
// -race.
func ExampleCheckSource() {
	ctx := context.Background()
	fixed := catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{cataloguetest.Tool("sovn")}}
	data, err := catalogue.Marshal(fixed)
	check(err)
	source := catalogue.NewBytesSource(data)
	fmt.Println(cataloguetest.CheckSource(ctx, func() cataloguetest.SourceTarget {
		return cataloguetest.SourceTarget{Source: source, Fixed: fixed}
	}))
	err = cataloguetest.CheckSource(ctx, func() cataloguetest.SourceTarget {
		return cataloguetest.SourceTarget{Source: stale{source}, Fixed: fixed}
	})
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Println(first)
	// Output:
	// <nil>
	// a tag that means nothing counts as none: strange tag 0: want the document, not error catalogue: unchanged
}
