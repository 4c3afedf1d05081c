package launch

// SealKeysFast is SealKeys with few rounds, for tests that save often.
func SealKeysFast(store KeyStore, passphrase []byte) (KeyStore, error) {
	return sealKeys(store, passphrase, 1000)
}
