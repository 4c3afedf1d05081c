package launchtest

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
)

// isChallenge says whether the text is a code_challenge of method S256. RFC 7636, section 4.2.
func isChallenge(s string) bool {
	digest, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(digest) == sha256.Size && len(s) == 43
}

// verifierForm: RFC 7636, section 4.1.
var verifierForm = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)

// proves says whether the verifier belongs to the challenge. RFC 7636, section 4.6.
func proves(verifier, challenge string) bool {
	digest := sha256.Sum256([]byte(verifier))
	return b64(digest[:]) == challenge
}
