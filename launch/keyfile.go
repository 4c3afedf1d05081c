package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// KeyFileConfig says where a [KeyFile] is. Path is required.
type KeyFileConfig struct {
	// Path of the file, in a directory that is there and that only its owner
	// may write to. A file of the same name with .lock at its end is made beside it.
	Path string
	// Passphrase encrypts the file, see [SealKeys]. Empty means that it is not
	// encrypted and the file's permissions are its only protection.
	Passphrase []byte
}

// KeyFile is a [KeyStore] in one file, for the processes of one machine, on a
// local disk. The file is for its owner only (0600), is replaced as a whole, and
// is refused when others may read it. Not on Windows and Plan 9, where that
// cannot be told: use launchsql there.
type KeyFile struct{ store KeyStore }

var _ KeyStore = (*KeyFile)(nil)

// ErrKeyFile says that a key file or its directory has permissions that it must not have.
var ErrKeyFile = errors.New("launch: key file")

// maxKeyFile is in bytes; a ring with RSA keys has about ten thousand.
const maxKeyFile = 1 << 20

// NewKeyFile checks the configuration and the permissions; the file need not be there yet.
func NewKeyFile(cfg KeyFileConfig) (*KeyFile, error) {
	if cfg.Path == "" {
		return nil, errors.New("launch: invalid KeyFileConfig: field Path is empty")
	}
	plain := &plainFile{path: cfg.Path, poll: 5 * time.Millisecond}
	if err := plain.check(); err != nil {
		return nil, err
	}
	if len(cfg.Passphrase) == 0 {
		return &KeyFile{plain}, nil
	}
	sealed, err := SealKeys(plain, cfg.Passphrase)
	return &KeyFile{sealed}, err
}

// Load implements [KeyStore]. Errors: [ErrKeyFile], [ErrKeyRecord], [ErrPassphrase],
// the context's and those of the file system.
func (k *KeyFile) Load(ctx context.Context) (KeyRecord, int64, error) { return k.store.Load(ctx) }

// Save implements [KeyStore]. Errors: as [KeyFile.Load], and [ErrKeyConflict].
func (k *KeyFile) Save(ctx context.Context, record KeyRecord, revision int64) error {
	return k.store.Save(ctx, record, revision)
}

type plainFile struct {
	path string
	poll time.Duration
}

// check looks at the directory and, if it is there, at the file.
func (p *plainFile) check() error {
	if !canLock {
		return fmt.Errorf("%w: not on this system", ErrKeyFile)
	}
	if err := p.checkDirectory(); err != nil {
		return err
	}
	info, err := os.Lstat(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	return checkFile(info)
}

// checkDirectory: who may write to it can put another file in the place of ours.
func (p *plainFile) checkDirectory() error {
	info, err := os.Stat(filepath.Dir(p.path))
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrKeyFile, err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is no directory", ErrKeyFile, filepath.Dir(p.path))
	case info.Mode().Perm()&0o022 != 0:
		return fmt.Errorf("%w: others may write to the directory %s: want mode 0700 or 0755", ErrKeyFile, filepath.Dir(p.path))
	}
	return nil
}

func checkFile(info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: %s is not a regular file", ErrKeyFile, info.Name())
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%w: others may read or write %s: want mode 0600", ErrKeyFile, info.Name())
	case info.Size() > maxKeyFile:
		return fmt.Errorf("%w: %s is larger than 1 MiB", ErrKeyFile, info.Name())
	}
	return nil
}

func (p *plainFile) Load(ctx context.Context) (KeyRecord, int64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	if err := p.check(); err != nil {
		return nil, 0, err
	}
	f, err := os.Open(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	defer func() { _ = f.Close() }()
	return readKeyFile(f)
}

// readKeyFile looks at the open file again: it may have come after the check.
func readKeyFile(f *os.File) (KeyRecord, int64, error) {
	info, err := f.Stat()
	if err == nil {
		err = checkFile(info)
	}
	if err != nil {
		return nil, 0, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	return decodeRecord(data)
}

func (p *plainFile) Save(ctx context.Context, record KeyRecord, revision int64) error {
	unlock, err := p.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	_, have, err := p.Load(ctx)
	if err != nil {
		return err
	}
	if have != revision {
		return ErrKeyConflict
	}
	if err := p.replace(encodeRecord(record, revision+1)); err != nil {
		return fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	return nil
}

// lock waits for the lock file, which every process of this machine takes to save.
func (p *plainFile) lock(ctx context.Context) (unlock func(), err error) {
	f, err := os.OpenFile(p.path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	for {
		locked, err := tryLock(f)
		if locked {
			return func() { _ = f.Close() }, nil // which unlocks
		}
		if err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("%w: lock: %w", ErrKeyFile, err)
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, ctx.Err()
		case <-time.After(p.poll):
		}
	}
}

// replace writes a new file beside the old one and renames it, so that a crash
// leaves one of the two whole.
func (p *plainFile) replace(data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(p.path), ".verktoy-keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // does nothing after the rename
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), p.path); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(p.path))
}

// syncDirectory makes the rename outlive a power cut.
func syncDirectory(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
