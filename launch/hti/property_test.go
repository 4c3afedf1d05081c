package hti_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// One message, one spelling: no change of one byte is accepted.
func TestNoChangedByteIsAccepted(t *testing.T) {
	p := fakePortal(t)
	profile := profileFor(t, p)
	good := p.Good()
	_, _, err := profile.Accept(t.Context(), form(good), clock)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(20260921, 1))
	kinds := map[launch.Kind]int{}
	for i := range 20_000 {
		token := mutate(random, good)
		_, _, err := profile.Accept(t.Context(), form(token), clock)
		var refused *launch.Error
		require.ErrorAs(t, err, &refused, "change %d", i)
		kinds[refused.Kind]++
	}
	assert.NotZero(t, kinds[launch.KindSignature])
	assert.NotZero(t, kinds[launch.KindMalformed])
	t.Log(kinds)
}

// mutate changes, drops or puts in one byte, most often one that base64url has.
func mutate(random *rand.Rand, good string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \n\x00"
	at := random.IntN(len(good))
	c := string(alphabet[random.IntN(len(alphabet))])
	if random.IntN(10) == 0 {
		c = string([]byte{byte(random.IntN(256))})
	}
	switch random.IntN(4) {
	case 0:
		return good[:at] + good[at+1:]
	case 1:
		return good[:at] + c + good[at:]
	}
	if c == good[at:at+1] {
		return good[:at] + "~" + good[at+1:]
	}
	return good[:at] + c + good[at+1:]
}

// Accepted only if untouched, or as the twin that everybody can make of an ECDSA signature.
func FuzzAccept(f *testing.F) {
	p := fakePortal(f)
	profile := profileFor(f, p)
	good := p.Good()
	f.Add(good)
	for i, c := range launchtest.Cases() {
		if token := c.Message(p); c.Want != "" && i%4 == 0 && len(token) < 4096 {
			f.Add(token)
		}
	}
	f.Fuzz(func(t *testing.T, token string) {
		_, _, err := profile.Accept(t.Context(), form(token), clock)
		if err == nil && token != good && token != launchtest.Twin(good) {
			t.Fatalf("%q is accepted", token)
		}
		var refused *launch.Error
		if err != nil && !assert.ErrorAs(t, err, &refused) {
			t.Fatalf("%q gives %v", token, err)
		}
	})
}

func BenchmarkAccept(b *testing.B) {
	p := fakePortal(b)
	profile := profileFor(b, p)
	for _, kid := range []string{"ec", "rs"} {
		d := p.Draft()
		d.Key, d.Header["kid"], d.Header["alg"] = kid, kid, map[string]string{"ec": "ES256", "rs": "RS256"}[kid]
		accept(b, fmt.Sprintf("%v accepted", d.Header["alg"]), profile, p.Sign(d), "")
	}
	accept(b, "no signature checked", profile, "eyJhbGciOiJub25lIn0.e30.AA", launch.KindAlgorithm)
}

func accept(b *testing.B, name string, profile launch.Profile, token string, want launch.Kind) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		f := form(token)
		for b.Loop() {
			_, _, err := profile.Accept(b.Context(), f, clock)
			if want == "" && err != nil || want != "" && err == nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMint(b *testing.B) {
	portal := newPortal(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := portal.Mint(message()); err != nil {
			b.Fatal(err)
		}
	}
}

func newPortal(tb testing.TB) *hti.Portal {
	key, err := launch.GenerateSigningKey()
	require.NoError(tb, err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: now})
	require.NoError(tb, err)
	return portal
}

func message() hti.Message {
	return hti.Message{Audience: "https://tool.example", Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
		Task: launch.Party{Type: "Task", ID: "58c1"}}
}
