package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/approval"
)

// filePage is what the vendor sees of a file.
type filePage struct {
	frame
	ID        string
	Name      string
	State     approval.CaseState
	Version   int64
	Editable  bool
	Form      *form
	Progress  progressView
	Stray     int
	Notice    string // a key of the texts
	Missing   []missingLink
	Reasons   []approval.CaseReason
	Amend     bool
	Withdraw  bool
	Decision  *approval.Decision
	Listed    bool
	Tool      string
	History   history
	Signed    *signatureView
	Signatory string // who the draft says will sign
}

func (s deskSite) overview(w http.ResponseWriter, r *http.Request) {
	if f, found := s.opened(w, r); found {
		s.showFile(w, r, f, http.StatusOK, nil)
	}
}

// showFile draws the overview, with what was refused on top.
func (s deskSite) showFile(w http.ResponseWriter, r *http.Request, f *file, code int, refused []trouble) {
	m, err := s.form(f, language(r))
	if err != nil {
		s.failed(w, r, err)
		return
	}
	page := filePage{frame: s.frame(r, "vendor", f.name(language(r))), ID: f.id, Name: f.name(language(r)), State: s.state(f), Version: f.life.Version,
		Editable: s.editable(f), Form: m, Progress: m.view(), Reasons: approval.CaseReasons(), Decision: f.decision, Listed: s.listed(f), Tool: string(f.life.Tool),
		Amend: s.allowed(f, approval.EventAmend, approval.RoleVendor), Withdraw: s.allowed(f, approval.EventWithdraw, approval.RoleVendor),
		Notice: noticeKey(r), History: s.history(r, f), Signed: s.signature(f), Signatory: f.draft.text("/signedBy/name")}
	page.Wrong = refused
	if page.Editable {
		page.Wrong, page.Stray, page.Missing = append(refused, m.problems...), len(m.stray()), m.links(f.life.Missing)
	}
	s.pages.show(w, r, code, "file.html", page)
}

// noticeKey is what the page says has been done, after it was.
func noticeKey(r *http.Request) string {
	key := "done-" + r.URL.Query().Get("done")
	if _, known := deskTexts[key]; known {
		return key
	}
	return ""
}
