package main

import (
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
	return launch.ParseSigningKey(data)
}
