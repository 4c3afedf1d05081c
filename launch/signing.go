package launch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// SigningKey signs messages. Make one with [GenerateSigningKey],
// [GenerateSigningKeyFor] or [ParseSigningKey]; the zero SigningKey signs nothing. It prints as
// [redacted] everywhere but in [SigningKey.PrivateJWK].
type SigningKey struct{ signer *jose.Signer }

const redacted = "[redacted]"

// GenerateSigningKey makes a new ES256 key whose kid is its RFC 7638 thumbprint.
func GenerateSigningKey() (SigningKey, error) { return GenerateSigningKeyFor("ES256") }

// GenerateSigningKeyFor is [GenerateSigningKey] for another algorithm: ES256,
// RS256, PS256, their kin with 384 and 512, or EdDSA. RSA keys have 2048 bits.
// Helsenorge takes RS256, HelseID ES256 and PS256. The error is that of another
// algorithm.
func GenerateSigningKeyFor(algorithm string) (SigningKey, error) {
	signer, err := jose.Generate(algorithm)
	if err != nil {
		return SigningKey{}, fmt.Errorf("launch: signing key: %w", err)
	}
	return SigningKey{signer}, nil
}

// ParseSigningKey reads a private JWK with alg; without kid, the RFC 7638
// thumbprint is it. The error holds nothing of the key.
func ParseSigningKey(jwk []byte) (SigningKey, error) {
	signer, err := jose.ParseSigner(jwk)
	if err != nil {
		return SigningKey{}, fmt.Errorf("launch: signing key: %w", err)
	}
	return SigningKey{signer}, nil
}

// PrivateJWK gives the key with its private part, to be kept in a secret store.
func (k SigningKey) PrivateJWK() ([]byte, error) {
	if k.signer == nil {
		return nil, errNoKey
	}
	return k.signer.Private()
}

// Public gives the public part, to be published; the zero PublicKey for the zero SigningKey.
func (k SigningKey) Public() PublicKey {
	if k.signer == nil {
		return PublicKey{}
	}
	return PublicKey{k.signer.Public()}
}

// Sign makes a compact signed message with the header members alg, kid and typ.
// It is for who writes a [Profile]; what the payload says is not checked.
func (k SigningKey) Sign(typ string, payload []byte) (string, error) {
	if k.signer == nil {
		return "", errNoKey
	}
	return k.signer.Sign(typ, payload)
}

var errNoKey = fmt.Errorf("launch: the zero SigningKey cannot sign")

// Format prints [redacted], whatever the verb.
func (k SigningKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (k SigningKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (k SigningKey) LogValue() slog.Value { return slog.StringValue(redacted) }

// jwksAge is how long others may keep our key set: publish a key that much
// earlier than you sign with it.
const jwksAge = 10 * time.Minute

// JWKSHandler serves the public keys as a JWK Set (RFC 7517, section 5), with
// ETag and ten minutes of Cache-Control. It answers GET and HEAD. Keys do not
// change later: serve a new handler after a rotation. It panics on a zero
// PublicKey, as [http.Handle] does on a bad pattern.
func JWKSHandler(keys ...PublicKey) http.Handler {
	list := make([]*jose.Key, len(keys))
	for i, k := range keys {
		if k.key == nil {
			panic("launch: JWKSHandler got a zero PublicKey")
		}
		list[i] = k.key
	}
	body, err := jose.MarshalSet(list)
	if err != nil {
		panic("launch: JWKSHandler: " + err.Error())
	}
	return jwksHandler(body, jwksAge)
}

func jwksHandler(body []byte, age time.Duration) http.Handler {
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/jwk-set+json")
		h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(age.Seconds())))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("ETag", etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	})
}
