package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// signatureView is what a page says of the signature of what was submitted.
type signatureView struct {
	approvalsign.Signature
	ID     string         // the case's
	Lang   catalogue.Lang // of the sentence, which stays in the language in which it was agreed to
	Vendor string         // whose key it is
	Holds  bool
}

// signature is nil as long as nothing is submitted.
func (d *desk) signature(f *file) *signatureView {
	if f.declared == nil {
		return nil
	}
	found, err := d.verify(f)
	return &signatureView{Signature: found, ID: f.id, Lang: languageOf(found.Statement), Vendor: f.declared.Vendor.Name, Holds: err == nil}
}

// languageOf is the language of the sentence that was affirmed, "" for a sentence of somebody else's.
func languageOf(statement string) catalogue.Lang {
	for lang, text := range approvalsign.Statement() {
		if text == statement {
			return lang
		}
	}
	return ""
}

// give gives what was submitted as files to keep: the declaration, the signature of
// it, and the key to check that with, also without this desk.
func (s deskSite) give(w http.ResponseWriter, r *http.Request) {
	f, found := s.submitted(w, r)
	if !found {
		return
	}
	body, kind, err := s.kept(f, r.PathValue("as"))
	switch {
	case err != nil:
		s.failed(w, r, err)
	case body == nil:
		s.problem(w, r, http.StatusNotFound, "not-found")
	default:
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(f.declared)+"."+r.PathValue("as")+`"`)
		w.Write(body)
	}
}

func (s deskSite) kept(f *file, as string) (body []byte, kind string, err error) {
	switch as {
	case "json":
		body, err = document(f.declared)
		return body, "application/json", err
	case "jws":
		return []byte(f.signature + "\n"), "application/jose", nil
	case "jwks":
		return s.key.jwks, "application/jwk-set+json", nil
	}
	return nil, "", nil
}

// fileName is the declaration's id, in letters that a file name can have everywhere: the vendor writes it.
func fileName(d *approval.SelfDeclaration) string { return orElse(slug(d.ID), "declaration").(string) }
