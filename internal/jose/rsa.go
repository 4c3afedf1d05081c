package jose

import (
	"crypto/rsa"
	"math/big"
)

// weakness says what was wanted of an RSA key, "" if it is good.
func weakness(key *rsa.PublicKey) string {
	switch bits := key.N.BitLen(); {
	case bits < 2048 || bits > 8192:
		return "an RSA key of 2048 to 8192 bits"
	case key.E < 3 || key.E%2 == 0:
		return "an odd RSA exponent of at least 3"
	case roca(key.N):
		return "an RSA key without the ROCA weakness (CVE-2017-15361)"
	}
	return ""
}

// rocaPrimes divide the number that the weak key generator built its primes
// from; a modulus of such a key is a power of 65537 modulo every one of them.
// By chance that happens to less than one good key in a hundred million.
var rocaPrimes = []int64{3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
	107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167}

func roca(n *big.Int) bool {
	for _, p := range rocaPrimes {
		rest := new(big.Int).Mod(n, big.NewInt(p)).Int64()
		if !power(rest, p) {
			return false
		}
	}
	return true
}

// power says whether rest is some power of 65537 modulo p.
func power(rest, p int64) bool {
	for x, i := int64(1), int64(0); i < p; i++ {
		if x == rest {
			return true
		}
		x = x * (65537 % p) % p
	}
	return false
}
