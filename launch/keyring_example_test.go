package launch_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// A portal whose keys rotate by themselves. In earnest the store is a file or a
// database, and Run does what Tick does here.
func ExampleKeyRing() {
	now := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	ring, err := launch.NewKeyRing(launch.KeyRingConfig{
		Store: launch.NewMemoryKeys(),
		Now:   func() time.Time { return now },
	})
	if err != nil {
		log.Fatal(err)
	}
	show := func() {
		if err := ring.Tick(context.Background()); err != nil {
			log.Fatal(err)
		}
		fmt.Print(now.Format(time.DateOnly))
		for _, key := range ring.States() {
			fmt.Print(" ", key.Phase)
		}
		fmt.Println()
	}
	show()
	now = now.Add(30 * 24 * time.Hour)
	show()
	now = now.Add(time.Hour)
	show()

	w := httptest.NewRecorder()
	ring.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/jwks.json", nil))
	fmt.Println(w.Code, w.Header().Get("Cache-Control"))
	// Output:
	// 2026-09-21 active pending
	// 2026-10-21 retiring active pending
	// 2026-10-21 active pending
	// 200 public, max-age=600
}

// An emergency: the key that signs has been seen by others.
func ExampleKeyRing_Revoke() {
	now := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	ctx := context.Background()
	ring, err := launch.NewKeyRing(launch.KeyRingConfig{
		Store: launch.NewMemoryKeys(),
		Now:   func() time.Time { return now },
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := ring.Tick(ctx); err != nil {
		log.Fatal(err)
	}
	now = now.Add(24 * time.Hour)
	trusted, err := ring.Revoke(ctx, ring.States()[0].ID)
	if err != nil {
		log.Fatal(err)
	}
	for _, key := range ring.States() {
		fmt.Println(key.Phase)
	}
	fmt.Println("caches may trust it until", trusted.Format(time.TimeOnly))
	// Output:
	// gone
	// active
	// pending
	// caches may trust it until 08:20:10
}
