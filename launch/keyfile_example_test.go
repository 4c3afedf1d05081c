//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package launch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/verktoykatalog/verktoy/launch"
)

// A portal on one machine keeps its keys in a file that only it may read,
// encrypted with a passphrase.
func ExampleNewKeyFile() {
	dir, err := os.MkdirTemp("", "verktoy")
	check(err)
	defer func() { check(os.RemoveAll(dir)) }()
	store, err := launch.NewKeyFile(launch.KeyFileConfig{
		Path:       filepath.Join(dir, "portal.keys"),
		Passphrase: []byte("a passphrase that a machine made"),
	})
	check(err)
	ring, err := launch.NewKeyRing(launch.KeyRingConfig{Store: store})
	check(err)
	check(ring.Tick(context.Background())) // go ring.Run(ctx), in operation
	fmt.Println(len(ring.Keys()), "published keys")

	file, err := os.Stat(filepath.Join(dir, "portal.keys"))
	check(err)
	fmt.Println(file.Mode())
	// Output:
	// 2 published keys
	// -rw-------
}
