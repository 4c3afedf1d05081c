//go:build race

package underrace

const share = 10
