package launchtest

import (
	"context"
	"encoding/json"

	"github.com/verktoykatalog/verktoy/launch"
)

// onlyOther says whether the keys are known to be a single one of another type
// than RSA. No key set is fetched to find out.
func onlyOther(keys launch.Keys) bool {
	static, is := keys.(*launch.StaticKeys)
	if !is || static == nil {
		return false
	}
	key, err := static.Key(context.Background(), "")
	return err == nil && !isRSA(key)
}

func isRSA(key launch.PublicKey) bool {
	data, err := key.MarshalJSON()
	var jwk struct {
		Type string `json:"kty"`
	}
	return err == nil && json.Unmarshal(data, &jwk) == nil && jwk.Type == "RSA"
}
