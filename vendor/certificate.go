package vendor

import "slices"

// Certificate is what somebody else has attested about the vendor. That it
// exists, and that its issuer may issue it, is not checked.
type Certificate struct {
	// Kind is required.
	Kind CertificateKind `json:"kind"`
	// Issuer is the certification body, auditor or notified body, at most 200
	// characters; required. For a CE mark without a notified body it is the manufacturer.
	Issuer string `json:"issuer"`
	// Number is the issuer's own, at most 100 characters; may be empty.
	Number string `json:"number,omitempty"`
	// Scope is what the certificate covers, in its own words, at most 2,000 characters; required.
	Scope string `json:"scope"`
	// Issued is required.
	Issued Day `json:"issued"`
	// Expires is the last day on which it holds. It may be empty only for the
	// kinds that have no last day: a CE mark and a SOC 2 report.
	Expires Day `json:"expires,omitempty"`
	// SHA256 is the document's digest, 64 lower-case hexadecimal digits; may be
	// empty. It is not compared with anything.
	SHA256 string `json:"sha256,omitempty"`
}

// CertificateKind is what a certificate is about.
type CertificateKind string

// The kinds of certificates.
const (
	CertificateISO9001  CertificateKind = "iso-9001"  // quality
	CertificateISO13485 CertificateKind = "iso-13485" // quality of medical devices
	CertificateISO27001 CertificateKind = "iso-27001" // information security
	CertificateISO27701 CertificateKind = "iso-27701" // privacy
	CertificateSOC2     CertificateKind = "soc-2"     // an auditor's report on a period
	CertificateCE       CertificateKind = "ce"        // medical device, Regulation (EU) 2017/745
)

var certificateKinds = []CertificateKind{CertificateISO9001, CertificateISO13485, CertificateISO27001, CertificateISO27701,
	CertificateSOC2, CertificateCE}

var withoutLastDay = []CertificateKind{CertificateSOC2, CertificateCE}

// ValidOn says whether the certificate holds on that day: it was issued, and
// has not expired. A certificate without the days that it must have never does,
// and on the empty day none does.
func (c Certificate) ValidOn(on Day) bool {
	dated := c.Issued.Valid() && on.Valid() && (c.Expires.Valid() || c.Expires == "" && slices.Contains(withoutLastDay, c.Kind))
	return dated && c.Issued <= on && (c.Expires == "" || on <= c.Expires)
}
