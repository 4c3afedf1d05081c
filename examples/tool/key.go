package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/verktoykatalog/verktoy/launch"
)

// ownKey reads the key that is registered at Helsenorge, or makes one for
// simulators. Nobody but the tool may read the file.
func (c config) ownKey() (launch.SigningKey, error) {
	for i, r := range c.Registrations {
		if r.Key == "" {
			continue
		}
		key, err := readKey(r.Key)
		if err != nil {
			return key, fmt.Errorf("/registrations/%d/key: %w", i, err)
		}
		return key, nil
	}
	return launch.GenerateSigningKeyFor("RS256")
}

func readKey(file string) (launch.SigningKey, error) {
	info, err := os.Stat(file)
	if err != nil {
		return launch.SigningKey{}, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return launch.SigningKey{}, fmt.Errorf("%s: want a file that only its owner can read (chmod 600)", file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return launch.SigningKey{}, err
	}
	key, err := launch.ParseSigningKey(data)
	if err != nil {
		return key, err
	}
	return key, forHelsenorge(key)
}

// forHelsenorge refuses a key with which every login would end at the token endpoint.
func forHelsenorge(key launch.SigningKey) error {
	data, err := key.Public().MarshalJSON()
	var jwk struct{ Alg string }
	if err == nil {
		err = json.Unmarshal(data, &jwk)
	}
	if err == nil && jwk.Alg != "RS256" && jwk.Alg != "PS512" {
		err = errors.New(`want a private JWK with "alg": "RS256" (or "PS512"), which Helsenorge takes`)
	}
	return err
}
