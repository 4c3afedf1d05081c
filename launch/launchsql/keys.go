package launchsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/launch"
)

// KeyStoreConfig says where the keys of a ring are. DB is required.
type KeyStoreConfig struct {
	// DB is a migrated database.
	DB *sql.DB
	// Name tells rings in one database apart. Empty means "default".
	Name string
}

// KeyStore is a launch.KeyStore that all nodes on one database share. Whoever
// can read the table has the private keys: give launch.SealKeys a passphrase, or
// the table to one role only. It is safe for concurrent use.
type KeyStore struct{ cfg KeyStoreConfig }

var _ launch.KeyStore = (*KeyStore)(nil)

// NewKeyStore checks the configuration. The database is not asked.
func NewKeyStore(cfg KeyStoreConfig) (*KeyStore, error) {
	if cfg.DB == nil {
		return nil, errors.New("launchsql: invalid KeyStoreConfig: field DB is nil")
	}
	if cfg.Name == "" {
		cfg.Name = "default"
	}
	return &KeyStore{cfg}, nil
}

// Load implements launch.KeyStore.
func (s *KeyStore) Load(ctx context.Context) (launch.KeyRecord, int64, error) {
	var revision int64
	var record []byte
	err := s.cfg.DB.QueryRowContext(ctx, selectKeys, s.cfg.Name).Scan(&revision, &record)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, 0, nil
	case err != nil:
		return nil, 0, cut(err)
	case revision < 1:
		return nil, 0, fmt.Errorf("launchsql: %w: revision below 1", launch.ErrKeyRecord)
	}
	return record, revision, nil
}

// Save implements launch.KeyStore in one statement of the database.
func (s *KeyStore) Save(ctx context.Context, record launch.KeyRecord, revision int64) error {
	n, err := changes(s.save(ctx, record, revision))
	if err != nil {
		return cut(err)
	}
	if n != 1 {
		return launch.ErrKeyConflict
	}
	return nil
}

func (s *KeyStore) save(ctx context.Context, record []byte, revision int64) (sql.Result, error) {
	if revision == 0 {
		return s.cfg.DB.ExecContext(ctx, insertKeys, s.cfg.Name, record)
	}
	return s.cfg.DB.ExecContext(ctx, updateKeys, record, s.cfg.Name, revision)
}
