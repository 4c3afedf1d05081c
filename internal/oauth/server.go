package oauth

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Server is what a client needs of a server's metadata (RFC 8414, section 2). An
// address that the server does not name is ""; Issuer and Token are always there.
type Server struct {
	Issuer        string
	Authorization string
	Token         string
	PAR           string
	Revocation    string
	EndSession    string
	Introspection string
	UserInfo      string
	JWKS          string
	// DPoPAlgorithms are the algorithms for proofs; nil if the server names none.
	DPoPAlgorithms []string
	// ClientAlgorithms are the algorithms for client assertions; nil if the server names none.
	ClientAlgorithms []string
	// IssParameter says that authorization answers carry iss (RFC 9207).
	IssParameter bool
	// PARRequired says that authorization requests must be pushed (RFC 9126, section 5).
	PARRequired bool
}

// MaxMetadata is the greatest size of a metadata document, in bytes.
const MaxMetadata = 256 << 10

var metadataLimits = strictjson.Limits{Bytes: MaxMetadata, Depth: 16, Members: 10_000, Number: 32}

// parseServer reads the document. Members that it does not know mean nothing here.
func parseServer(data []byte, issuer string, loopback bool) (Server, error) {
	v, err := strictjson.Parse(data, metadataLimits)
	if err != nil || v.Kind != strictjson.Object {
		return Server{}, fmt.Errorf("%w: want one JSON object with unique names", ErrMetadata)
	}
	d := document{v, loopback, nil}
	s := Server{Issuer: d.text("issuer"),
		Authorization: d.address("authorization_endpoint"), Token: d.address("token_endpoint"),
		PAR: d.address("pushed_authorization_request_endpoint"), Revocation: d.address("revocation_endpoint"),
		EndSession: d.address("end_session_endpoint"), Introspection: d.address("introspection_endpoint"),
		UserInfo: d.address("userinfo_endpoint"), JWKS: d.address("jwks_uri"),
		DPoPAlgorithms:   d.texts("dpop_signing_alg_values_supported"),
		ClientAlgorithms: d.texts("token_endpoint_auth_signing_alg_values_supported"),
		IssParameter:     d.bool("authorization_response_iss_parameter_supported"),
		PARRequired:      d.bool("require_pushed_authorization_requests")}
	switch {
	// RFC 8414, section 3.3: it must be identical to the one that was asked for.
	case s.Issuer != issuer:
		return Server{}, ErrIssuer
	case d.err == nil && s.Token == "":
		d.wrong("token_endpoint", "an address")
	}
	return s, d.err
}

// document reads members and keeps the first thing that is wrong.
type document struct {
	*strictjson.Value
	loopback bool
	err      error
}

func (d *document) wrong(name, want string) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: want %s in %s", ErrMetadata, want, name)
	}
}

func (d *document) text(name string) string {
	v, there := d.Member(name)
	if there && v.Kind != strictjson.String {
		d.wrong(name, "a string")
	}
	if !there {
		return ""
	}
	return v.Text
}

func (d *document) address(name string) string {
	text := d.text(name)
	if _, there := d.Member(name); there && !outbound.Secure(text, d.loopback) {
		d.wrong(name, "an https address without user information and fragment")
	}
	return text
}

func (d *document) texts(name string) []string {
	v, there := d.Member(name)
	if !there {
		return nil
	}
	if v.Kind != strictjson.Array {
		d.wrong(name, "a list of strings")
	}
	list := make([]string, 0, len(v.Items))
	for _, item := range v.Items {
		if item.Kind != strictjson.String {
			d.wrong(name, "a list of strings")
		}
		list = append(list, item.Text)
	}
	return list
}

func (d *document) bool(name string) bool {
	v, there := d.Member(name)
	if there && v.Kind != strictjson.Bool {
		d.wrong(name, "true or false")
	}
	return there && v.Bool
}
