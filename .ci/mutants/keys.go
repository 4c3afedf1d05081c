package main

const (
	keyFile       = "internal/jose/key.go"
	setFile       = "internal/jose/set.go"
	rsaFile       = "internal/jose/rsa.go"
	ecdsaFile     = "internal/jose/ecdsa.go"
	algorithmFile = "internal/jose/algorithm.go"
	jwksFile      = "launch/jwks.go"
	fetchFile     = "launch/fetch.go"
)

// keys: which key a message may name.
func keys() []mutant {
	const unknown = `return nil, fault(ErrUnknownKey, "a kid of the issuer's published keys")`
	return []mutant{
		off("kid: length", verifyFile, "H-29", " || len(m.KeyID) > maxKeyID", "").by(inside),
		off("kid: empty", verifyFile, "H-26 N19", `m.HasKeyID && m.KeyID == "" || `, "").by(suite),
		off("kid: one of the set", setFile, "H-26 H-28", unknown, "if len(s.keys) > 0 {\n\t\treturn s.keys[0], nil\n\t}\n\t"+unknown),
		off("kid: none, and several keys", setFile, "N19", ` || id == "" && len(s.keys) > 1`, "").by(suite),
		off("kid: unknown ones fetch now and then", jwksFile, "N20", "!j.flight.Running() && now >= j.unknown", "!j.flight.Running()").by(suite),
	}
}

// weakKeys: which published key may be used.
func weakKeys() []mutant {
	return []mutant{
		off("key: use", keyFile, "H-30", `there && use.Text != "sig"`, "false && there && use == nil"),
		off("key: key_ops", keyFile, "H-30", `there && !contains(ops.Items, "verify")`, "false && there && ops == nil"),
		off("key: private members", keyFile, "K-8 N24", "if exposed(v) {", "if false && exposed(v) {"),
		off("key: names its algorithm", keyFile, "H-31", `case k.Algorithm == "":`, `case false && k.Algorithm == "":`),
		off("key: algorithms that nobody knows", keyFile, "K-6", `alg != "" && !Known(alg)`, "false"),
		off("key: type and curve fit the algorithm", keyFile, "H-12", "if !fits(algorithm, k.public) {", "if false && !fits(algorithm, k.public) {"),
		off("key: bound to one algorithm", messageFile, "H-8 H-10 H-11", "if k.Algorithm != m.Algorithm {", "if false && k.Algorithm != m.Algorithm {"),
		off("key: point on the curve", keyFile, "K-5", "_, err := key.ECDH(); err != nil", "_, err := key.ECDH(); false && err != nil"),
		off("key: length of a coordinate", keyFile, "K-5", `length(v, "x") != size || length(v, "y") != size`, "size == 0"),
		off("key: RSA of few bits", rsaFile, "K-3", "bits < 2048 || ", ""),
		off("key: RSA of many bits", rsaFile, "K-10", " || bits > 8192", ""),
		off("key: RSA exponent of 1", rsaFile, "K-3", "key.E < 3 || ", ""),
		off("key: RSA exponent that is even", rsaFile, "K-3", " || key.E%2 == 0", ""),
		off("key: ROCA", rsaFile, "K-4", "case roca(key.N):", "case false && roca(key.N):"),
	}
}

// keySets: sets that are refused as a whole.
func keySets() []mutant {
	return []mutant{
		off("key set: kid twice", setFile, "K-1 N21", `k.ID != "" && other.ID == k.ID`, "false && other == nil").by(suite),
		off("key set: shared secrets", setFile, "K-2", "secret > 0 && (", "false && (").by(suite),
		off("key set: number of keys", setFile, "K-10", " || len(list.Items) > MaxKeys", "").by(suite),
		off("key set: size", fetchFile, "K-10", "io.LimitReader(resp.Body, jose.MaxSet+1)", "io.LimitReader(resp.Body, 1<<20)").
			in(setFile, "strictjson.Parse(data, setLimits)", "strictjson.Parse(data, strictjson.Limits{Bytes: 1 << 20, Depth: 8, Members: 10_000, Number: 32})").by(suite),
	}
}

func signatures() []mutant {
	return []mutant{
		off("signature", messageFile, "G-2 G-3 G-4", "k.check(m.signed, m.signature); err != nil", "k.check(m.signed, m.signature); false && err != nil"),
		off("signature: length", ecdsaFile, "G-6", "len(signature) != 2*half", "len(signature) < half"),
		off("signature: salt of PSS", algorithmFile, "G-7", "rsa.PSSSaltLengthEqualsHash", "rsa.PSSSaltLengthAuto").by(other),
	}
}
