package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
)

// verified is the JSON for one signature.
type verified struct {
	Valid     bool   `json:"valid"`
	Error     string `json:"error,omitempty"`
	Statement string `json:"statement,omitempty"`
	Name      string `json:"name,omitempty"`
	Title     string `json:"title,omitempty"`
	At        string `json:"at,omitempty"`
	KeyID     string `json:"kid,omitempty"`
	Algorithm string `json:"alg,omitempty"`
}

func (c command) verify(args []string) (int, error) {
	f := c.flags("verify")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	keyFile := f.String("keys", "", "the vendor's public keys, a `FILE` with a JWK Set")
	signature := f.String("signature", "", "the signature, a `FILE`")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 || *keyFile == "" || *signature == "" {
		return unusable, fmt.Errorf("verify: %d files, want -keys FILE, -signature FILE and one self-declaration", f.NArg())
	}
	got, err := verifyFiles(f.Arg(0), *signature, *keyFile)
	if err != nil && !errors.Is(err, approvalsign.ErrRefused) {
		return unusable, err
	}
	code := valid
	if err != nil {
		code = invalid
	}
	return code, c.printVerified(got, err, f.lang, *asJSON)
}

func verifyFiles(declaration, signature, keyFile string) (approvalsign.Signature, error) {
	data, err := input(declaration)
	if err != nil {
		return approvalsign.Signature{}, err
	}
	line, err := input(signature)
	if err != nil {
		return approvalsign.Signature{}, err
	}
	jwks, err := input(keyFile)
	if err != nil {
		return approvalsign.Signature{}, err
	}
	keys, err := approvalsign.ParseKeys(jwks)
	if err != nil {
		return approvalsign.Signature{}, err
	}
	accepted := []string{approvalsign.ES256, approvalsign.PS256, approvalsign.EdDSA}
	return approvalsign.Verify(data, string(bytes.TrimSpace(line)), keys, accepted)
}

// adviceOn tells a wrong file from a signature that does not hold.
func adviceOn(refused error) string {
	switch {
	case errors.Is(refused, approvalsign.ErrDocument):
		return "document"
	case errors.Is(refused, approvalsign.ErrMalformed):
		return "malformed"
	case errors.Is(refused, approvalsign.ErrUnknownKey):
		return "unknown-key"
	}
	return "refused"
}

func (c command) printVerified(s approvalsign.Signature, refused error, lang string, asJSON bool) error {
	out := verified{Valid: refused == nil}
	if refused != nil {
		out.Error = refused.Error()
	} else {
		out.Statement, out.Name, out.Title = s.Statement, s.SignedBy.Name, s.SignedBy.Title
		out.At, out.KeyID, out.Algorithm = s.At.Format(time.RFC3339), s.KeyID, s.Algorithm
	}
	switch {
	case asJSON:
		return json.NewEncoder(c.stdout).Encode(out)
	case refused != nil:
		fmt.Fprintf(c.stdout, "%s\n  %s\n", in(signTexts[adviceOn(refused)], lang), printable(out.Error))
	default:
		fmt.Fprintf(c.stdout, in(signTexts["verified"], lang)+"\n", printable(out.Name), out.At, printable(out.Statement), printable(out.KeyID))
	}
	return nil
}
