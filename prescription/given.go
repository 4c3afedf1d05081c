package prescription

import (
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/hashchain"
)

// given is what the first audit entry keeps of what was prescribed, as its
// Detail: the version of this form, when the prescription expires unless it is
// extended (RFC 3339), and two digests, with a slash between them. The first is
// over what never changes, the second over the text to the citizen. They are
// apart because the text goes when the citizen's data are erased. Neither is
// keyed: the text is the catalogue's, the same for everybody, and all else stays.
// The identity number is in neither: its digest could be tried out. A [Service]
// adds [New].Content, for stores to compare with theirs.
func (p Prescription) given() string {
	return strings.Join([]string{"1", stamp(p.Expires).Format(time.RFC3339Nano), p.digest(), p.textDigest()}, "/")
}

func (p Prescription) digest() string {
	return hashchain.Sum("verktoy prescription given 1", string(p.ID), p.Tenant, p.Key, string(p.Tool), string(p.Unit), p.Patient.Pseudonym,
		string(p.Patient.Lang), string(p.Replaces), strconv.FormatInt(stamp(p.Issued).UnixMicro(), 10), strconv.FormatInt(stamp(p.Sent).UnixMicro(), 10))
}

func (p Prescription) textDigest() string {
	return hashchain.Sum("verktoy prescription text 1", string(p.ID), p.Text)
}

// fault names the field that is not as the entries say; "" if all are.
func (p Prescription) fault(entries []AuditEntry) string {
	if field := p.givenFault(entries[0].Detail); field != "" {
		return field
	}
	return p.replayFault(entries)
}

// givenFault names the field that is not as it was given; "" if all are. Entries
// that were written before version 1 of the form have no digests. An empty text
// has been erased.
func (p Prescription) givenFault(detail string) string {
	parts := strings.Split(detail, "/")
	switch {
	case detail == "":
		return ""
	case len(parts) < 4 || len(parts) > 5 || parts[0] != "1":
		return "Detail of the first entry"
	case parts[2] != p.digest():
		return "ID, Tenant, Key, Tool, Unit, Patient, Replaces, Issued or Sent"
	case p.Text != "" && parts[3] != p.textDigest():
		return "Text"
	}
	return ""
}
