//go:build race

package prescription_test

// raceDetector makes everything about ten times slower.
const raceDetector = true
