package approval

import (
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// DeclarationVersion is the version of the self-declaration's form.
const DeclarationVersion = 1

// MostBytes is the size of the largest declaration that is read, in bytes.
const MostBytes = 1 << 20

// SelfDeclaration is what a vendor declares about one release of a tool.
// [CheckDeclaration] reads and checks one, [CheckDraft] one that is still being
// written; a value made in Go is checked when [Evaluate] uses it.
type SelfDeclaration struct {
	// Version is [DeclarationVersion]; 0 means the same.
	Version int `json:"version,omitempty"`
	// ID is the vendor's name for this declaration: letters, digits, "-", "." and "_", at most 64.
	ID string `json:"id"`
	// Revision counts the changes of this declaration; 0 is the first.
	Revision int           `json:"revision,omitempty"`
	Set      SetRef        `json:"set"`
	Tool     ToolRef       `json:"tool"`
	Vendor   vendor.Vendor `json:"vendor"`
	// Submitted and SignedBy may be empty in a draft only ([CheckDraft]).
	Submitted catalogue.Date `json:"submitted,omitempty"`
	SignedBy  Signatory      `json:"signedBy,omitzero"`
	// Facts holds values by the fact's id. A fact that is left out is unknown.
	// Nil, for a draft only, is not written; an empty map is.
	Facts map[string]FactValue `json:"facts,omitzero"`
	// Answers holds answers by the requirement's id. An answer that is left out
	// makes the decision [Incomplete] if the requirement applies. Nil is as in Facts.
	Answers map[string]Answer `json:"answers,omitzero"`
	// Evidence lists the documents that answers refer to.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// SetRef names a version of a requirement set.
type SetRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// ToolRef names the tool that a declaration is about.
type ToolRef struct {
	ID   catalogue.ToolID `json:"id"`
	Name catalogue.Text   `json:"name"`
	// Release is the vendor's own name for the release that was looked at.
	Release string `json:"release,omitempty"`
}

// Signatory is the person who answers for the declaration. That the person
// exists and may sign is not checked.
type Signatory struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
}

// Answer is the answer to one requirement.
type Answer struct {
	Status Status `json:"status"`
	// Reason is the code of a reason, for not-applicable only.
	Reason string `json:"reason,omitempty"`
	// Explanation is required with partial, planned and alternative.
	Explanation string `json:"explanation,omitempty"`
	// Due is the day by which it will be met, for planned only: on the day of
	// submission or up to six months after it.
	Due catalogue.Date `json:"due,omitempty"`
	// Evidence holds ids of the declaration's evidence.
	Evidence []string `json:"evidence,omitempty"`
	// Answered says who gave the answer, when and to which wording; nil where
	// that is not kept.
	Answered *Answered `json:"answered,omitempty"`
	// Inherited says that the answer was given once for all tools of the vendor;
	// for requirements of the scope vendor alone. See [Inherit].
	Inherited *Origin `json:"inherited,omitempty"`
}

// Answered is who gave an answer, when and to which wording.
type Answered struct {
	// By names the person; no identity number.
	By string `json:"by"`
	// At is the moment, UTC, whole seconds.
	At time.Time `json:"at"`
	// Wording is [Requirement.Wording] of the requirement as it was read.
	Wording Digest `json:"wording"`
}

// Origin is where an inherited answer comes from.
type Origin struct {
	// Declaration and SHA256 are the id and the digest of the vendor's declaration.
	Declaration string `json:"declaration"`
	SHA256      Digest `json:"sha256"`
	// Until is the last day on which the answer may be relied on.
	Until catalogue.Date `json:"until"`
}

// Evidence is a document that supports answers.
type Evidence struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Title is the document's own title.
	Title string `json:"title"`
	// URL is where it can be read, https; not fetched.
	URL string `json:"url,omitempty"`
	// SHA256 is the file's digest; not compared with anything.
	SHA256 Digest         `json:"sha256,omitempty"`
	Issued catalogue.Date `json:"issued"`
	// Expires is the last day on which it holds; empty means that none is given.
	Expires catalogue.Date `json:"expires,omitempty"`
	// Level is how well it proves; empty means [Declared]. Checked needs
	// CheckedBy, third-party needs an Issuer, and neither the vendor nor its
	// signatory and contacts count: see [SelfDeclaration.Proven].
	Level Level `json:"level,omitempty"`
	// Issuer is who made the document; empty means the vendor.
	Issuer string `json:"issuer,omitempty"`
	// CheckedBy names the person who checked it; no identity number.
	CheckedBy string `json:"checkedBy,omitempty"`
	// MediaType and Size, in bytes, are those of the file; empty and 0 if not known.
	MediaType string `json:"mediaType,omitempty"`
	Size      int64  `json:"size,omitempty"`
	// Confidential says that it is not published with the declaration.
	Confidential bool `json:"confidential,omitempty"`
}

// Digest is the SHA-256 of the declaration in one fixed form: JSON without
// white space, members in the order of the Go fields, map keys sorted, facts
// that are not given left out. Two files that say the same have one digest. A
// nil declaration has none.
func (d *SelfDeclaration) Digest() Digest {
	if d == nil {
		return ""
	}
	c := *d
	c.Version = DeclarationVersion
	c.Facts = map[string]FactValue{}
	for id, v := range d.Facts {
		if p := plain(v); p != nil {
			c.Facts[id] = p
		}
	}
	return digest(c.encode)
}

func digestOf(v any) Digest { return DigestOf(marshalled(v)) }

// ReadSetRef reads which requirement set a declaration answers, so that the
// set can be found before the declaration is checked against it. Only that
// part is checked; the error is a [*DeclarationError].
func ReadSetRef(data []byte) (SetRef, error) {
	v, err := strictjson.Parse(data, limits())
	if err != nil {
		return SetRef{}, newError(nil, structural(err))
	}
	ref, found := setRef(v)
	if !found {
		return SetRef{}, newError(nil, []finding{{Problem: problem.Problem{Pointer: "/set", Code: problem.MissingMember}}})
	}
	return ref, nil
}

// limits are those of every document that a vendor hands in.
func limits() strictjson.Limits {
	l := strictjson.Document()
	l.Bytes = MostBytes
	return l
}

// setRef is found only when both members are strings.
func setRef(v *strictjson.Value) (SetRef, bool) {
	set, ok := v.Member("set")
	if !ok {
		return SetRef{}, false
	}
	id, hasID := set.Member("id")
	version, hasVersion := set.Member("version")
	if !hasID || !hasVersion || id.Kind != strictjson.String || version.Kind != strictjson.String {
		return SetRef{}, false
	}
	return SetRef{ID: id.Text, Version: version.Text}, true
}

// structural takes the problems out of an error of strictjson.
func structural(err error) []finding {
	var e *strictjson.Error
	if !errors.As(err, &e) {
		return []finding{{Problem: problem.Problem{Code: problem.BadValue}}}
	}
	out := make([]finding, len(e.Problems))
	for i, p := range e.Problems {
		out[i] = finding{Problem: p}
	}
	return out
}
