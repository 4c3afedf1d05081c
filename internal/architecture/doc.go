// Package architecture holds the tests that keep the packages in their layers:
// which package may import which. It has no code of its own.
package architecture
