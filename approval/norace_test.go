//go:build !race

package approval_test

const share = 1
