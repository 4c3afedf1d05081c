//go:build !race

package prescription_test

const raceDetector = false
