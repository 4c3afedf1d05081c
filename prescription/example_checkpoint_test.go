package prescription_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// A signed checkpoint may be kept anywhere: who can write both it and the
// database still cannot sign. The private key is with whoever makes checkpoints,
// the public one with whoever verifies.
func ExampleCheckpoints() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	_, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)
	public, private, err := ed25519.GenerateKey(nil)
	check(err)

	var kept bytes.Buffer
	_, err = prescription.Checkpoints{
		Now:  func() time.Time { return noon }, // without it, the time
		Sign: func(head []byte) ([]byte, error) { return ed25519.Sign(private, head), nil },
	}.Write(ctx, store, &kept)
	check(err)

	auditor := prescription.Checkpoints{Verify: func(head, signature []byte) bool { return ed25519.Verify(public, head, signature) }}
	head, found, err := auditor.VerifyAll(ctx, store, bytes.NewReader(kept.Bytes()))
	fmt.Println(found.Prescriptions, "as of", head.At.Format(time.DateTime), err)

	forged := bytes.Replace(kept.Bytes(), []byte("at 2026"), []byte("at 2027"), 1)
	_, _, err = auditor.VerifyAll(ctx, store, bytes.NewReader(forged))
	fmt.Println(errors.Is(err, prescription.ErrCheckpointSignature), err)
	// Output:
	// 1 as of 2026-11-01 12:00:00 <nil>
	// true prescription: checkpoint cannot be read: signature: it is not by the key that is known
}
