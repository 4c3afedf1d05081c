package browser_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The two sites. Neither "example" nor what is below it is a public suffix, so
// the names differ in the part that a browser calls the site.
const (
	portalHost = "portal.helsenorge.example"
	toolHost   = "tool.vendor.example"
	portalURL  = "https://" + portalHost
	toolURL    = "https://" + toolHost
)

// web is what a browser can reach: sites with names and certificates.
type web struct {
	key      *ecdsa.PrivateKey
	root     *x509.Certificate
	resolver []string
}

// newWeb makes a certificate authority that no one knows.
func newWeb(t *testing.T) *web {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	w := &web{key: key}
	draft := certificate("A test's authority")
	draft.IsCA, draft.BasicConstraintsValid, draft.KeyUsage = true, true, x509.KeyUsageCertSign
	w.root = w.sign(t, draft, draft, key)
	return w
}

// certificate is good for a day on both sides of now: the browser's clock is
// the machine's and cannot be set.
func certificate(name string) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(24 * time.Hour)}
}

func (w *web) sign(t *testing.T, draft, parent *x509.Certificate, key *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, draft, parent, &key.PublicKey, w.key)
	require.NoError(t, err)
	signed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return signed
}

// site serves a handler under a host name, on port 443 as the browser sees it.
func (w *web) site(t *testing.T, host string, handler http.Handler) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(t.Output(), host+": ", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{w.issue(t, host)}}
	server.StartTLS()
	t.Cleanup(server.Close)
	w.resolver = append(w.resolver, fmt.Sprintf("MAP %s:443 %s", host, server.Listener.Addr()))
}

// issue gives a site its certificate, with the authority's behind it.
func (w *web) issue(t *testing.T, host string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	draft := certificate(host)
	draft.DNSNames, draft.ExtKeyUsage = []string{host}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	leaf := w.sign(t, draft, w.root, key)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw, w.root.Raw}, PrivateKey: key, Leaf: leaf}
}

// rules lead each site's name to its server, and all else nowhere.
func (w *web) rules() string {
	return strings.Join(append(w.resolver[:len(w.resolver):len(w.resolver)], "MAP * ~NOTFOUND"), ", ")
}

// pin names the authority's key as the one whose certificates may pass.
func (w *web) pin() string {
	sum := sha256.Sum256(w.root.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}
