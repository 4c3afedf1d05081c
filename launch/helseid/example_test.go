package helseid_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A backend that calls an API for its own organisation. In earnest the key comes
// from a secret store with launch.ParseSigningKey, and HTTP and Now are left out.
func ExampleClient_Do() {
	world := newStub() // HelseID and the API, in this process
	key := world.exampleKey()
	client, err := helseid.New(helseid.Config{
		Issuer:   world.issuer, // helseid.Production
		ClientID: "client-1",
		Key:      key,
		Scopes:   []string{"nhn:api/read"},
		APIs:     []string{"api.example"},
		HTTP:     world,
		Now:      world.now,
	})
	if err != nil {
		panic(err)
	}
	defer func() { _ = client.Close() }()

	request, err := http.NewRequest(http.MethodPost, "https://api.example/Task", strings.NewReader(`{"resourceType":"Task"}`))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Idempotency-Key", "7c1f") // so that it may be repeated
	answer, err := client.Do(request)
	if err != nil {
		panic(err) // errors.Is(err, helseid.ErrOutcomeUnknown): look before sending it again
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	fmt.Println(answer.StatusCode, string(body), err)
	// Output:
	// 200 {"resourceType":"Task"} <nil>
}

// A supplier that acts for its customers: a client for each.
func ExampleClient_For() {
	world := newStub()
	client, err := helseid.New(helseid.Config{
		Issuer: world.issuer, ClientID: "client-1", Key: world.exampleKey(), Scopes: []string{"nhn:api/read"},
		APIs: []string{"api.example"}, MultiTenant: true, HTTP: world, Now: world.now,
	})
	if err != nil {
		panic(err)
	}
	defer func() { _ = client.Close() }()

	customer, err := client.For(helseid.Organisation{Parent: "999999999", Child: "315260183"})
	if err != nil {
		panic(err)
	}
	request, err := http.NewRequest(http.MethodGet, "https://api.example/Task/1", nil)
	if err != nil {
		panic(err)
	}
	answer, err := customer.Do(request)
	if err != nil {
		panic(err)
	}
	_ = answer.Body.Close()
	fmt.Println(answer.StatusCode)
	_, err = client.For(helseid.Organisation{Parent: "999999990"})
	fmt.Println(err)
	// Output:
	// 200
	// helseid: want organisation numbers of nine digits with a valid check digit
}

// Tried with a simulated HelseID before there is an agreement: what Check says at
// start of a client that is registered, and of one that is not.
func ExampleClient_Check() {
	key, err := launch.GenerateSigningKey()
	if err != nil {
		panic(err)
	}
	keys, err := launch.NewStaticKeys(key.Public())
	if err != nil {
		panic(err)
	}
	sim, err := launchtest.NewHelseID(launchtest.HelseIDConfig{Clients: []launchtest.HelseIDClient{
		{ID: "epr", Keys: keys, Scopes: []string{"nhn:task/write"}, Organisation: "999999999"}}})
	if err != nil {
		panic(err)
	}
	for _, id := range []string{"epr", "another"} {
		client, err := helseid.New(helseid.Config{Issuer: "https://helseid-sts.helseid.example", ClientID: id, Key: key,
			Scopes: []string{"nhn:task/write"}, APIs: []string{"api.helseid.example"}, HTTP: sim.Client(), Now: sim.Now})
		if err != nil {
			panic(err)
		}
		err = client.Check(context.Background())
		var refused *helseid.TokenError
		if errors.As(err, &refused) {
			fmt.Println(id, errors.Is(err, helseid.ErrToken), refused.Code)
		} else {
			fmt.Println(id, err)
		}
		_ = client.Close()
	}
	// Output:
	// epr <nil>
	// another true invalid_client
}

func (s *stub) exampleKey() launch.SigningKey {
	key, err := s.newKey()
	if err != nil {
		panic(err)
	}
	return key
}
