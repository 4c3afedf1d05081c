package launchtest

import (
	"encoding/json"

	"github.com/verktoykatalog/verktoy/launch"
)

// publicKeys reads the keys of a set, one by one.
func publicKeys(set []byte) ([]launch.PublicKey, error) {
	var list struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(set, &list); err != nil {
		return nil, err
	}
	keys := make([]launch.PublicKey, len(list.Keys))
	for i, data := range list.Keys {
		var err error
		if keys[i], err = launch.ParsePublicKey(data); err != nil {
			return nil, err
		}
	}
	return keys, nil
}
