// Package nameuuid makes UUIDs of names, so that what says the same has the same UUID.
package nameuuid

import (
	"crypto/sha1"
	"encoding/hex"
	"strconv"
	"strings"
)

// namespace is that of this project: the version 5 UUID of its address in the namespace for URLs (RFC 9562, section 6.6).
var namespace = v5(mustDecode("6ba7b8119dad11d180b400c04fd430c8"), "https://github.com/verktoykatalog/verktoy")

// New makes a UUID of version 5 (RFC 9562, section 5.5), in lower case. Other parts give another UUID, also where they read the same when put
// together. Version 8 with SHA-256 would be newer, but OSCAL takes versions 4 and 5 alone.
func New(parts ...string) string {
	var name strings.Builder
	for _, p := range parts {
		name.WriteString(strconv.Itoa(len(p)) + ":" + p)
	}
	u := v5(namespace, name.String())
	text := hex.EncodeToString(u)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// v5 takes SHA-1 because the RFC says so; nothing is kept secret by it.
func v5(namespace []byte, name string) []byte {
	sum := sha1.Sum(append(namespace[:16:16], name...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return sum[:16]
}

func mustDecode(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}
