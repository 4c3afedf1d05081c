package approvalsign_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
)

// The vendor signs, the managers of the catalogue verify.
func Example() {
	key, err := approvalsign.GenerateKey() // kept in a secret store: PrivateJWK, ParseSigningKey
	if err != nil {
		panic(err)
	}
	declaration := []byte(`{"id": "decl-1", "signedBy": {"name": "Kari Nordmann"}}`)
	signature, err := approvalsign.Sign(declaration, approvalsign.Affirmation{
		Statement: approvalsign.Statement()["nb"],
		SignedBy:  approval.Signatory{Name: "Kari Nordmann"},
		At:        time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
	}, key)
	if err != nil {
		panic(err)
	}

	jwks, err := key.PublicJWKS()
	if err != nil {
		panic(err)
	}
	keys, err := approvalsign.ParseKeys(jwks)
	if err != nil {
		panic(err)
	}
	accepted := []string{approvalsign.ES256, approvalsign.PS256, approvalsign.EdDSA}
	got, err := approvalsign.Verify([]byte(`{"signedBy":{"name":"Kari Nordmann"},"id":"decl-1"}`), signature, keys, accepted)
	fmt.Println(got.SignedBy.Name, got.At.Format(time.DateOnly), err)

	_, err = approvalsign.Verify([]byte(`{"signedBy":{"name":"Kari Nordmann"},"id":"decl-2"}`), signature, keys, accepted)
	fmt.Println(errors.Is(err, approvalsign.ErrSignature))
	// Output:
	// Kari Nordmann 2026-11-22 <nil>
	// true
}
