package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/verktoykatalog/verktoy/approval"
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
	against := f.String("set", "", "the requirement `SET`: ID@VERSION, ID or a file; left out: the one that the declaration names")
	own := f.Bool("vendor", false, "the file is a vendor's declaration, for all its tools")
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
	set, err := chosenSet(*against)
	if err != nil {
		return unusable, err
	}
	data, signatory, err := signable(f.Arg(0), set, *own)
	if err != nil {
		return status(err), c.printCheckTo(f.Arg(0), f.lang, err)
	}
	key, err := privateKey(*keyFile)
	if err != nil {
		return unusable, err
	}
	signature, err := approvalsign.Sign(data, approvalsign.Affirmation{Statement: statement, SignedBy: signatory, At: c.now}, key)
	if err != nil {
		return unusable, err
	}
	_, err = fmt.Fprintln(c.stdout, signature)
	return valid, err
}

// signable reads what may be signed, and who signs it.
func signable(file string, set *approval.RequirementSet, own bool) (data []byte, by approval.Signatory, err error) {
	if data, set, err = opened(file, set); err != nil {
		return nil, by, err
	}
	if own {
		var d *approval.VendorDeclaration
		if d, err = approval.CheckVendorDeclaration(data, set); err == nil {
			by = d.SignedBy
		}
		return data, by, err
	}
	d, err := approval.CheckDeclaration(data, set)
	if err == nil {
		by = d.SignedBy
	}
	return data, by, err
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
	"document": {
		"nb": "Dokumentet kan ikke leses, og er kanskje ikke det som ble signert. Sjekk at det er riktig fil, på høyst 1 MiB.",
		"nn": "Dokumentet kan ikkje lesast, og er kanskje ikkje det som vart signert. Sjekk at det er rett fil, på høgst 1 MiB.",
		"en": "The document cannot be read, and may not be the one that was signed. Check that it is the right file, of at most 1 MiB."},
	"malformed": {
		"nb": "Filen med signaturen er ikke en signatur. Sjekk at det er riktig fil.",
		"nn": "Fila med signaturen er ikkje ein signatur. Sjekk at det er rett fil.",
		"en": "The file with the signature is not a signature. Check that it is the right file."},
	"unknown-key": {
		"nb": "Signaturen er laget med en nøkkel som ikke er blant disse. Sjekk at filen med nøkler er leverandørens, og at den er ny nok.",
		"nn": "Signaturen er laga med ein nøkkel som ikkje er blant desse. Sjekk at fila med nøklar er leverandøren si, og at ho er ny nok.",
		"en": "The signature is made with a key that is not among these. Check that the file with keys is the vendor's, and recent enough."},
	"refused": {
		"nb": "Signaturen stemmer ikke med dokumentet eller nøklene. Be leverandøren om å signere på nytt.",
		"nn": "Signaturen stemmer ikkje med dokumentet eller nøklane. Be leverandøren om å signere på nytt.",
		"en": "The signature does not fit the document or the keys. Ask the vendor to sign again."},
}
