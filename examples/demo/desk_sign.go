package main

import (
	"encoding/json"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// vendorKey is the key that the vendor signs declarations with, a new one for each
// database. A real vendor keeps the private part to itself and signs before the
// declaration reaches any desk (./examples/declare does); the desk has the public
// part from the agreement with the vendor.
type vendorKey struct {
	private approvalsign.SigningKey
	public  approvalsign.Keys
	jwks    []byte // the public part as a file
}

func newVendorKey() (vendorKey, error) {
	private, err := approvalsign.GenerateKey()
	if err != nil {
		return vendorKey{}, err
	}
	return vendorKeyOf(private)
}

func vendorKeyOf(private approvalsign.SigningKey) (k vendorKey, err error) {
	k.private = private
	if k.jwks, err = k.private.PublicJWKS(); err != nil {
		return k, err
	}
	k.public, err = approvalsign.ParseKeys(k.jwks)
	return k, err
}

// document is a declaration as a file. The signature is of its canonical form, so that the indent does not matter.
func document(d *approval.SelfDeclaration) ([]byte, error) { return json.MarshalIndent(d, "", "  ") }

// sign makes the vendor's signature of a declaration. lang is the language in which the sentence was shown that is affirmed.
func (d *desk) sign(declared *approval.SelfDeclaration, lang catalogue.Lang) (string, error) {
	data, err := document(declared)
	if err != nil {
		return "", err
	}
	affirmed := approvalsign.Affirmation{Statement: approvalsign.Statement().In(lang), SignedBy: declared.SignedBy, At: d.now()}
	return approvalsign.Sign(data, affirmed, d.key.private)
}

// verify checks the signature against the declaration that the panel judges, and
// not against a copy: a change that anybody makes to it afterwards shows.
func (d *desk) verify(f *file) (approvalsign.Signature, error) {
	data, err := document(f.declared)
	if err != nil {
		return approvalsign.Signature{}, err
	}
	return approvalsign.Verify(data, f.signature, d.key.public, []string{approvalsign.ES256})
}
