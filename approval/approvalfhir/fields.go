package approvalfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// field is a question about one text of T, a declaration or a piece of evidence.
type field[T any] struct {
	item
	get func(*T) string
	set func(*T, string)
}

// text makes a field of a member that is a string in Go, of whatever type.
func text[T any, S ~string](i item, member func(*T) *S) field[T] {
	return field[T]{i, func(t *T) string { return string(*member(t)) }, func(t *T, s string) { *member(t) = S(s) }}
}

type (
	declaration = approval.SelfDeclaration
	document    = approval.Evidence
)

const (
	patternID     = `^[A-Za-z0-9._-]{1,64}$`
	patternTool   = `^[a-z0-9]+(-[a-z0-9]+)*$`
	patternNine   = `^[0-9]{9}$`
	patternDigest = `^[0-9a-f]{64}$`
)

// The questions about the declaration as a whole.
var declarationFields = []field[declaration]{
	text(item{id: "declaration.id", kind: kindString, text: textID, required: true, pattern: patternID, wanted: textIDForm},
		func(d *declaration) *string { return &d.ID }),
	text(item{id: "tool.id", kind: kindString, text: textTool, required: true, pattern: patternTool, wanted: textToolForm},
		func(d *declaration) *catalogue.ToolID { return &d.Tool.ID }),
	name(item{id: "tool.name.nb", kind: kindString, text: textNameNB}, catalogue.Bokmaal),
	name(item{id: "tool.name.nn", kind: kindString, text: textNameNN}, catalogue.Nynorsk),
	name(item{id: "tool.name.en", kind: kindString, text: textNameEN}, catalogue.English),
	text(item{id: "tool.release", kind: kindString, text: textRelease}, func(d *declaration) *string { return &d.Tool.Release }),
	text(item{id: "vendor.orgNumber", kind: kindString, text: textOrgNumber, required: true, pattern: patternNine, wanted: textNine},
		func(d *declaration) *vendor.OrgNumber { return &d.Vendor.OrgNumber }),
	text(item{id: "vendor.name", kind: kindString, text: textVendor, required: true},
		func(d *declaration) *string { return &d.Vendor.Name }),
	text(item{id: "submitted", kind: kindDate, text: textSubmitted, required: true},
		func(d *declaration) *catalogue.Date { return &d.Submitted }),
	text(item{id: "signed.name", kind: kindString, text: textSigned, required: true},
		func(d *declaration) *string { return &d.SignedBy.Name }),
	text(item{id: "signed.title", kind: kindString, text: textSignedAs}, func(d *declaration) *string { return &d.SignedBy.Title }),
}

func name(i item, lang catalogue.Lang) field[declaration] {
	return field[declaration]{i, func(d *declaration) string { return d.Tool.Name[lang] }, func(d *declaration, s string) {
		if d.Tool.Name == nil {
			d.Tool.Name = catalogue.Text{}
		}
		d.Tool.Name[lang] = s
	}}
}

// revisionItem is the one question about the declaration that is a number.
var revisionItem = item{id: "declaration.revision", kind: kindInteger, text: textRevision, min: new(int)}

func declarationItems() item {
	group := item{id: "declaration", kind: kindGroup, text: textDeclaration}
	for _, f := range declarationFields {
		group.items = append(group.items, f.item)
	}
	group.items = slices.Insert(group.items, 1, revisionItem)
	return group
}

// The questions about a document that are texts.
var documentFields = []field[document]{
	text(item{id: "document.id", kind: kindString, text: textDocID, required: true}, func(e *document) *string { return &e.ID }),
	text(item{id: "document.kind", kind: kindOpenChoice, text: textKind, required: true}, func(e *document) *string { return &e.Kind }),
	text(item{id: "document.title", kind: kindString, text: textTitle, required: true}, func(e *document) *string { return &e.Title }),
	text(item{id: "document.url", kind: kindURL, text: textURL}, func(e *document) *string { return &e.URL }),
	text(item{id: "document.sha256", kind: kindString, text: textDigest, pattern: patternDigest, wanted: text64},
		func(e *document) *approval.Digest { return &e.SHA256 }),
	text(item{id: "document.issued", kind: kindDate, text: textIssued, required: true}, func(e *document) *catalogue.Date { return &e.Issued }),
	text(item{id: "document.expires", kind: kindDate, text: textExpires}, func(e *document) *catalogue.Date { return &e.Expires }),
	text(item{id: "document.level", kind: kindChoice, text: textLevel, options: levelOptions()},
		func(e *document) *approval.Level { return &e.Level }),
	text(item{id: "document.issuer", kind: kindString, text: textIssuer}, func(e *document) *string { return &e.Issuer }),
	text(item{id: "document.checkedBy", kind: kindString, text: textCheckedBy}, func(e *document) *string { return &e.CheckedBy }),
}

var (
	fileItem   = item{id: "document.file", kind: kindAttachment, text: textFile}
	secretItem = item{id: "document.confidential", kind: kindBoolean, text: textSecret}
)

// documents is a heading with one group that comes again for each document. The kinds that may be chosen are those that count for some
// requirement; another may be written.
func (f *form) documents() item {
	one := item{id: "document", kind: kindGroup, text: textDocument, repeats: true}
	for _, field := range documentFields {
		q := field.item
		if q.id == "document.kind" {
			q.options = f.kinds()
		}
		one.items = append(one.items, q)
	}
	one.items = append(one.items, fileItem, secretItem)
	return item{id: "documents", kind: kindGroup, text: textDocuments, items: []item{one}}
}

func (f *form) kinds() []option {
	var codes []string
	for _, r := range f.set.Requirements {
		if r.Evidence != nil {
			codes = append(codes, r.Evidence.Kinds...)
		}
	}
	slices.Sort(codes)
	var out []option
	for _, code := range slices.Compact(codes) {
		out = append(out, option{SystemKind, code, catalogue.Text{catalogue.Bokmaal: code}})
	}
	return out
}

func levelOptions() []option {
	var out []option
	for _, l := range []approval.Level{approval.Declared, approval.Documented, approval.Checked, approval.ThirdParty} {
		out = append(out, option{SystemLevel, string(l), l.Text()})
	}
	return out
}
