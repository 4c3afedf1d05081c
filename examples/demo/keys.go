package main

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"

	"github.com/verktoykatalog/verktoy/launch"
)

// keyPair are the keys with which the simulator of Helsenorge and the tool sign.
type keyPair struct {
	login *rsa.PrivateKey
	tool  launch.SigningKey
}

// throwaway are made once for a program and end with it. The worlds of one program share them, as RSA keys take long to make.
var throwaway = sync.OnceValues(func() (keyPair, error) {
	login, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return keyPair{}, err
	}
	tool, err := launch.GenerateSigningKeyFor("RS256")
	return keyPair{login, tool}, err
})
