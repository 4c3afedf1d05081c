package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func BenchmarkContests(b *testing.B) {
	for _, open := range contests {
		c, err := open()
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			for _, who := range c.contestants {
				b.Run(who.name, who.bench)
			}
		})
	}
}

// Everybody does the work; a table with the ratios comes out.
func TestContests(t *testing.T) {
	require.NotEmpty(t, contests)
	for _, open := range contests {
		c, err := open()
		require.NoError(t, err)
		for _, who := range c.contestants {
			do, err := who.prepare(3)
			require.NoError(t, err, who.name)
			for i := range 3 {
				require.NoError(t, do(i), who.name)
			}
		}
	}
}
