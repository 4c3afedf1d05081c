package helsenorge

import (
	"context"
	"crypto/sha1" //nolint:gosec // a thumbprint is a name, not a check
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// CertificateKeys are public keys that came in certificates, found by thumbprint.
// They do not change. When a certificate was issued, by whom and until when is
// not looked at: put in the ones that you were given, and take them out again.
type CertificateKeys struct{ byName map[string]launch.PublicKey }

var _ launch.Keys = (*CertificateKeys)(nil)

// NewCertificateKeys takes certificates with RSA keys of 2048 bits or more. The
// error says which one has another key, or that there is none.
func NewCertificateKeys(certificates ...*x509.Certificate) (*CertificateKeys, error) {
	if len(certificates) == 0 {
		return nil, errors.New("helsenorge: no certificate")
	}
	k := &CertificateKeys{map[string]launch.PublicKey{}}
	for i, c := range certificates {
		if c == nil {
			return nil, fmt.Errorf("helsenorge: certificate %d is nil", i)
		}
		one, two := sha1.Sum(c.Raw), sha256.Sum256(c.Raw) //nolint:gosec // see above
		for _, sum := range [][]byte{one[:], two[:]} {
			if err := k.add(c, sum); err != nil {
				return nil, fmt.Errorf("helsenorge: certificate %d: %w", i, err)
			}
		}
	}
	return k, nil
}

// add names the key by the thumbprint. That the kid is one is documented, how it
// is written is not: hexadecimal in either case, with colons or without, and
// base64url, of SHA-1 and SHA-256, cannot be mistaken for each other.
func (k *CertificateKeys) add(c *x509.Certificate, sum []byte) error {
	for _, name := range []string{hex.EncodeToString(sum), base64.RawURLEncoding.EncodeToString(sum)} {
		key, err := launch.NewPublicKey(name, "RS256", c.PublicKey)
		if err != nil {
			return err
		}
		k.byName[name] = key
	}
	return nil
}

// Key implements [launch.Keys].
func (k *CertificateKeys) Key(_ context.Context, kid string) (launch.PublicKey, error) {
	for _, name := range []string{kid, strings.ToLower(strings.ReplaceAll(kid, ":", ""))} {
		if key, there := k.byName[name]; there {
			return key, nil
		}
	}
	return launch.PublicKey{}, launch.Refuse(launch.KindUnknownKey, "the thumbprint of one of the certificates", nil)
}
