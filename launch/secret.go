package launch

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that must not get around: an access token, an identity
// number. It prints as [redacted] however it is printed, in JSON too; the text
// comes out of [Secret.Reveal] alone. The zero Secret holds nothing.
type Secret struct{ text *string } // behind a pointer, where fmt does not look

// NewSecret keeps the text. An empty one gives the zero Secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal gives the text; "" for the zero Secret.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero says whether there is nothing to keep.
func (s Secret) IsZero() bool { return s.text == nil }

// Format prints [redacted], whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
