package approvalsign

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// header is the protected header, in the order in which it is written.
type header struct {
	Alg         string  `json:"alg"`
	Kid         string  `json:"kid"`
	Typ         string  `json:"typ"`
	Affirmation written `json:"affirmation"`
}

// Sign signs a declaration, as it is in its file, and gives one line of text to
// keep beside it. The error is [ErrDocument], [ErrAffirmation], [ErrSignatory]
// or, for the zero key, [ErrKey].
//
// That the declaration is valid is not checked: approval.CheckDeclaration does.
// A person should have seen the declaration and the statement before.
func Sign(data []byte, a Affirmation, key SigningKey) (string, error) {
	if key.signer == nil {
		return "", errZeroKey
	}
	if err := a.check(); err != nil {
		return "", err
	}
	d, err := readDocument(data)
	if err != nil {
		return "", err
	}
	if err := d.by(a); err != nil {
		return "", err
	}
	return sign(d, a, key.signer)
}

func sign(d document, a Affirmation, signer *jose.Signer) (string, error) {
	var h bytes.Buffer
	e := json.NewEncoder(&h)
	e.SetEscapeHTML(false)
	if err := e.Encode(header{signer.Public().Algorithm, signer.Public().ID, Type, a.written()}); err != nil {
		return "", fmt.Errorf("%w: header", ErrAffirmation)
	}
	signature, err := signer.SignDetached(bytes.TrimSpace(h.Bytes()), d.canonical)
	if err != nil {
		return "", fmt.Errorf("%w: the key does not sign", ErrKey)
	}
	return signature, nil
}
