package approvalfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// What Helsenorge's renderer takes as attachments unless it is set up otherwise (refero 25.0.1): each at most MostFileBytes, all together
// at most MostFilesBytes.
const (
	MostFileBytes  = 20 << 20
	MostFilesBytes = 25 << 20
)

var mediaTypes = []string{"image/jpeg", "image/png", "application/pdf"}

// attachments says in the form what may be attached; maxSize is in megabytes.
func attachments() []fhir.Extension {
	var out []fhir.Extension
	for _, m := range mediaTypes {
		out = append(out, fhir.Extension{URL: extensionMediaType, ValueCode: m})
	}
	most := int64(MostFileBytes >> 20)
	return append(out, fhir.Extension{URL: extensionMaxSize, ValueDecimal: &most})
}

// file is what a document says of its file.
type file struct {
	url, mediaType string
	size           int64
}

// attachment takes the address of a file that was uploaded. The file itself is not taken: a response with it would be larger than what is read.
func (r *reading) attachment(n fhir.Node) *file {
	f := &file{url: n.Take("url"), mediaType: n.Take("contentType")}
	f.size, _ = n.TakeInt("size")
	n.TakeAny("title")
	n.TakeAny("creation")
	r.files += f.size
	if f.url == "" {
		n.Report("url", problem.MissingMember, "")
	}
	if !slices.Contains(mediaTypes, f.mediaType) {
		n.Report("contentType", problem.NotAllowed, "image/jpeg, image/png, application/pdf")
	}
	if f.size < 0 || f.size > MostFileBytes || r.files > MostFilesBytes {
		n.Report("size", problem.OutOfRange, "at most 20 MB for each file and 25 MB for all")
	}
	return f
}
