package jose

import (
	"encoding/base64"
	"strings"
)

// ParseDetached reads a message whose payload is kept elsewhere (RFC 7515,
// appendix F): the middle segment is empty, and payload takes its place. All
// else is as [Parse] has it; the limit is for the message without its payload,
// whose size the caller bounds. [Message.String] gives the message with it.
func ParseDetached(token string, payload []byte, allowed []string) (*Message, error) {
	if len(token) > MaxMessage {
		return nil, fault(ErrTooLarge, "at most 16 KiB without the payload")
	}
	header, signature, detached := strings.Cut(token, "..")
	if !detached {
		return nil, fault(ErrMalformed, "a header and a signature with two dots between them, and no payload")
	}
	return parse(attached(header, payload)+"."+signature, allowed)
}

// SignDetached makes a message without its payload (RFC 7515, appendix F), with
// a header as it is given; nothing of it is checked.
func (s *Signer) SignDetached(header, payload []byte) (string, error) {
	first := base64.RawURLEncoding.EncodeToString(header)
	signature, err := s.Signature([]byte(attached(first, payload)))
	return first + ".." + base64.RawURLEncoding.EncodeToString(signature), err
}

func attached(header string, payload []byte) string {
	return header + "." + base64.RawURLEncoding.EncodeToString(payload)
}
