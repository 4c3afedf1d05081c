package helsenorge

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// ErrSealed is what [OpenSession] gives for what was not sealed with this key.
var ErrSealed = errors.New("helsenorge: not a session that was sealed with this key")

// errPlain keeps a session from being written with its tokens redacted, which
// would be noticed only when it is read.
var errPlain = errors.New("helsenorge: a Session is written with Session.Seal")

// MarshalJSON is an error: use [Session.Seal].
func (s Session) MarshalJSON() ([]byte, error) { return nil, errPlain }

type plainSession struct {
	Access   string    `json:"a"`
	Refresh  string    `json:"r,omitempty"`
	Expires  time.Time `json:"e"`
	LastSeen time.Time `json:"s"`
}

// Seal writes the session so that only the tool can read it: for a column of its
// database, or a cookie.
func (s Session) Seal(k launch.CookieKey) (string, error) {
	text, err := json.Marshal(plainSession{s.Access.Reveal(), s.Refresh.Reveal(), s.Expires, s.LastSeen})
	if err != nil {
		return "", err
	}
	sealed := k.Seal(ID, text)
	if sealed == "" {
		return "", errors.New("helsenorge: the zero CookieKey seals nothing")
	}
	return sealed, nil
}

// OpenSession reads what [Session.Seal] wrote. The error is [ErrSealed].
func OpenSession(k launch.CookieKey, sealed string) (Session, error) {
	var p plainSession
	text, good := k.Open(ID, sealed)
	if !good || json.Unmarshal(text, &p) != nil {
		return Session{}, ErrSealed
	}
	return Session{Tokens: launch.Tokens{Access: launch.NewSecret(p.Access), Refresh: launch.NewSecret(p.Refresh), Expires: p.Expires}, LastSeen: p.LastSeen}, nil
}
