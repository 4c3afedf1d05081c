//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package launch

import (
	"errors"
	"os"
	"syscall"
)

const canLock = true

// tryLock does not wait. The lock ends with the file's handle, also in a crash.
func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	return err == nil, err
}
