package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// key makes a private key in a new file and prints the public one.
func (c command) key(args []string) (int, error) {
	f := c.flags("key")
	out := f.String("out", "", "write the private key to a new `FILE`, readable by its owner only")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if *out == "" || f.NArg() != 0 {
		return unusable, errors.New("key: want -out FILE and nothing else")
	}
	jwks, err := newKey(*out)
	if err != nil {
		return unusable, err
	}
	_, err = fmt.Fprintf(c.stdout, "%s\n", jwks)
	return valid, err
}

func newKey(out string) (jwks []byte, err error) {
	key, err := approvalsign.GenerateKey()
	if err != nil {
		return nil, err
	}
	jwk, err := key.PrivateJWK()
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(append(jwk, '\n'))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return key.PublicJWKS()
}

func (c command) sign(args []string) (int, error) {
	f := c.flags("sign")
	f.StringVar(&f.lang, "lang", "nb", "language of the statement: nb, nn or en")
	keyFile := f.String("key", "", "the private key, a `FILE` with a JWK")
	affirm := f.Bool("affirm", false, "the person whom the declaration names under signedBy affirms the statement")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 || *keyFile == "" {
		return unusable, fmt.Errorf("sign: %d files, want -key FILE and one self-declaration", f.NArg())
	}
	statement := in(approvalsign.Statement(), f.lang)
	if !*affirm {
		fmt.Fprintf(c.stderr, "%s\n%s\n", statement, in(signTexts["affirm"], f.lang))
		return unusable, nil
	}
	data, d, _, err := checkedAgainst(f.Arg(0), nil)
	if err != nil {
		return status(err), c.printCheckTo(f.Arg(0), f.lang, err)
	}
	key, err := privateKey(*keyFile)
	if err != nil {
		return unusable, err
	}
	signature, err := approvalsign.Sign(data, approvalsign.Affirmation{Statement: statement, SignedBy: d.SignedBy, At: c.now}, key)
	if err != nil {
		return unusable, err
	}
	_, err = fmt.Fprintln(c.stdout, signature)
	return valid, err
}

func privateKey(file string) (approvalsign.SigningKey, error) {
	jwk, err := input(file)
	if err != nil {
		return approvalsign.SigningKey{}, err
	}
	return approvalsign.ParseSigningKey(jwk)
}

var signTexts = map[string]catalogue.Text{
	"affirm": {
		"nb": "Les setningen. Stemmer den, kjør kommandoen en gang til med -affirm.",
		"nn": "Les setninga. Stemmer ho, køyr kommandoen ein gong til med -affirm.",
		"en": "Read the sentence. If it is true, run the command once more with -affirm."},
	"verified": {
		"nb": "Signaturen stemmer. %s bekreftet dette %s: «%s» (nøkkel %s)",
		"nn": "Signaturen stemmer. %s stadfesta dette %s: «%s» (nøkkel %s)",
		"en": "The signature is right. %s affirmed this on %s: “%s” (key %s)"},
	"refused": {
		"nb": "Signaturen stemmer ikke med dokumentet eller nøklene. Be leverandøren om å signere på nytt.",
		"nn": "Signaturen stemmer ikkje med dokumentet eller nøklane. Be leverandøren om å signere på nytt.",
		"en": "The signature does not fit the document or the keys. Ask the vendor to sign again."},
}
